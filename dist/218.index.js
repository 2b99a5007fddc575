export const id = 218;
export const ids = [218];
export const modules = {

/***/ 9218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_IRVCSQZ7_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3719);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2004);
/* harmony import */ var _chunk_UALAHG6V_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3400);
/* harmony import */ var _chunk_VTJX2NYI_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7922);
/* harmony import */ var _chunk_CWHF3IEW_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6633);
/* harmony import */ var _chunk_RDF45QRZ_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5022);
/* harmony import */ var _chunk_PTMB64CV_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4776);
/* harmony import */ var _chunk_QO5HPD57_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8441);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8313);
/* harmony import */ var _chunk_ILTVALQZ_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(269);
/* harmony import */ var _chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(3047);
/* harmony import */ var _chunk_PNKRHENA_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2825);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(4503);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_12__/* .action */ .X)(_chunk_IRVCSQZ7_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .mw,_chunk_IRVCSQZ7_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF,_chunk_IRVCSQZ7_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanUp */ .nY);


/***/ }),

/***/ 2004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bb: () => (/* binding */ systemLabels),
/* harmony export */   GX: () => (/* binding */ injectedVariables),
/* harmony export */   MW: () => (/* binding */ useLabel),
/* harmony export */   Nn: () => (/* binding */ certificateSecretName),
/* harmony export */   Qk: () => (/* binding */ tokenExpirationAnnotation),
/* harmony export */   Qn: () => (/* binding */ variableOf),
/* harmony export */   Sh: () => (/* binding */ configurationName),
/* harmony export */   ZB: () => (/* binding */ mutationFaults),
/* harmony export */   fe: () => (/* binding */ serviceName),
/* harmony export */   gr: () => (/* binding */ mutatePath),
/* harmony export */   hS: () => (/* binding */ webhookName),
/* harmony export */   kB: () => (/* binding */ configMapName),
/* harmony export */   lv: () => (/* binding */ systemNamespace),
/* harmony export */   pC: () => (/* binding */ deploymentName),
/* harmony export */   tj: () => (/* binding */ injectedTokenOf),
/* harmony export */   tq: () => (/* binding */ webhookPort),
/* harmony export */   xn: () => (/* binding */ configurationKind),
/* harmony export */   yT: () => (/* binding */ clientIdAnnotation),
/* harmony export */   z5: () => (/* binding */ tenantIdAnnotation)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var systemNamespace="azure-workload-identity-system",deploymentName="azure-wi-webhook-controller-manager",serviceName="azure-wi-webhook-webhook-service",certificateSecretName="azure-wi-webhook-server-cert",configMapName="azure-wi-webhook-config",configurationName="azure-wi-webhook-mutating-webhook-configuration",configurationKind={apiVersion:"admissionregistration.k8s.io/v1",kind:"MutatingWebhookConfiguration"},webhookName="mutation.azure-workload-identity.io",mutatePath="/mutate-v1-pod",webhookPort=9443,systemLabels={"azure-workload-identity.io/system":"true"},useLabel="azure.workload.identity/use",clientIdAnnotation="azure.workload.identity/client-id",tenantIdAnnotation="azure.workload.identity/tenant-id",tokenExpirationAnnotation="azure.workload.identity/service-account-token-expiration",skipContainersAnnotation="azure.workload.identity/skip-containers",injectedVariables=["AZURE_CLIENT_ID","AZURE_TENANT_ID","AZURE_FEDERATED_TOKEN_FILE","AZURE_AUTHORITY_HOST"];function injectedTokenOf(pod){for(let volume of pod.spec?.volumes??[])if(!(volume.name!=="azure-identity-token"&&!volume.name.startsWith(volumePrefix))){for(let{serviceAccountToken:token}of volume.projected?.sources??[])if(token)return{volume:volume.name,audience:token.audience,expirationSeconds:token.expirationSeconds,path:token.path}}}var volumePrefix="azure-workload-identity-reserved-";function mutableContainers(pod){let skipped=(pod.metadata?.annotations?.[skipContainersAnnotation]??"").split(";").map(name=>name.trim());return[...pod.spec?.initContainers??[],...pod.spec?.containers??[]].filter(({name})=>!skipped.includes(name))}function variableOf(container,name){return container.env?.find(variable=>variable.name===name)?.value}function mutationFaults(pod,expected){let token=injectedTokenOf(pod);return token===void 0?[{what:"volume",where:"volumes",expected:"a projected service account token",found:void 0}]:[...differing("audience","token audience",expected.audience,token.audience),...differing("lifetime","token lifetime",String(expected.expirationSeconds),String(token.expirationSeconds)),...mutableContainers(pod).flatMap(container=>containerFaults(container,token,expected))]}function containerFaults(container,token,expected){let where=`container "${container.name}"`,mount=container.volumeMounts?.find(({name})=>name===token.volume),variable=(name,value)=>differing(name,`${where}: ${name}`,value,variableOf(container,name)),variables=injectedVariables.flatMap(name=>name==="AZURE_FEDERATED_TOKEN_FILE"?[]:variable(name,expected.variables[name]));return mount?[...variables,...variable("AZURE_FEDERATED_TOKEN_FILE",`${mount.mountPath}/${token.path}`),...differing("mount",`${where}: mount is read-only`,"true",String(mount.readOnly??!1))]:[...variables,{what:"mount",where:`${where}: mount`,expected:`of ${token.volume}`,found:void 0}]}function differing(what,where,expected,found){return expected===found?[]:[{what,where,expected,found}]}


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


/***/ })

};
