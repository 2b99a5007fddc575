export const id = 335;
export const ids = [335];
export const modules = {

/***/ 1716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_ZH5I3SFV_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2206);
/* harmony import */ var _chunk_QO5HPD57_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8441);
/* harmony import */ var _chunk_UN6JSRCW_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(220);
/* harmony import */ var _chunk_SAEF5PD4_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7234);
/* harmony import */ var _chunk_OQETV4QS_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7971);
/* harmony import */ var _chunk_CUQF3LNR_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(484);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6621);
/* harmony import */ var _chunk_BFYGW46I_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7206);
/* harmony import */ var _chunk_HW3UQK73_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3591);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8313);
/* harmony import */ var _chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3047);
/* harmony import */ var _chunk_TOJSB7BN_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(7657);
/* harmony import */ var _chunk_PNKRHENA_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2825);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(4503);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_11__/* .action */ .X)(_chunk_ZH5I3SFV_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .mw,_chunk_ZH5I3SFV_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF,_chunk_ZH5I3SFV_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanUp */ .nY);


/***/ }),

/***/ 2825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ro: () => (/* binding */ azureInputs),
/* harmony export */   X5: () => (/* binding */ endpointOf),
/* harmony export */   dg: () => (/* binding */ loadAzureEnvironment)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4503);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var azureInputs={"azure-environment":(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"The cloud: `public`, `us-government`, `china`, or a JSON file of endpoints such as start-emulator writes.",default:"public"}),"azure-client-id":(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Client id that the job itself signs in with, by GitHub's OIDC token. Without it: a federated token file in the environment, else the az CLI's session."}),"azure-tenant-id":(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Tenant that the job signs in to. Default: AZURE_TENANT_ID."}),"azure-subscription-id":(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Subscription that resources are looked for and made in. Default: AZURE_SUBSCRIPTION_ID."})};var publicCloud={name:"public",authority:"https://login.microsoftonline.com",graph:"https://graph.microsoft.com",graphAudience:"https://graph.microsoft.com",resourceManager:"https://management.azure.com",resourceManagerAudience:"https://management.azure.com",vault:"https://{name}.vault.azure.net",vaultAudience:"https://vault.azure.net",blob:"https://{name}.blob.core.windows.net",storageAudience:"https://storage.azure.com",tokenExchangeAudience:"api://AzureADTokenExchange",webhookEnvironment:"AzurePublicCloud"},clouds={public:publicCloud,"us-government":{...publicCloud,name:"us-government",authority:"https://login.microsoftonline.us",graph:"https://graph.microsoft.us",graphAudience:"https://graph.microsoft.us",resourceManager:"https://management.usgovcloudapi.net",resourceManagerAudience:"https://management.usgovcloudapi.net",vault:"https://{name}.vault.usgovcloudapi.net",vaultAudience:"https://vault.usgovcloudapi.net",blob:"https://{name}.blob.core.usgovcloudapi.net",tokenExchangeAudience:"api://AzureADTokenExchangeUSGov",webhookEnvironment:"AzureUSGovernmentCloud"},china:{...publicCloud,name:"china",authority:"https://login.chinacloudapi.cn",graph:"https://microsoftgraph.chinacloudapi.cn",graphAudience:"https://microsoftgraph.chinacloudapi.cn",resourceManager:"https://management.chinacloudapi.cn",resourceManagerAudience:"https://management.chinacloudapi.cn",vault:"https://{name}.vault.azure.cn",vaultAudience:"https://vault.azure.cn",blob:"https://{name}.blob.core.chinacloudapi.cn",tokenExchangeAudience:"api://AzureADTokenExchangeChina",webhookEnvironment:"AzureChinaCloud"}},required=["authority","graph","graphAudience","resourceManager","resourceManagerAudience","vault","vaultAudience","blob","storageAudience","tokenExchangeAudience","webhookEnvironment"];async function loadAzureEnvironment(nameOrFile){let cloud=clouds[nameOrFile];if(cloud)return cloud;let fail=(why,cause)=>new _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .FederationError */ .yP(`failed to read the Azure environment "${nameOrFile}": ${why}`,{code:"azure-environment-invalid",hint:`Set azure-environment to ${Object.keys(clouds).join(", ")}, or to the path of a JSON file such as the output azure-environment of start-emulator.`,cause}),parsed;try{parsed=JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(nameOrFile,"utf8"))}catch(error){throw fail((0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error),error)}for(let field of required)if(typeof parsed[field]!="string"||parsed[field]==="")throw fail(`"${field}" is missing`);for(let field of["authority","graph","resourceManager","vault","blob"]){let url=String(parsed[field]);if(!url.startsWith("https://")||url.endsWith("/"))throw fail(`"${field}" must be an https URL without a slash at its end, not "${url}"`)}return{...parsed,name:typeof parsed.name=="string"?parsed.name:"custom"}}function endpointOf(template,name){return template.replaceAll("{name}",name)}


/***/ }),

/***/ 7657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ trustCertificateAuthority)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4503);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
async function trustCertificateAuthority(caFile){if(caFile===void 0)return;let pem;try{pem=await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(caFile,"utf8")}catch(error){throw new _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .FederationError */ .yP(`failed to read the CA certificate ${caFile}: ${(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`,{code:"ca-file-unreadable",hint:'The file named by "caFile" in azure-environment must be there while the job runs.',cause:error})}node_tls__WEBPACK_IMPORTED_MODULE_3__.setDefaultCACertificates([...node_tls__WEBPACK_IMPORTED_MODULE_3__.getCACertificates("default"),pem])}


/***/ })

};
