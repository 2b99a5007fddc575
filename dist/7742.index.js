export const id = 7742;
export const ids = [7742];
export const modules = {

/***/ 7742:
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
var store={async prepare(inputs,deps){let access=await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .storageAccess */ .Qj)(inputs,deps),prefix=inputs.path===void 0?"":`/${(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePrefix */ .A1)(inputs.path)}`,{endpoint,isNew}=inputs.resourceGroup===void 0?await prepareWithoutManager(access,inputs,deps):await prepareWithManager(access,inputs.resourceGroup,inputs,deps),location=`${endpoint}/${inputs.container}${prefix}`,place={issuerUrl:`${location}/`,location,isNew};return{place,store:storeAt(place,access,inputs,deps)}},async open(place,inputs,deps){return storeAt(place,await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .storageAccess */ .Qj)(inputs,deps),inputs,deps)}};function storeAt(place,access,inputs,deps){return (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .blobStore */ .Rb)(place.location,access,callsFor(access,inputs,place.isNew,deps),deps)}function callsFor(access,inputs,isNew,deps){return (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .callsAbout */ .X2)({account:access.account,resourceGroup:inputs.resourceGroup,isNew},inputs.propagationTimeout,deps)}async function prepareWithManager(access,resourceGroup,inputs,deps){let azure=await access.signIn(),target={resourceGroup,name:access.account},managed=(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .managedAccount */ .vP)(azure,target,callsFor(access,inputs,!1,deps),deps),needs={publicContainers:!0,sharedKey:usesKey(inputs)},{account,isNew}=await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .ensureAccount */ .G5)(managed,inputs,needs,()=>(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .regionOf */ .AP)(azure,resourceGroup,deps)),endpoint=(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutSlash */ .mW)(account.primaryEndpoints?.blob??access.blobEndpoint),call=callsFor(access,inputs,isNew,deps),container=containerAt(endpoint,access,inputs);return await (0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .ensurePublicContainer */ .v9)({...managed,call},inputs.container,()=>foreignBlob(container,inputs,call)),{endpoint,isNew}}async function prepareWithoutManager(access,inputs,deps){let endpoint=access.blobEndpoint;if(!usesKey(inputs))return{endpoint,isNew:!1};let call=callsFor(access,inputs,!1,deps),container=containerAt(endpoint,access,inputs),level=await call(`look for the container ${inputs.container}`,async()=>{try{return(await container.getProperties()).blobPublicAccess??"none"}catch(error){if((0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .azureRefusal */ .as)(error,deps)?.status===404)return;throw error}});return level===void 0?(await call(`create the container ${inputs.container}`,()=>container.createIfNotExists({access:"blob"})),deps.log.info(`created the container ${inputs.container} with public level blob`)):level==="none"?((0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .refuseForeignBlobs */ .p0)(inputs.container,await foreignBlob(container,inputs,call)),await call(`make the container ${inputs.container} public`,()=>container.setAccessPolicy("blob")),deps.log.info(`set the public level of the container ${inputs.container} to blob`)):deps.log.info(`the container ${inputs.container} is there and public (${level})`),{endpoint,isNew:!1}}function containerAt(endpoint,access,inputs){return new _chunk_TM7GCH7O_js__WEBPACK_IMPORTED_MODULE_4__/* .BlobServiceClient */ .wS(endpoint,access.credential,(0,_chunk_VL5H2FT5_js__WEBPACK_IMPORTED_MODULE_1__/* .blobOptions */ .Ws)(access)).getContainerClient(inputs.container)}async function foreignBlob(container,inputs,call){let prefix=inputs.path===void 0?"":`${(0,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .parsePrefix */ .A1)(inputs.path)}/`,own=new Set(Object.values(_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_3__/* .documentPaths */ .Mx).map(path=>`${prefix}${path}`));return call(`list the container ${inputs.container}`,async()=>{for await(let{name}of container.listBlobsFlat())if(!own.has(name))return name})}function usesKey(inputs){return inputs.storageAccountKey!==void 0||inputs.storageConnectionString!==void 0}


/***/ })

};
