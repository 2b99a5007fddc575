export const id = 3803;
export const ids = [3803];
export const modules = {

/***/ 3803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_NYONTR4J_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4440);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8382);
/* harmony import */ var _chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2315);
/* harmony import */ var _chunk_IOQQN6UF_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9693);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2368);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_3__/* .action */ .X)(_chunk_NYONTR4J_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,()=>Promise.all(/* import() */[__webpack_require__.e(3070), __webpack_require__.e(8417)]).then(__webpack_require__.bind(__webpack_require__, 8417)));


/***/ }),

/***/ 8382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ azureInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var azureInputs={"azure-environment":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"The cloud: `public`, `us-government`, `china`, or a JSON file of endpoints such as start-emulator writes.",default:"public"}),"azure-client-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Client id that the job itself signs in with, by GitHub's OIDC token. Without it: a federated token file in the environment, else the az CLI's session."}),"azure-tenant-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Tenant that the job signs in to. Default: AZURE_TENANT_ID."}),"azure-subscription-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Subscription that resources are looked for and made in. Default: AZURE_SUBSCRIPTION_ID."})};


/***/ }),

/***/ 2368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parsePrefix),
/* harmony export */   LJ: () => (/* binding */ documentUrl),
/* harmony export */   M9: () => (/* binding */ parseStorageAccount),
/* harmony export */   Mx: () => (/* binding */ documentPaths),
/* harmony export */   NJ: () => (/* binding */ parseContainer),
/* harmony export */   mW: () => (/* binding */ withoutSlash),
/* harmony export */   o0: () => (/* binding */ samePlace),
/* harmony export */   uY: () => (/* binding */ parseIssuerUrl)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var documentPaths={discovery:".well-known/openid-configuration",jwks:"openid/v1/jwks"},longestIssuer=600;function parseIssuerUrl(text){if(/\s/.test(text))throw new Error("take the white space out: Entra ID stores it, and then nothing matches");if(!URL.canParse(text))throw new Error("write a whole URL such as https://account.blob.core.windows.net/oidc/");let url=new URL(text);if(url.protocol!=="https:")throw new Error("write an https URL: Entra ID reads the documents over https only");if(url.username!==""||url.password!=="")throw new Error("take user name and password out");if(url.search!==""||url.hash!==""||/[?#]/.test(text))throw new Error("take query and fragment out: an issuer has neither");if(url.pathname.includes("//"))throw new Error("take the double slash out");if(text!==url.href&&`${text}/`!==url.href)throw new Error(`write it as every client will spell it: ${url.href}`);if(text.length>longestIssuer)throw new Error(`write at most ${longestIssuer} characters`);return text}function documentUrl(issuerUrl,name){return`${withoutSlash(issuerUrl)}/${documentPaths[name]}`}function samePlace(one,other){return withoutSlash(one)===withoutSlash(other)}function withoutSlash(url){return url.endsWith("/")?url.slice(0,-1):url}function parseStorageAccount(name){if(!/^[a-z0-9]{3,24}$/.test(name))throw new Error("write 3 to 24 lower-case letters and digits");return name}function parseContainer(name){if(name.length<3||name.length>63||!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))throw new Error("write 3 to 63 lower-case letters, digits and single dashes, a letter or digit at either end");return name}function parsePrefix(path){let segments=path.replace(/^\/|\/$/g,"").split("/"),sound=segment=>/^[A-Za-z0-9._~-]+$/.test(segment)&&!segment.endsWith(".");if(!segments.every(sound))throw new Error("write folder names of letters, digits, dot, dash, underscore and tilde, separated by single slashes");if(path.length>900)throw new Error("write at most 900 characters");return segments.join("/")}


/***/ }),

/***/ 4440:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8382);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2368);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"publish-issuer",title:"Publish the documents of a Kubernetes OIDC issuer",description:"Puts the discovery document and the JWKS of a Kubernetes cluster where Entra ID can read them, adds and retires keys without losing one, and reads both back as a stranger would.",branding:{icon:"upload-cloud",color:"blue"},inputs:{"public-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of the public keys that clusters sign with, one a line. They are added to the keys that are published already."}),"staged-public-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of public keys to publish ahead of time, one a line: no cluster signs with them yet. The first half of a rotation."}),"retire-key-ids":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"Key ids to take out, one a line: tokens that they signed are no longer accepted. The second half of a rotation."}),storage:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What holds the documents: `azure-blob` (a public container), `azure-static-website` (works where policy forbids public containers), `directory` (for GitHub Pages or any web server), `none` (somebody else publishes; they are only checked).",options:["azure-blob","azure-static-website","directory","none"],default:"azure-blob"}),"storage-account":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the storage account; needed with the two azure stores."},_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageAccount */ .M9),container:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the blob container (azure-blob).",default:"oidc"},_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_2__/* .parseContainer */ .NJ),path:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Folder of the documents: with `directory` on this machine, relative to the workspace; with the azure stores a prefix inside the container, default none."}),"resource-group":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Resource group of the storage account. With it account and container are checked, or created, through Azure Resource Manager; without it the job only needs to be allowed to write blobs."}),location:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Region of a new storage account. Default: its resource group's."}),"create-storage-account":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Whether a storage account that is absent is created in resource-group.",default:"true"}),"storage-account-key":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Key of the storage account, instead of the job's own sign-in. Better: leave it out and shared keys off.",secret:!0}),"storage-connection-string":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Connection string of the storage account, instead of the job's own sign-in.",secret:!0}),"issuer-url":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"The issuer, byte for byte as tokens and federated credentials have it; needed with `directory` and `none`. Default: the address of the store, as an existing discovery document there spells it, else with a slash at its end."},_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_2__/* .parseIssuerUrl */ .uY),"prune-after":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"How long the keys of this run are needed (`6h`). Any later publisher takes keys out whose time is over; publishing a key again prolongs it. Default: until they are retired."}),"on-exit":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What the post step does: `keep` the keys, or `retire` those that this run added, so that many jobs can share one issuer.",options:["keep","retire"],default:"keep"}),"propagation-timeout":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"Longest wait for a role assignment or public access to take effect and for the documents to appear. Role assignments can take ten minutes.",default:"5m"}),..._chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R},outputs:{"issuer-url":{description:"The issuer, byte for byte as it must be in the cluster and in federated credentials."},"discovery-url":{description:"URL of the discovery document."},"jwks-url":{description:"URL of the JWKS."},"key-ids":{description:"Ids of all published keys as JSON, in the order of the JWKS."},changed:{description:"`true` when something was written, `false` when everything was as it should be."}}};


/***/ })

};
