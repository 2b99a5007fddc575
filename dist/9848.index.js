export const id = 9848;
export const ids = [9848];
export const modules = {

/***/ 9848:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_6PPDHSDD_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(823);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8382);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(501);
/* harmony import */ var _chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2315);
/* harmony import */ var _chunk_IOQQN6UF_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9693);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_4__/* .action */ .X)(_chunk_6PPDHSDD_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,()=>Promise.all(/* import() */[__webpack_require__.e(2475), __webpack_require__.e(3856), __webpack_require__.e(7279), __webpack_require__.e(2626)]).then(__webpack_require__.bind(__webpack_require__, 2626)));


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

/***/ 823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8382);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(501);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var defaultWebhookVersion="v1.6.0",definition={name:"install-webhook",title:"Install the Azure workload identity webhook",description:"Installs the webhook that gives labelled pods an Entra token, with its certificates in place before it starts, and proves by admission that it works.",branding:{icon:"anchor",color:"blue"},inputs:{"tenant-id":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Tenant of the workload identities. A service account can name another by annotation.",required:!0}),..._chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_2__/* .clusterInputs */ .g,"azure-environment":_chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R["azure-environment"],"webhook-version":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Version of azure-workload-identity, as its tag. On an embedded cluster the program that start-minikube brought decides.",default:defaultWebhookVersion},value=>{let match=/^v?(\d+\.\d+\.\d+\S*)$/.exec(value);if(!match)throw new Error(`write a version such as ${defaultWebhookVersion}`);return`v${match[1]}`}),image:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Image of the webhook, such as a mirror's or one by digest. Default: the published one of webhook-version, by its tag; the job summary says its digest."}),method:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"How it is installed: `manifest` by server-side apply, `helm` with the helm on PATH. An embedded cluster runs it as a process.",default:"manifest",options:["manifest","helm"]}),chart:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Chart for `method: helm`: a folder, a .tgz file or its URL, or an oci:// reference. Default: the published chart of webhook-version."}),values:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"YAML of values for the chart. They win over those that this action sets."}),replicas:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .integer */ .nd)({description:"Webhook pods. One is enough on a single node, and ready sooner.",default:"1",minimum:1,maximum:10}),"restart-stale-pods":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Evicts labelled pods that lack what the webhook injects, so that their owners make them anew with it.",default:"false"}),timeout:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"How long the webhook may take until it mutates pods.",default:"3m"}),"on-exit":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What the post step does with a webhook that this step installed: `keep` or `remove`. On an embedded cluster its process always ends.",default:"keep",options:["keep","remove"]})},outputs:{"webhook-version":{description:"Version of the webhook that runs."},"ready-seconds":{description:"Seconds from the first change in the cluster until a labelled pod came back mutated, by dry run."},"stale-pods":{description:"JSON list of `{namespace, name, owner}`: labelled pods that were created before the webhook and still lack what it injects."}}};


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


/***/ })

};
