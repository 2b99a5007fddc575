export const id = 5383;
export const ids = [5383];
export const modules = {

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

/***/ 9396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var modulusLengths=[2048,3072,4096],definition={name:"generate-keys",title:"Generate service account signing keys",description:"Makes the RSA pair that a Kubernetes cluster signs its service account tokens with, or takes a stable one, and computes its key id and JWKS.",branding:{icon:"lock",color:"blue"},inputs:{"private-key":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"A stable RSA private key as PEM text (PKCS#1 or PKCS#8), from a secret. Without it a new pair is made for this job.",secret:!0}),"private-key-passphrase":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Opens an encrypted private-key. The file for the cluster is written decrypted.",secret:!0}),"modulus-length":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .input */ .hF)({description:`Bits of a new key: ${modulusLengths.join(", ")}.`,default:"2048"},value=>{let bits=modulusLengths.find(length=>String(length)===value);if(bits===void 0)throw new Error(`write one of ${modulusLengths.join(", ")}`);return bits}),"output-directory":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Folder for the files; a relative one is below the runner's temporary folder. Default: a new folder there. A key that is in it already is used again."}),keep:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt)({description:"Whether the private key stays when the job ends. Otherwise the post step removes it.",default:"false"})},outputs:{"private-key-file":{description:"PEM file of the private key, mode 0600: what the cluster signs with."},"public-key-file":{description:"PEM file of the public key (SPKI): what the cluster and the issuer publish."},"key-id":{description:"The kid that the cluster writes into the header of its tokens."},"jwks-file":{description:"The JWKS of the public key, as kube-apiserver and `azwi jwks` write it."}}};


/***/ }),

