export const id = 5012;
export const ids = [5012];
export const modules = {

/***/ 1553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mH: () => (/* binding */ probeImage),
/* harmony export */   mw: () => (/* binding */ definition),
/* harmony export */   yp: () => (/* binding */ blogImage)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8382);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(501);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3342);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var checkIds=["key-files","discovery-document","published-jwks","cluster-issuer","cluster-key","token","service-account","federated-credential","webhook-ready","pod-mutated","token-exchange","key-vault-read","pod"];function parseIssuer(value){let url=URL.canParse(value)?new URL(value):void 0;if(url?.protocol!=="https:")throw new Error("write an https URL");if(url.search!==""||url.hash!=="")throw new Error("write the issuer without query and fragment: Kubernetes publishes no documents for such a one");return value}function parseVault(value){if((URL.canParse(value)?new URL(value):void 0)?.protocol!=="https:")throw new Error("write a URL such as https://name.vault.azure.net");return value.replace(/\/+$/,"")}function parseLabel(line){let at=line.indexOf("=");if(at<1)throw new Error(`write labels as key=value, not "${line}"`);return[line.slice(0,at).trim(),line.slice(at+1).trim()]}function parseChecks(value){if(value==="all")return checkIds;let asked=value.split(/[\n,]/).map(id=>id.trim()).filter(id=>id!==""),unknown=asked.filter(id=>!checkIds.some(known=>known===id));if(unknown.length>0)throw new Error(`there is no check ${unknown.join(", ")}; write all, or some of ${checkIds.join(", ")}`);return checkIds.filter(id=>asked.includes(id))}function parsePattern(value){try{return new RegExp(value,"m")}catch(error){throw new Error(`write a regular expression: ${(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`)}}var blogImage="ghcr.io/azure/azure-workload-identity/msal-go:latest",probeImage="docker.io/curlimages/curl:8.15.0";var definition={name:"verify-pod",title:"Verify that a pod gets an Entra token",description:"Checks every link from the key files to a pod that reads a Key Vault secret, and names the first broken one, its cause and what to change.",branding:{icon:"check-circle",color:"green"},inputs:{"service-account":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Service account of the workload, as `namespace/name`.",required:!0},_chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_3__/* .parseServiceAccount */ .Y),"issuer-url":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Issuer as it was published, byte for byte: the output issuer-url of publish-issuer.",required:!0},parseIssuer),"client-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Client id of the application or managed identity that the workload becomes.",required:!0}),"tenant-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Tenant of that identity.",required:!0}),"key-vault-url":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Key Vault that the workload reads, such as `https://name.vault.azure.net`. Without it the reads are skipped."},parseVault),"secret-name":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Secret that the workload reads. Its value is never shown."}),..._chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_2__/* .clusterInputs */ .g,"private-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Private key of the cluster, to check that it is the one that the cluster signs with."}),"public-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:"Public key of the cluster, to check that it is the published one."}),"pod-image":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .text */ .Qq)({description:`Image of the pod that is made to prove the chain. Default: \`${blogImage}\`, with pod-probe \`${probeImage}\`.`}),"pod-command":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .lines */ .Mn)({description:"Command of that pod, one argument a line. Default: the image's own."}),"pod-probe":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)({description:"Runs a built-in script in place of the command, in any image with sh and curl: it exchanges the token and reads the secret, and prints claims and codes only.",default:"false"}),"pod-success":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .choice */ .Yq)({description:"What shows that the pod has done it: `exit-code` 0, being `ready`, a line of its `log`, or `auto`: exit code 0 or the line.",options:["auto","exit-code","ready","log"],default:"auto"}),"pod-log-pattern":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Regular expression of the log line that shows it.",default:"successfully got secret"},parsePattern),"pod-labels":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:"Labels of that pod, one `key=value` a line. The webhook acts on the default one only.",default:"azure.workload.identity/use=true"},value=>Object.fromEntries(value.split(`
`).map(line=>line.trim()).filter(line=>line!=="").map(parseLabel))),checks:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .input */ .hF)({description:`The checks to run, one a line or separated by commas, out of ${checkIds.join(", ")}.`,default:"all"},value=>parseChecks(value)),"continue-on-broken":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .flag */ .Jt)({description:"Runs the checks after a broken link too, as far as they do not rely on it, so that one run shows all that is wrong.",default:"false"}),timeout:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__/* .duration */ .p0)({description:'How long answers that only mean "not yet" are waited for, and how long the pod may take, each.',default:"3m"}),..._chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R},outputs:{result:{description:"`pass` or `fail`."},"report-file":{description:"JSON file with every check: what it looked at, what it found, seconds."},"html-report-file":{description:"The same as a page to look at, in one file that needs nothing else."},"failed-check":{description:"Id of the first broken link; empty where none is."},diagnosis:{description:"Cause and change of the first broken link; empty where none is."}}};


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

/***/ 501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ clusterInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var clusterInputs={kubeconfig:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Kubeconfig file of the cluster. Default: KUBECONFIG, else `~/.kube/config`."}),context:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Context in the kubeconfig. Default: its current context."})};


/***/ }),

/***/ 3342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ parseServiceAccount),
/* harmony export */   e: () => (/* binding */ subjectOf)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function parseServiceAccount(line){let match=/^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(line),[,namespace,name]=match??[];if(namespace===void 0||name===void 0)throw new Error(`write the service account as namespace/name in lower case, not "${line}"`);return{namespace,name}}function subjectOf(account){return`system:serviceaccount:${account.namespace}:${account.name}`}


/***/ }),

/***/ 5012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_25DSLWNZ_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1553);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8382);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(501);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3342);
/* harmony import */ var _chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2315);
/* harmony import */ var _chunk_IOQQN6UF_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9693);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_5__/* .action */ .X)(_chunk_25DSLWNZ_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .mw,()=>Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(2475), __webpack_require__.e(6721), __webpack_require__.e(3856), __webpack_require__.e(627), __webpack_require__.e(5383)]).then(__webpack_require__.bind(__webpack_require__, 5383)));


/***/ })

};
