export const id = 4106;
export const ids = [4106];
export const modules = {

/***/ 4106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   getExecOutput: () => (/* reexport safe */ _chunk_5VZCNFV6_js__WEBPACK_IMPORTED_MODULE_1__.Hq)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_5VZCNFV6_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9654);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
