export const id = 53;
export const ids = [53];
export const modules = {

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

/***/ 8414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QK: () => (/* binding */ formatSubject),
/* harmony export */   YA: () => (/* binding */ parseServiceAccount),
/* harmony export */   g$: () => (/* binding */ clusterInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var clusterInputs={kubeconfig:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Kubeconfig file of the cluster. Defaults to the files in `KUBECONFIG`, otherwise to `~/.kube/config`."}),context:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Context in the kubeconfig. Defaults to its current context."})};function parseServiceAccount(line){let[,namespace,name]=/^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(line)??[];if(namespace===void 0||name===void 0)throw new Error(`write the service account as namespace/name in lowercase, not "${line}"`);return{namespace,name}}function formatSubject({namespace,name}){return`system:serviceaccount:${namespace}:${name}`}


/***/ }),

/***/ 7999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ defaultWebhookVersion),
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_kubernetes_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8414);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2385);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var defaultWebhookVersion="v1.6.0",definition={name:"install-webhook",title:"Install the Azure workload identity webhook",description:"Installs the webhook that gives labeled pods an Entra token, with its certificates ready before it starts, and verifies that it mutates pods.",branding:{icon:"anchor",color:"blue"},inputs:{"tenant-id":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Tenant ID of the workload identities. The annotation `azure.workload.identity/tenant-id` of a service account overrides it.",required:!0}),..._shared_kubernetes_definition_js__WEBPACK_IMPORTED_MODULE_1__/* .clusterInputs */ .g$,"azure-environment":_shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_2__/* .azureInputs */ .R["azure-environment"],"webhook-version":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Version of azure-workload-identity to install. Not used with an embedded cluster, which runs the program that start-minikube provides.",default:defaultWebhookVersion},value=>{let match=/^v?(\d+\.\d+\.\d+\S*)$/.exec(value);if(!match)throw new Error(`expected a version, for example, ${defaultWebhookVersion}`);return`v${match[1]}`}),image:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Image of the webhook, for example, one from a private registry or pinned by digest. Defaults to the published image of `webhook-version`. The job summary shows its digest."}),method:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"How to install the webhook: `manifest` applies the objects, `helm` uses the Helm on the PATH. Not used with an embedded cluster, which runs the webhook as a process.",default:"manifest",options:["manifest","helm"]}),chart:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Chart for `method: helm`: a folder, a .tgz file, the URL of one, or an oci:// reference. Defaults to the published chart of `webhook-version`."}),values:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Values for the chart, as YAML. They override the values that this action sets."}),replicas:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .integer */ .nd)({description:"Number of webhook pods. On a single node, one pod is enough and becomes ready sooner.",default:"1",minimum:1,maximum:10}),"restart-stale-pods":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Whether to evict labeled pods created before the webhook was installed, so that their controllers recreate them with the injected token.",default:"false"}),timeout:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"Maximum time to wait for the webhook to mutate pods.",default:"3m"}),"on-exit":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What the post step does with a webhook that this step installed: `keep` or `remove`. The webhook of an embedded cluster is always stopped.",default:"keep",options:["keep","remove"]})},outputs:{"webhook-version":{description:"Version of the running webhook."},"ready-seconds":{description:"Seconds from the first change in the cluster until the webhook mutated a labeled pod in a dry run."},"stale-pods":{description:"JSON list of `{namespace, name, owner}`: labeled pods that were created before the webhook and lack the injected token."}}};


/***/ }),

/***/ 53:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   defaultWebhookVersion: () => (/* reexport safe */ _shared_webhook_definition_js__WEBPACK_IMPORTED_MODULE_1__.B),
/* harmony export */   definition: () => (/* reexport safe */ _shared_webhook_definition_js__WEBPACK_IMPORTED_MODULE_1__.m)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_webhook_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7999);
/* harmony import */ var _shared_kubernetes_definition_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8414);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2385);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
