export const id = 247;
export const ids = [247];
export const modules = {

/***/ 7247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   store: () => (/* binding */ store)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6772);
/* harmony import */ var _shared_azure_rest_core_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9982);
/* harmony import */ var _shared_azure_rules_storage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7737);
/* harmony import */ var _shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8309);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(350);
/* harmony import */ var _shared_runtime_wait_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7288);
/* harmony import */ var _shared_azure_storage_blob_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(775);
/* harmony import */ var _shared_azure_core_auth_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7698);
/* harmony import */ var _shared_azure_core_client_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4959);
/* harmony import */ var _shared_debug_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7851);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(9599);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(2385);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2192);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var store={async prepare(inputs,deps){let access=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),prefix=inputs.path===void 0?"":`/${(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .parsePrefix */ .A1)(inputs.path)}`,{website,endpoint,isNew}=await findEndpoints(access,inputs,deps);await enableWebsite(endpoint,access,inputs,isNew,deps);let place={issuerUrl:website===void 0?void 0:`${(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .removeTrailingSlash */ .UC)(website)}${prefix}/`,location:`${endpoint}/$web${prefix}`,isNew};return{place,store:(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,access,inputs,deps)}},async open(place,inputs,deps){return (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),inputs,deps)}};async function findEndpoints(access,inputs,deps){let{resourceGroup}=inputs;if(resourceGroup===void 0){if(inputs.issuerUrl===void 0)throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_15__/* .FederationError */ .yP("issuer-url-missing",{});return{website:void 0,endpoint:access.blobEndpoint,isNew:!1}}let needs={publicContainers:!1},{endpoints,isNew}=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .prepareAccount */ .nI)(access,{...inputs,resourceGroup},needs,deps),{blob,web}=endpoints??{};if(web===void 0)throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_15__/* .FederationError */ .yP("static-website-unsupported",{account:access.account});return{website:web,endpoint:(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .removeTrailingSlash */ .UC)(blob??access.blobEndpoint),isNew}}async function enableWebsite(endpoint,access,inputs,isNew,deps){let call=(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .createStorageCall */ .yT)(access,inputs,isNew,deps),service=(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .createServiceClient */ .r)(endpoint,access),website=`the static website of ${access.account}`,{staticWebsite}=await call(`read the settings of ${website}`,()=>service.getProperties());if(staticWebsite?.enabled){deps.log.info(`The static website of ${access.account} is already enabled`);return}await call(`enable ${website}`,()=>service.setProperties({staticWebsite:{enabled:!0}})),deps.log.info(`Enabled ${website}`)}


/***/ })

};
