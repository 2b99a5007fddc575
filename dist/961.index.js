export const id = 961;
export const ids = [961];
export const modules = {

/***/ 961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   store: () => (/* binding */ store)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4387);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9513);
/* harmony import */ var _chunk_52LYAZ32_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4098);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4047);
/* harmony import */ var _chunk_T7SP4OK2_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(246);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9423);
/* harmony import */ var _chunk_UWDF6BUK_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4022);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7262);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8313);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1089);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var store={async prepare(inputs,deps){let access=await (0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),prefix=inputs.path===void 0?"":`/${(0,_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_13__/* .parsePrefix */ .A1)(inputs.path)}`,{website,endpoint,isNew}=await findEndpoints(access,inputs,deps);await enableWebsite(endpoint,access,inputs,isNew,deps);let place={issuerUrl:website===void 0?void 0:`${(0,_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_13__/* .removeTrailingSlash */ .UC)(website)}${prefix}/`,location:`${endpoint}/$web${prefix}`,isNew};return{place,store:(0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,access,inputs,deps)}},async open(place,inputs,deps){return (0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,await (0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),inputs,deps)}};async function findEndpoints(access,inputs,deps){let{resourceGroup}=inputs;if(resourceGroup===void 0){if(inputs.issuerUrl===void 0)throw new _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_15__/* .FederationError */ .yP("issuer-url-missing",{});return{website:void 0,endpoint:access.blobEndpoint,isNew:!1}}let needs={publicContainers:!1},{endpoints,isNew}=await (0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .prepareAccount */ .nI)(access,{...inputs,resourceGroup},needs,deps),{blob,web}=endpoints??{};if(web===void 0)throw new _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_15__/* .FederationError */ .yP("static-website-unsupported",{account:access.account});return{website:web,endpoint:(0,_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_13__/* .removeTrailingSlash */ .UC)(blob??access.blobEndpoint),isNew}}async function enableWebsite(endpoint,access,inputs,isNew,deps){let call=(0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .createStorageCall */ .yT)(access,inputs,isNew,deps),service=(0,_chunk_ZMYKVLVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .createServiceClient */ .r)(endpoint,access),website=`the static website of ${access.account}`,{staticWebsite}=await call(`read the settings of ${website}`,()=>service.getProperties());if(staticWebsite?.enabled){deps.log.info(`The static website of ${access.account} is already enabled`);return}await call(`enable ${website}`,()=>service.setProperties({staticWebsite:{enabled:!0}})),deps.log.info(`Enabled ${website}`)}


/***/ })

};
