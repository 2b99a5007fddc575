export const id = 2679;
export const ids = [2679];
export const modules = {

/***/ 2679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IssuerVerificationError: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.N4),
/* harmony export */   assertNoError: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.ke),
/* harmony export */   buildDiscovery: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.Pu),
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   computePublishedKeyId: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.kE),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_QGM2UBK6_js__WEBPACK_IMPORTED_MODULE_12__.m),
/* harmony export */   describeFinding: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.jb),
/* harmony export */   documentPaths: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.Mx),
/* harmony export */   documentUrl: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.LJ),
/* harmony export */   findIssuer: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.P3),
/* harmony export */   getKeyId: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.dr),
/* harmony export */   isSamePlace: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.O1),
/* harmony export */   judgeDiscovery: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.QW),
/* harmony export */   judgeKeySet: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.Tb),
/* harmony export */   listFields: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.Cc),
/* harmony export */   maximumKeys: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.vf),
/* harmony export */   parseDiscovery: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.iN),
/* harmony export */   parseIssuerUrl: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.uY),
/* harmony export */   parseKeySet: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.ps),
/* harmony export */   readDocument: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.u0),
/* harmony export */   removeTrailingSlash: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.UC),
/* harmony export */   renderDocument: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.yQ),
/* harmony export */   reportError: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.N7),
/* harmony export */   run: () => (/* reexport safe */ _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4584);
/* harmony import */ var _chunk_52LYAZ32_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4098);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4047);
/* harmony import */ var _chunk_T7SP4OK2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(246);
/* harmony import */ var _chunk_XI32DKEP_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5778);
/* harmony import */ var _chunk_YF5IF3N7_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9677);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9423);
/* harmony import */ var _chunk_WOOHLMAW_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5990);
/* harmony import */ var _chunk_HN2JAP3S_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(141);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1089);
/* harmony import */ var _chunk_YVGC46FV_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1055);
/* harmony import */ var _chunk_QGM2UBK6_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1257);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
