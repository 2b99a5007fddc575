export const id = 555;
export const ids = [555];
export const modules = {

/***/ 4555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IssuerVerificationError: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.N4),
/* harmony export */   assertNoError: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.ke),
/* harmony export */   buildDiscovery: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.Pu),
/* harmony export */   cleanUp: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   computePublishedKeyId: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.kE),
/* harmony export */   definition: () => (/* reexport safe */ _shared_issuer_definition_js__WEBPACK_IMPORTED_MODULE_12__.m),
/* harmony export */   describeFinding: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.jb),
/* harmony export */   documentPaths: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__.Mx),
/* harmony export */   documentUrl: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__.LJ),
/* harmony export */   findIssuer: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.P3),
/* harmony export */   getKeyId: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.dr),
/* harmony export */   isSamePlace: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__.O1),
/* harmony export */   judgeDiscovery: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.QW),
/* harmony export */   judgeKeySet: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.Tb),
/* harmony export */   listFields: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.Cc),
/* harmony export */   maximumKeys: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.vf),
/* harmony export */   parseDiscovery: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.iN),
/* harmony export */   parseIssuerUrl: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__.uY),
/* harmony export */   parseKeySet: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.ps),
/* harmony export */   readDocument: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.u0),
/* harmony export */   removeTrailingSlash: () => (/* reexport safe */ _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__.UC),
/* harmony export */   renderDocument: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.yQ),
/* harmony export */   reportError: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.N7),
/* harmony export */   run: () => (/* reexport safe */ _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5515);
/* harmony import */ var _shared_azure_rules_storage_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7737);
/* harmony import */ var _shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8309);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(350);
/* harmony import */ var _shared_runtime_cancellation_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7502);
/* harmony import */ var _shared_runtime_deps_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1919);
/* harmony import */ var _shared_runtime_wait_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7288);
/* harmony import */ var _shared_keys_pem_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4773);
/* harmony import */ var _shared_runtime_state_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1224);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9599);
/* harmony import */ var _shared_keys_definition_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8126);
/* harmony import */ var _shared_issuer_definition_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(8687);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(2385);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(2192);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
