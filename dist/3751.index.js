export const id = 3751;
export const ids = [3751];
export const modules = {

/***/ 3751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   existing: () => (/* binding */ existing)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_QXILQJNV_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(323);
/* harmony import */ var _chunk_XRSJGRGK_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7192);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8313);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var existing={async start(request,deps){let cluster=await (0,_chunk_QXILQJNV_js__WEBPACK_IMPORTED_MODULE_1__/* .connectCluster */ .bp)(request,deps);return{kubeconfig:cluster.kubeconfigFile,context:cluster.config.getCurrentContext()}},async inspect(){return{state:"absent"}},async copyLogs(){return[]},async remove(){return[]}};


/***/ })

};
