export const id = 2333;
export const ids = [2333,4714];
export const modules = {

/***/ 2333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   collectPages: () => (/* reexport safe */ _chunk_5XEOLRRL_js__WEBPACK_IMPORTED_MODULE_1__.VV),
/* harmony export */   connectGraph: () => (/* reexport safe */ _chunk_5XEOLRRL_js__WEBPACK_IMPORTED_MODULE_1__.H4),
/* harmony export */   connectResourceManager: () => (/* reexport safe */ _chunk_5XEOLRRL_js__WEBPACK_IMPORTED_MODULE_1__.qK)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_5XEOLRRL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(689);
/* harmony import */ var _chunk_LIWXJIB6_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3065);
/* harmony import */ var _chunk_3AII4C7T_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9504);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9002);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8313);
/* harmony import */ var _chunk_UDPD6Z2L_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3359);
/* harmony import */ var _chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1963);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
