export const id = 5013;
export const ids = [5013,7394];
export const modules = {

/***/ 7394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   collectPages: () => (/* reexport safe */ _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_1__.VV),
/* harmony export */   connectGraph: () => (/* reexport safe */ _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_1__.H4),
/* harmony export */   connectResourceManager: () => (/* reexport safe */ _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_1__.qK)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9560);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4047);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9423);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6621);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8313);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1089);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
