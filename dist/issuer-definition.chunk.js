export const id = 473;
export const ids = [473];
export const modules = {

/***/ 8473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   definition: () => (/* reexport safe */ _shared_issuer_definition_js__WEBPACK_IMPORTED_MODULE_1__.m),
/* harmony export */   parseIssuerUrl: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_3__.uY)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_issuer_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8687);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2385);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2192);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 2385:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ azureInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var azureInputs={"azure-environment":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Azure cloud: `public`, `us-government`, `china`, or the path of a JSON file of endpoints, for example, the output of start-emulator.",default:"public"}),"azure-client-id":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Client ID of the application that the job signs in as, with the OIDC token of GitHub. By default, the job uses a federated token file from the environment, otherwise the session of the az CLI."}),"azure-tenant-id":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Tenant ID that the job signs in to. Defaults to `AZURE_TENANT_ID`."}),"azure-subscription-id":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Subscription ID of the Azure resources. Defaults to `AZURE_SUBSCRIPTION_ID`."})};


/***/ }),

/***/ 2192:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parsePrefix),
/* harmony export */   LJ: () => (/* binding */ documentUrl),
/* harmony export */   M9: () => (/* binding */ parseStorageAccount),
/* harmony export */   Mx: () => (/* binding */ documentPaths),
/* harmony export */   NJ: () => (/* binding */ parseContainer),
/* harmony export */   O1: () => (/* binding */ isSamePlace),
/* harmony export */   UC: () => (/* binding */ removeTrailingSlash),
/* harmony export */   uY: () => (/* binding */ parseIssuerUrl)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var documentPaths={discovery:".well-known/openid-configuration",jwks:"openid/v1/jwks"},longestIssuer=600,entraHosts=["login.microsoftonline.com","login.windows.net","login.microsoft.com","sts.windows.net"];function parseIssuerUrl(text){if(/\s/.test(text))throw new Error("remove the whitespace: Entra ID stores it, and tokens would no longer match");if(!URL.canParse(text))throw new Error("write an absolute URL, for example, https://account.blob.core.windows.net/oidc/");let url=new URL(text);if(url.protocol!=="https:")throw new Error("write an https URL: Entra ID reads documents over https only");if(url.username!==""||url.password!=="")throw new Error("remove the user name and password");if(url.search!==""||url.hash!==""||/[?#]/.test(text))throw new Error("remove the query and fragment: Kubernetes publishes no documents for such an issuer");if(url.pathname.includes("//"))throw new Error("remove the double slash");if(text!==url.href&&`${text}/`!==url.href)throw new Error(`write it as every client normalizes it: ${url.href}`);if(entraHosts.includes(url.hostname))throw new Error("write an issuer of your own: Entra ID does not accept its own tokens for federation");if(text.length>longestIssuer)throw new Error(`write at most ${longestIssuer} characters`);return text}function documentUrl(issuerUrl,name){return`${removeTrailingSlash(issuerUrl)}/${documentPaths[name]}`}function isSamePlace(one,other){return removeTrailingSlash(one)===removeTrailingSlash(other)}function removeTrailingSlash(url){return url.endsWith("/")?url.slice(0,-1):url}function parseStorageAccount(name){if(!/^[a-z0-9]{3,24}$/.test(name))throw new Error("write 3 to 24 lowercase letters and digits");return name}function parseContainer(name){if(name.length<3||name.length>63||!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))throw new Error("write 3 to 63 lowercase letters, digits and single hyphens, beginning and ending with a letter or digit");return name}function parsePrefix(path){let segments=path.replace(/^\/|\/$/g,"").split("/"),isValid=segment=>/^[A-Za-z0-9._~-]+$/.test(segment)&&!segment.endsWith(".");if(!segments.every(isValid))throw new Error("write folder names of letters, digits, dots, hyphens, underscores and tildes, separated by single slashes");if(path.length>900)throw new Error("write at most 900 characters");return segments.join("/")}


/***/ }),

/***/ 8687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2385);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2192);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"publish-issuer",title:"Publish the documents of a Kubernetes OIDC issuer",description:"Publishes the discovery document and the JWKS of a Kubernetes cluster for Entra ID, and reads them back as an anonymous client. Adds and retires keys without losing any.",branding:{icon:"upload-cloud",color:"blue"},inputs:{"public-key-file":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of the public keys that clusters sign with, one per line. Keys that are already published stay."}),"staged-public-key-file":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of public keys to publish ahead of a rotation, one per line. No cluster signs with them yet."}),"retire-key-ids":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"Key IDs to remove from the JWKS, one per line. Tokens signed with these keys are rejected from then on."}),storage:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"Storage of the documents. `azure-blob` is a public container. `azure-static-website` also works if a policy forbids public containers. `directory` is a folder for GitHub Pages or any web server. `none` only verifies documents that are published by other means.",options:["azure-blob","azure-static-website","directory","none"],default:"azure-blob"}),"storage-account":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the storage account. Required with `azure-blob` and `azure-static-website`."},_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageAccount */ .M9),container:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the blob container, with `azure-blob`.",default:"oidc"},_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__/* .parseContainer */ .NJ),path:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"With `directory`, the folder for the documents, relative to the workspace. Required with `directory`. With the Azure stores, an optional prefix inside the container."}),"resource-group":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Resource group of the storage account. If set, the account and the container are created or checked through Azure Resource Manager. Otherwise, both must exist."}),location:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Azure region of a new storage account. Defaults to the region of `resource-group`."}),"create-storage-account":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Whether to create the storage account in `resource-group` if it does not exist.",default:"true"}),"storage-account-key":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Key of the storage account, used instead of the job's sign-in. We recommend signing in and disabling shared keys.",secret:!0}),"storage-connection-string":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Connection string of the storage account, used instead of the job's sign-in.",secret:!0}),"issuer-url":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Issuer URL, exactly as in tokens and federated credentials. Required with `directory` and `none`. Defaults to the issuer in the existing discovery document, otherwise to the storage URL with a trailing slash."},_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__/* .parseIssuerUrl */ .uY),"prune-after":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"How long to keep the keys that this run publishes, for example, `6h`. Later runs remove expired keys. Publishing a key again extends its lifetime. By default, keys stay until they are listed in `retire-key-ids`."}),"on-exit":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What to do with the keys that this run added when the job ends: `keep` them, or `retire` them, so that many jobs can share one issuer.",options:["keep","retire"],default:"keep"}),"propagation-timeout":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"Maximum time to wait for role assignments and public access to take effect, and for the documents to appear. Role assignments can take ten minutes.",default:"5m"}),..._shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R},outputs:{"issuer-url":{description:"Issuer URL, exactly as the cluster and the federated credentials must use it."},"discovery-url":{description:"URL of the discovery document."},"jwks-url":{description:"URL of the JWKS."},"key-ids":{description:"Key IDs of all published keys as a JSON array, in the order of the JWKS."},changed:{description:"`true` if this run changed a document, otherwise `false`."}}};


/***/ })

};
