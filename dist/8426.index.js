export const id = 8426;
export const ids = [8426];
export const modules = {

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

/***/ 8426:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2315);
/* harmony import */ var _chunk_IOQQN6UF_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9693);
/* harmony import */ var _chunk_BAIUXDIR_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9396);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_UXFAWIMR_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X)(_chunk_BAIUXDIR_js__WEBPACK_IMPORTED_MODULE_3__/* .definition */ .m,()=>__webpack_require__.e(/* import() */ 6546).then(__webpack_require__.bind(__webpack_require__, 6546)));


/***/ })

};
