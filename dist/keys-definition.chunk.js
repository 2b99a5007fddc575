export const id = 756;
export const ids = [756];
export const modules = {

/***/ 5756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   definition: () => (/* reexport safe */ _shared_keys_definition_js__WEBPACK_IMPORTED_MODULE_1__.m)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_keys_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8126);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 8126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7456);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"generate-keys",title:"Generate service account signing keys",description:"Generates the RSA key pair that a Kubernetes cluster signs service account tokens with, or uses an existing one. Computes its key ID and JWKS.",branding:{icon:"lock",color:"blue"},inputs:{"private-key":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"PEM text of an existing RSA private key (PKCS#1 or PKCS#8), from a secret. By default, a new key pair is generated for this job.",secret:!0}),"private-key-passphrase":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Passphrase of `private-key`. Required if the key is encrypted. The key file for the cluster is written unencrypted.",secret:!0}),"modulus-length":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .choice */ .Yq)({description:"Size of a generated key, in bits.",options:["2048","3072","4096"],default:"2048"}),"output-directory":(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Folder for the key files, absolute or relative to the runner's temporary folder. If the folder already holds a key, that key is reused. Defaults to a new temporary folder."}),keep:(0,_shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .flag */ .Jt)({description:"Whether to keep the private key when the job ends. If `false`, the post step deletes it.",default:"false"})},outputs:{"private-key-file":{description:"PEM file of the private key that the cluster signs with (mode 0600)."},"public-key-file":{description:"PEM file of the public key (SPKI) that the cluster and the issuer publish."},"key-id":{description:"Key ID (`kid`) in the header of every token that the cluster signs."},"jwks-file":{description:"JWKS of the public key, in the format of kube-apiserver and `azwi jwks`."}}};


/***/ })

};
