export const id = 182;
export const ids = [182];
export const modules = {

/***/ 182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   store: () => (/* binding */ store)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8932);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9513);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2368);
/* harmony import */ var _chunk_TM7GCH7O_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4360);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7262);
/* harmony import */ var _chunk_D5Z6F3H2_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5466);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8313);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var store={async prepare(inputs,deps){let access=await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .storageAccess */ .Qj)(inputs,deps),prefix=inputs.path===void 0?"":`/${(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePrefix */ .A1)(inputs.path)}`,{website,endpoint,isNew}=await addresses(access,inputs,deps);await enableWebsite(endpoint,access,callsFor(access,inputs,isNew,deps),deps);let place={issuerUrl:website===void 0?void 0:`${(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutSlash */ .mW)(website)}${prefix}/`,location:`${endpoint}/$web${prefix}`,isNew};return{place,store:storeAt(place,access,inputs,deps)}},async open(place,inputs,deps){return storeAt(place,await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .storageAccess */ .Qj)(inputs,deps),inputs,deps)}};function storeAt(place,access,inputs,deps){return (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .blobStore */ .Rb)(place.location,access,callsFor(access,inputs,place.isNew,deps),deps)}async function addresses(access,inputs,deps){let{resourceGroup}=inputs;if(resourceGroup===void 0){if(inputs.issuerUrl!==void 0)return{website:void 0,endpoint:access.blobEndpoint,isNew:!1};throw new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_9__/* .FederationError */ .yP(`failed to find the static website of ${access.account}: its address is not known`,{code:"issuer-url-missing",hint:`Set resource-group, so that the address is read from the account, or set issuer-url to it:
  az storage account show --name ACCOUNT --query primaryEndpoints.web`})}let azure=await access.signIn(),target={resourceGroup,name:access.account},managed=(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .managedAccount */ .vP)(azure,target,callsFor(access,inputs,!1,deps),deps),needs={publicContainers:!1,sharedKey:inputs.storageAccountKey!==void 0||inputs.storageConnectionString!==void 0},{account,isNew}=await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .ensureAccount */ .G5)(managed,inputs,needs,()=>(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .regionOf */ .AP)(azure,resourceGroup,deps)),{blob,web}=account.primaryEndpoints??{};if(web===void 0)throw new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_9__/* .FederationError */ .yP(`failed to find the static website of ${access.account}: the account has none`,{code:"static-website-unsupported",hint:"Only accounts of the kinds StorageV2 and BlockBlobStorage have one. Choose another storage-account."});return{website:web,endpoint:(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutSlash */ .mW)(blob??access.blobEndpoint),isNew}}async function enableWebsite(endpoint,access,call,deps){let service=new _chunk_TM7GCH7O_js__WEBPACK_IMPORTED_MODULE_4__/* .BlobServiceClient */ .wS(endpoint,access.credential,(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .blobOptions */ .Ws)(access)),{staticWebsite}=await call(`look at the static website of ${access.account}`,()=>service.getProperties());if(staticWebsite?.enabled){deps.log.info(`the static website of ${access.account} is enabled`);return}await call(`enable the static website of ${access.account}`,()=>service.setProperties({staticWebsite:{enabled:!0}})),deps.log.info(`enabled the static website of ${access.account}`)}function callsFor(access,inputs,isNew,deps){return (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .callsAbout */ .X2)({account:access.account,resourceGroup:inputs.resourceGroup,isNew},inputs.propagationTimeout,deps)}


/***/ })

};
