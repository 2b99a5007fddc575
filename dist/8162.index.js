export const id = 8162;
export const ids = [8162];
export const modules = {

/***/ 8162:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IssuerVerificationError: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.N4),
/* harmony export */   assertNoError: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.ke),
/* harmony export */   buildDiscovery: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.Pu),
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   computePublishedKeyId: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.kE),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_NO772G54_js__WEBPACK_IMPORTED_MODULE_12__.m),
/* harmony export */   describeFinding: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.jb),
/* harmony export */   documentPaths: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.Mx),
/* harmony export */   documentUrl: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.LJ),
/* harmony export */   findIssuer: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.P3),
/* harmony export */   getKeyId: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.dr),
/* harmony export */   isSamePlace: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.O1),
/* harmony export */   judgeDiscovery: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.QW),
/* harmony export */   judgeKeySet: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.Tb),
/* harmony export */   listFields: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.Cc),
/* harmony export */   maximumKeys: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.vf),
/* harmony export */   parseDiscovery: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.iN),
/* harmony export */   parseIssuerUrl: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.uY),
/* harmony export */   parseKeySet: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.ps),
/* harmony export */   readDocument: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.u0),
/* harmony export */   removeTrailingSlash: () => (/* reexport safe */ _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__.UC),
/* harmony export */   renderDocument: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.yQ),
/* harmony export */   reportError: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.N7),
/* harmony export */   run: () => (/* reexport safe */ _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9907);
/* harmony import */ var _chunk_QVE275L4_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1684);
/* harmony import */ var _chunk_LIWXJIB6_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3065);
/* harmony import */ var _chunk_722GHEZ4_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1575);
/* harmony import */ var _chunk_VDQL6MKA_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8822);
/* harmony import */ var _chunk_YF5IF3N7_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9677);
/* harmony import */ var _chunk_3AII4C7T_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9504);
/* harmony import */ var _chunk_CKMZKLCM_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7374);
/* harmony import */ var _chunk_I43BGQOX_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8315);
/* harmony import */ var _chunk_UDPD6Z2L_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3359);
/* harmony import */ var _chunk_X3332DPY_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2518);
/* harmony import */ var _chunk_NO772G54_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(3863);
/* harmony import */ var _chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(866);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(11);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(5465);
/* harmony import */ var _chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(1963);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
