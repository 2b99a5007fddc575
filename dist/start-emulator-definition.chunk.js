export const id = 852;
export const ids = [852];
export const modules = {

/***/ 4694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"start-emulator",title:"Start an Azure emulator",description:"Starts an emulator of Entra ID, Microsoft Graph, Resource Manager, Key Vault and Blob Storage on the runner. Forks, tests and demos need no tenant with it.",branding:{icon:"cloud",color:"gray-dark"},inputs:{"state-file":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"JSON file with the initial state of the emulator: applications, vaults, storage accounts, roles, delays and faults. See emulator/README.md. By default, there is a deployer application, a vault with one secret, and an unused storage account name."}),listen:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Address to listen on. Use `0.0.0.0` to make the emulator reachable from pods of a kind or minikube cluster.",default:"127.0.0.1"}),hostnames:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({description:"Hostnames and IP addresses in the emulator's certificate, one per line. The first one is the host in every URL. Defaults to the address that it listens on."})},outputs:{"azure-environment":{description:"JSON file with the endpoints of the emulator, for the input `azure-environment` of the other actions."},"ca-file":{description:"PEM file of the CA that issued the emulator's certificate."},"tenant-id":{description:"Tenant ID of the emulator."},"subscription-id":{description:"Subscription ID of the emulator."},"key-vault-url":{description:"URL of the key vault in the emulator."},"storage-account":{description:"Storage account name for publish-issuer."},"resource-group":{description:"Name of the existing resource group."},"azure-client-id":{description:"Client ID of the application that the job signs in as."}}};


/***/ }),

/***/ 5852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   definition: () => (/* reexport safe */ _shared_start_emulator_definition_js__WEBPACK_IMPORTED_MODULE_1__.m)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_start_emulator_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4694);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
