export const id = 3472;
export const ids = [3472];
export const modules = {

/***/ 3986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"start-emulator",title:"Start an emulated Azure",description:"Stands in for Entra, Microsoft Graph, Resource Manager, Key Vault and Blob Storage on this runner, so that the chain runs without a tenant: in forks, tests and demos.",branding:{icon:"cloud",color:"gray-dark"},inputs:{"state-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"JSON file of what the emulated Azure holds when it starts: applications, vaults, accounts, roles, delays and faults. See emulator/README.md. Default: a deployer, a vault with one secret and a free account name."}),listen:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Address to listen on. `0.0.0.0` lets the pods of a kind or minikube cluster reach it.",default:"127.0.0.1"}),hostnames:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({description:"Names and addresses that its certificate is good for, one a line; the first one is the host in every URL. Default: the address that it listens on."})},outputs:{"azure-environment":{description:"JSON file of its endpoints, for the input azure-environment of the other actions."},"ca-file":{description:"PEM certificate of the CA that signed its endpoints."},"tenant-id":{description:"The emulated tenant."},"subscription-id":{description:"The emulated subscription."},"key-vault-url":{description:"URL of the vault, for verify-pod."},"storage-account":{description:"Name for the storage account that publish-issuer makes."},"resource-group":{description:"The resource group that is there from the start."},"azure-client-id":{description:"Client id of the application that the job signs in as."}}};


/***/ }),

/***/ 3472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_GSCV75CN_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3986);
/* harmony import */ var _chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2315);
/* harmony import */ var _chunk_IOQQN6UF_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9693);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3461);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6760);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_2__/* .action */ .X)(_chunk_GSCV75CN_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,async()=>{let{cleanUp,runWith}=await __webpack_require__.e(/* import() */ 2528).then(__webpack_require__.bind(__webpack_require__, 2528)),emulator={node:process.execPath,file:(0,node_path__WEBPACK_IMPORTED_MODULE_7__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.dirname)(process.argv[1]??""),"emulator.js")};return{run:runWith(emulator),cleanUp}});


/***/ })

};
