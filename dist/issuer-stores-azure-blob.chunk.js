export const id = 310;
export const ids = [310];
export const modules = {

/***/ 3310:
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
function manageContainer(managed,name){let{client,resourceGroup,deps}=managed,{blobContainers}=client;return{readPublicLevel:async()=>{let found=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .unlessAbsent */ .QY)(blobContainers.get(resourceGroup,managed.name,name),deps);return found&&(found.publicAccess??"None").toLowerCase()},createPublic:()=>blobContainers.create(resourceGroup,managed.name,name,{publicAccess:"Blob"}),makePublic:()=>blobContainers.update(resourceGroup,managed.name,name,{publicAccess:"Blob"})}}function openContainer(client,deps){return{readPublicLevel:async()=>{let found=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .unlessAbsent */ .QY)(client.getProperties(),deps);return found&&(found.blobPublicAccess??"none")},createPublic:()=>client.createIfNotExists({access:"blob"}),makePublic:()=>client.setAccessPolicy("blob")}}async function ensurePublicContainer(container,port,findOtherBlob2,{call,deps}){let level=await call(`read the container ${container}`,()=>port.readPublicLevel());if(level===void 0)await call(`create the container ${container}`,()=>port.createPublic()),deps.log.info(`Created the container ${container} with the public access level \`blob\``);else if(level==="none"){let blob=await findOtherBlob2();if(blob!==void 0)throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_15__/* .FederationError */ .yP("container-private",{container,blob});await call(`make the container ${container} public`,()=>port.makePublic()),deps.log.info(`Set the public access level of the container ${container} to \`blob\``)}else deps.log.info(`The container ${container} already exists and is public (\`${level}\`)`)}var store={async prepare(inputs,deps){let access=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),prefix=inputs.path===void 0?"":`/${(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .parsePrefix */ .A1)(inputs.path)}`,{endpoint,isNew}=await prepareContainer(access,inputs,deps),location=`${endpoint}/${inputs.container}${prefix}`,place={issuerUrl:`${location}/`,location,isNew};return{place,store:(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,access,inputs,deps)}},async open(place,inputs,deps){return (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .openBlobStore */ .ni)(place,await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveAccess */ .pQ)(inputs,deps),inputs,deps)}};async function prepareContainer(access,inputs,deps){let{container,resourceGroup}=inputs;if(resourceGroup!==void 0){let needs={publicContainers:!0},prepared=await (0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .prepareAccount */ .nI)(access,{...inputs,resourceGroup},needs,deps),{managed,endpoints,isNew}=prepared,endpoint2=(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .removeTrailingSlash */ .UC)(endpoints?.blob??access.blobEndpoint),client=(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .createServiceClient */ .r)(endpoint2,access).getContainerClient(container),findOther=()=>findOtherBlob(client,inputs,managed.call);return await ensurePublicContainer(container,manageContainer(managed,container),findOther,managed),{endpoint:endpoint2,isNew}}let endpoint=access.blobEndpoint;if(access.usesKey){let call=(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .createStorageCall */ .yT)(access,inputs,!1,deps),client=(0,_shared_azure_arm_storage_js__WEBPACK_IMPORTED_MODULE_1__/* .createServiceClient */ .r)(endpoint,access).getContainerClient(container),findOther=()=>findOtherBlob(client,inputs,call);await ensurePublicContainer(container,openContainer(client,deps),findOther,{call,deps})}return{endpoint,isNew:!1}}async function findOtherBlob(client,{container,path},call){let prefix=path===void 0?"":`${(0,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .parsePrefix */ .A1)(path)}/`,own=new Set(Object.values(_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_13__/* .documentPaths */ .Mx).map(document=>`${prefix}${document}`));return call(`list the blobs of the container ${container}`,async()=>{for await(let{name}of client.listBlobsFlat())if(!own.has(name))return name})}


/***/ })

};
