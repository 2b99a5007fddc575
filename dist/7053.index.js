export const id = 7053;
export const ids = [7053];
export const modules = {

/***/ 7053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectAzure: () => (/* reexport safe */ _chunk_C6XWZU3I_js__WEBPACK_IMPORTED_MODULE_1__.CS),
/* harmony export */   openAzureEnvironment: () => (/* reexport safe */ _chunk_C6XWZU3I_js__WEBPACK_IMPORTED_MODULE_1__.dw)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_C6XWZU3I_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6721);
/* harmony import */ var _chunk_DFWQF7LO_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9056);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5525);
/* harmony import */ var _chunk_D5Z6F3H2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5466);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8313);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
