export const id = 1562;
export const ids = [1562];
export const modules = {

/***/ 1562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   definition: () => (/* reexport safe */ _chunk_SWQDOZBX_js__WEBPACK_IMPORTED_MODULE_1__.mw)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_SWQDOZBX_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6388);
/* harmony import */ var _chunk_UWQYE3K4_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6621);
/* harmony import */ var _chunk_QVE275L4_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1684);
/* harmony import */ var _chunk_LIWXJIB6_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3065);
/* harmony import */ var _chunk_722GHEZ4_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1575);
/* harmony import */ var _chunk_3AII4C7T_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9504);
/* harmony import */ var _chunk_UDPD6Z2L_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3359);
/* harmony import */ var _chunk_NO772G54_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3863);
/* harmony import */ var _chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(866);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(11);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5465);
/* harmony import */ var _chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1963);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 3863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(866);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5465);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"publish-issuer",title:"Publish the documents of a Kubernetes OIDC issuer",description:"Publishes the discovery document and the JWKS of a Kubernetes cluster for Entra ID, and reads them back as an anonymous client. Adds and retires keys without losing any.",branding:{icon:"upload-cloud",color:"blue"},inputs:{"public-key-file":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of the public keys that clusters sign with, one per line. Keys that are already published stay."}),"staged-public-key-file":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of public keys to publish ahead of a rotation, one per line. No cluster signs with them yet."}),"retire-key-ids":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"Key IDs to remove from the JWKS, one per line. Tokens signed with these keys are rejected from then on."}),storage:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"Storage of the documents. `azure-blob` is a public container. `azure-static-website` also works if a policy forbids public containers. `directory` is a folder for GitHub Pages or any web server. `none` only verifies documents that are published by other means.",options:["azure-blob","azure-static-website","directory","none"],default:"azure-blob"}),"storage-account":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the storage account. Required with `azure-blob` and `azure-static-website`."},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageAccount */ .M9),container:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the blob container, with `azure-blob`.",default:"oidc"},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseContainer */ .NJ),path:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"With `directory`, the folder for the documents, relative to the workspace. Required with `directory`. With the Azure stores, an optional prefix inside the container."}),"resource-group":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Resource group of the storage account. If set, the account and the container are created or checked through Azure Resource Manager. Otherwise, both must exist."}),location:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Azure region of a new storage account. Defaults to the region of `resource-group`."}),"create-storage-account":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Whether to create the storage account in `resource-group` if it does not exist.",default:"true"}),"storage-account-key":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Key of the storage account, used instead of the job's sign-in. We recommend signing in and disabling shared keys.",secret:!0}),"storage-connection-string":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Connection string of the storage account, used instead of the job's sign-in.",secret:!0}),"issuer-url":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Issuer URL, exactly as in tokens and federated credentials. Required with `directory` and `none`. Defaults to the issuer in the existing discovery document, otherwise to the storage URL with a trailing slash."},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseIssuerUrl */ .uY),"prune-after":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"How long to keep the keys that this run publishes, for example, `6h`. Later runs remove expired keys. Publishing a key again extends its lifetime. By default, keys stay until they are listed in `retire-key-ids`."}),"on-exit":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What to do with the keys that this run added when the job ends: `keep` them, or `retire` them, so that many jobs can share one issuer.",options:["keep","retire"],default:"keep"}),"propagation-timeout":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"Maximum time to wait for role assignments and public access to take effect, and for the documents to appear. Role assignments can take ten minutes.",default:"5m"}),..._chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R},outputs:{"issuer-url":{description:"Issuer URL, exactly as the cluster and the federated credentials must use it."},"discovery-url":{description:"URL of the discovery document."},"jwks-url":{description:"URL of the JWKS."},"key-ids":{description:"Key IDs of all published keys as a JSON array, in the order of the JWKS."},changed:{description:"`true` if this run changed a document, otherwise `false`."}}};


/***/ }),

/***/ 11:
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