/***/ 5383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_EFQS4QHV_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_25DSLWNZ_js__WEBPACK_IMPORTED_MODULE_2__.mw),
/* harmony export */   run: () => (/* reexport safe */ _chunk_EFQS4QHV_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_EFQS4QHV_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1326);
/* harmony import */ var _chunk_25DSLWNZ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1553);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2004);
/* harmony import */ var _chunk_VUVSVL2Z_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3856);
/* harmony import */ var _chunk_PUYWPHUS_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3915);
/* harmony import */ var _chunk_DEPUEHH5_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5778);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8382);
/* harmony import */ var _chunk_4SSK6MIQ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2660);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6633);
/* harmony import */ var _chunk_K2FQ2UM6_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(546);
/* harmony import */ var _chunk_RIUHFVVH_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7670);
/* harmony import */ var _chunk_QYQSDTBF_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(4954);
/* harmony import */ var _chunk_2VZUBH62_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2475);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(501);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(3342);
/* harmony import */ var _chunk_XKERIPFF_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(2907);
/* harmony import */ var _chunk_BAIUXDIR_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(9396);
/* harmony import */ var _chunk_C6XWZU3I_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(6721);
/* harmony import */ var _chunk_DFWQF7LO_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(9056);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(5525);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(9513);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(2368);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(7262);
/* harmony import */ var _chunk_D5Z6F3H2_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(5466);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(8313);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 3915:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2368);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"start-minikube",title:"Start a Kubernetes cluster with your signing key",description:"Starts a cluster once, with your service account key and issuer (minikube, kind or an API server without containers), or checks an existing one, and proves what it signs.",branding:{icon:"box",color:"blue"},inputs:{"cluster-provider":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .choice */ .Yq)({description:"`minikube`, `kind`, `embedded` (a real kube-apiserver and etcd as processes, no container) or `existing` (nothing is started, the cluster of `kubeconfig` is checked).",options:["minikube","kind","embedded","existing"],default:"minikube"}),"issuer-url":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"Issuer that the cluster writes into its tokens, byte for byte as it was published: the output issuer-url of publish-issuer.",required:!0},_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_1__/* .parseIssuerUrl */ .uY),"jwks-url":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"URL of the published JWKS, for the cluster's own discovery document. Default: `openid/v1/jwks` below the issuer."},parseHttps),"private-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"PEM file of the private key that signs: the output private-key-file of generate-keys. Not read for an existing cluster."}),"public-key-file":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"PEM file of its public key: the output public-key-file of generate-keys.",required:!0}),"kubernetes-version":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"Version such as v1.34.4. Default: the one that the tool brings; for an existing cluster, whatever it is."},parseVersion),"cluster-name":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"Name of the cluster: profile of minikube, cluster of kind. Give each its own where a job has several.",default:"entra-federation"},parseName),arguments:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .lines */ .Mn)({description:"More arguments, one a line: of `minikube start`, `kind create cluster`, or kube-apiserver with embedded."}),"tool-version":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"Version of minikube or kind, such as v1.38.1. Default: the one on PATH, else the one that this action pins."},parseVersion),driver:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"With minikube: what runs the node, such as `docker`, `podman`, `kvm2` or `none`. Default: the best that minikube finds."},parseWord),"container-runtime":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"With minikube: `docker`, `containerd` or `cri-o` in the node. Default: minikube's own."},parseWord),cpus:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"With minikube: CPUs of the node, a number or `max`. Default: minikube's own."},parseCpus),memory:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .input */ .hF)({description:"With minikube: memory of the node, such as `4g`, `4096mb` or `max`. Default: minikube's own."},parseMemory),addons:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .lines */ .Mn)({description:"With minikube: addons to enable, one a line, such as `ingress` or `metrics-server`."},parseAddon),"kind-config":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"With kind: a kind configuration of your own (nodes, networking, port mappings, patches). The key and the issuer are added to it; where it sets the issuer too, this action's wins."}),"node-image":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"With kind: node image, best with its digest. Default: the pinned one of kubernetes-version, else the one of the kind release."}),"programs-directory":(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"With embedded: folder that holds kube-apiserver, etcd and azure-wi-webhook. Default: KUBEBUILDER_ASSETS, PATH, the tool cache, the envtest archive, a build with Go."}),kubeconfig:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"With existing: kubeconfig file of the cluster. Default: KUBECONFIG, else `~/.kube/config`. The others write a file of their own."}),context:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .text */ .Qq)({description:"With existing: context in the kubeconfig. Default: its current context."}),cache:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .flag */ .Jt)({description:"Whether what is downloaded or built for the cluster (tools, minikube's images and binaries, kind's node image, the programs of an embedded cluster) is kept for later jobs by the runner's cache service.",default:"true"}),replace:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .flag */ .Jt)({description:"Whether a cluster of that name that is there already and signs with another key or issuer, or does not answer, is removed and started anew. Otherwise that is an error.",default:"false"}),keep:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_2__/* .flag */ .Jt)({description:"Whether the cluster stays when the job ends. Otherwise the post step removes it.",default:"false"})},outputs:{kubeconfig:{description:"Kubeconfig file of the cluster, mode 0600; KUBECONFIG names it for the steps that follow."},context:{description:"Context in the kubeconfig."},"key-id":{description:"The kid in the header of the cluster's tokens, as proved by one."},"kubernetes-version":{description:"Version of the API server, such as v1.34.4."},"cluster-provider":{description:"The provider that was used."},"logs-directory":{description:"Folder with the logs of nodes and API server, to upload as an artifact. Only where the start failed."}}};function parseHttps(value){if(parseUrl(value).protocol!=="https:")throw new Error("write an https URL");return value}function parseUrl(value){let url=URL.parse(value);if(url===null)throw new Error("write an absolute URL such as https://account.blob.core.windows.net/oidc/");return url}function parseVersion(value){let match=/^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(value);if(match===null)throw new Error("write a whole version such as v1.34.4");return`v${match[1]}`}function parseWord(value){if(!/^[a-z0-9][a-z0-9-]*$/.test(value))throw new Error("write one word, such as docker");return value}function parseCpus(value){if(!/^([1-9]\d*|max|no-limit)$/.test(value))throw new Error("write a whole number, max or no-limit");return value}function parseMemory(value){if(!/^([1-9]\d*([bkmg]|[kmg]b)?|max|no-limit)$/i.test(value))throw new Error("write a size such as 4g or 4096mb, max or no-limit");return value}function parseAddon(line){if(!/^[a-z0-9][a-z0-9-]*$/.test(line))throw new Error(`write one addon a line, not "${line}"`);return line}function parseName(value){if(!/^[a-z0-9][a-z0-9-]{1,39}$/.test(value))throw new Error("write 2 to 40 lower-case letters, digits and dashes");return value}


/***/ })

};
