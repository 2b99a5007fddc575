export const id = 302;
export const ids = [302];
export const modules = {

/***/ 302:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_KTI3LVVZ_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3173);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2004);
/* harmony import */ var _chunk_VTJX2NYI_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7922);
/* harmony import */ var _chunk_CWHF3IEW_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6633);
/* harmony import */ var _chunk_RDF45QRZ_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5022);
/* harmony import */ var _chunk_PTMB64CV_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4776);
/* harmony import */ var _chunk_QO5HPD57_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8441);
/* harmony import */ var _chunk_A6CQTIJO_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8991);
/* harmony import */ var _chunk_BFYGW46I_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7206);
/* harmony import */ var _chunk_HW3UQK73_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3591);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(8313);
/* harmony import */ var _chunk_ILTVALQZ_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(269);
/* harmony import */ var _chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(3047);
/* harmony import */ var _chunk_TOJSB7BN_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(7657);
/* harmony import */ var _chunk_PNKRHENA_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(2825);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(4503);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_H6Q6JA4Y_js__WEBPACK_IMPORTED_MODULE_14__/* .action */ .X)(_chunk_KTI3LVVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .mw,_chunk_KTI3LVVZ_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF);


/***/ })

};