/***/ 6388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i6: () => (/* binding */ sampleImage),
/* harmony export */   mH: () => (/* binding */ probeImage),
/* harmony export */   mw: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_UWQYE3K4_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6621);
/* harmony import */ var _chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(866);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5465);
/* harmony import */ var _chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1963);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var checkIds=["key-files","discovery-document","published-jwks","cluster-issuer","cluster-key","token","service-account","federated-credential","webhook-ready","pod-mutated","token-exchange","key-vault-read","pod"];function parseVault(value){if((URL.canParse(value)?new URL(value):void 0)?.protocol!=="https:")throw new Error("write a URL such as https://name.vault.azure.net");return value.replace(/\/+$/,"")}function parseLabels(value){return Object.fromEntries(split(value,/\n/).map(parseLabel))}function parseLabel(line){let at=line.indexOf("=");if(at<1)throw new Error(`write labels as key=value, not "${line}"`);return[line.slice(0,at).trim(),line.slice(at+1).trim()]}function parseChecks(value){if(value==="all")return checkIds;let selected=split(value,/[\n,]/),unknown=selected.filter(id=>!checkIds.some(known=>known===id));if(unknown.length>0)throw new Error(`write all, or some of ${checkIds.join(", ")}; unknown: ${unknown.join(", ")}`);return checkIds.filter(id=>selected.includes(id))}function parsePattern(value){try{return new RegExp(value,"m")}catch(error){throw new Error(`write a regular expression: ${(0,_chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .gJ)(error)}`)}}function split(value,separator){return value.split(separator).map(part=>part.trim()).filter(part=>part!=="")}var sampleImage="ghcr.io/azure/azure-workload-identity/msal-go:latest",probeImage="docker.io/curlimages/curl:8.15.0";var definition={name:"verify-pod",title:"Verify that a pod gets an Entra token",description:"Checks every link between the signing key and a pod that reads a Key Vault secret. Reports the first broken link, its cause and what to change.",branding:{icon:"check-circle",color:"green"},inputs:{"service-account":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Service account of the workload, as `namespace/name`.",required:!0},_chunk_UWQYE3K4_js__WEBPACK_IMPORTED_MODULE_1__/* .parseServiceAccount */ .YA),"issuer-url":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Issuer URL, exactly as published: the output `issuer-url` of publish-issuer.",required:!0},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_3__/* .parseIssuerUrl */ .uY),"client-id":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Client ID of the application or managed identity that the workload signs in as.",required:!0}),"tenant-id":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Tenant ID of that identity.",required:!0}),"key-vault-url":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"URL of the Key Vault that the workload reads, for example, `https://name.vault.azure.net`. If not set, no secret is read."},parseVault),"secret-name":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Name of the secret that the workload reads. Its value is never shown."}),..._chunk_UWQYE3K4_js__WEBPACK_IMPORTED_MODULE_1__/* .clusterInputs */ .g$,"private-key-file":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"PEM file of the cluster's private key. If set, the key files are checked as well."}),"public-key-file":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"PEM file of the cluster's public key. If set, it is compared with the published keys and the key that signs."}),"pod-image":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:`Image of the test pod. Defaults to \`${sampleImage}\`, or to \`${probeImage}\` with \`pod-probe\`.`}),"pod-command":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .lines */ .Mn)({description:"Command of the test pod, one argument per line. Defaults to the command of the image."}),"pod-probe":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)({description:"Whether to run a built-in script instead of the command of the image. It exchanges the token, reads the secret, and prints claims and status codes only. The image must contain sh and curl.",default:"false"}),"pod-success":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .choice */ .Yq)({description:"When the test pod counts as successful: `exit-code` (exits with code 0), `ready` (becomes ready), `log` (logs a line that matches `pod-log-pattern`), or `auto` (`exit-code` or `log`).",options:["auto","exit-code","ready","log"],default:"auto"}),"pod-log-pattern":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Regular expression for the log line that shows success.",default:"successfully got secret"},parsePattern),"pod-labels":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Labels of the test pod, one `key=value` per line. The webhook only acts on pods with the default label.",type:"list",default:"azure.workload.identity/use=true"},parseLabels),checks:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:`Checks to run, one per line or separated by commas: ${checkIds.map(id=>`\`${id}\``).join(", ")}. Defaults to \`all\`.`,type:"list",default:"all"},parseChecks),"continue-on-broken":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)({description:"Whether to run the remaining checks after a broken link, except those that rely on it. If `false`, they are skipped.",default:"false"}),timeout:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({description:"Maximum time to wait for each of these: Azure changes to propagate, and the pod to finish.",default:"3m"}),..._chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_2__/* .azureInputs */ .R},outputs:{result:{description:"`pass` or `fail`."},"report-file":{description:"JSON report with the result, the findings and the duration of every check."},"html-report-file":{description:"The same report as a self-contained HTML page."},"failed-check":{description:"ID of the first check that failed. Empty if all checks passed."},diagnosis:{description:"Cause of the first broken link, and what to change. Empty if all checks passed."}}};


/***/ }),

/***/ 6621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QK: () => (/* binding */ formatSubject),
/* harmony export */   YA: () => (/* binding */ parseServiceAccount),
/* harmony export */   g$: () => (/* binding */ clusterInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5465);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var clusterInputs={kubeconfig:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Kubeconfig file of the cluster. Defaults to the files in `KUBECONFIG`, otherwise to `~/.kube/config`."}),context:(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Context in the kubeconfig. Defaults to its current context."})};function parseServiceAccount(line){let[,namespace,name]=/^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(line)??[];if(namespace===void 0||name===void 0)throw new Error(`write the service account as namespace/name in lowercase, not "${line}"`);return{namespace,name}}function formatSubject({namespace,name}){return`system:serviceaccount:${namespace}:${name}`}


/***/ }),

/***/ 866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ azureInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5465);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var azureInputs={"azure-environment":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"The cloud: `public`, `us-government`, `china`, or a JSON file of endpoints such as start-emulator writes.",default:"public"}),"azure-client-id":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Client id that the job itself signs in with, by GitHub's OIDC token. Without it: a federated token file in the environment, else the az CLI's session."}),"azure-tenant-id":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Tenant that the job signs in to. Default: AZURE_TENANT_ID."}),"azure-subscription-id":(0,_chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Subscription that resources are looked for and made in. Default: AZURE_SUBSCRIPTION_ID."})};


/***/ })

};
