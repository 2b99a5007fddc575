export const id = 920;
export const ids = [920];
export const modules = {

/***/ 9920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   allOf: () => (/* reexport safe */ _chunk_OQETV4QS_js__WEBPACK_IMPORTED_MODULE_1__.b),
/* harmony export */   connectResourceManager: () => (/* reexport safe */ _chunk_OQETV4QS_js__WEBPACK_IMPORTED_MODULE_1__.q)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_OQETV4QS_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7971);
/* harmony import */ var _chunk_CUQF3LNR_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(484);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6621);
/* harmony import */ var _chunk_HW3UQK73_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3591);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8313);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4503);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
