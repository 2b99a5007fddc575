export const id = 757;
export const ids = [757];
export const modules = {

/***/ 8757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   existing: () => (/* binding */ existing)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_kubernetes_client_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6825);
/* harmony import */ var _shared_jose_2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2110);
/* harmony import */ var _shared_debug_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7851);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var existing={async start(request,deps){let cluster=await (0,_shared_kubernetes_client_node_js__WEBPACK_IMPORTED_MODULE_1__/* .connectCluster */ .bp)(request,deps);return{kubeconfig:cluster.kubeconfigFile,context:cluster.config.getCurrentContext()}},async inspect(){return{state:"absent"}},async copyLogs(){return[]},async remove(){return[]}};


/***/ })

};
