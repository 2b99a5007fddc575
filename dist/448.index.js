export const id = 448;
export const ids = [448];
export const modules = {

/***/ 5448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   start: () => (/* binding */ start)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_6CXPQ2SE_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6360);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2004);
/* harmony import */ var _chunk_HV7CSOOX_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5873);
/* harmony import */ var _chunk_WIYJPTUU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8565);
/* harmony import */ var _chunk_7BTA5U6O_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8599);
/* harmony import */ var _chunk_GN5D6BBN_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3220);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6633);
/* harmony import */ var _chunk_QVKRV5IN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5844);
/* harmony import */ var _chunk_KRTNGDOI_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8476);
/* harmony import */ var _chunk_6QZB3R7T_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(5211);
/* harmony import */ var _chunk_FKPL3GQ6_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7150);
/* harmony import */ var _chunk_IPJ2UKB3_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(7238);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(3342);
/* harmony import */ var _chunk_AIUAWEN4_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(7482);
/* harmony import */ var _chunk_GLD5QYRH_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(436);
/* harmony import */ var _chunk_UXYL5AUQ_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(2980);
/* harmony import */ var _chunk_7BAHL2ZY_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(1043);
/* harmony import */ var _chunk_5EJYIXLQ_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(5521);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(5228);
/* harmony import */ var _chunk_TUZWPAPA_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(2384);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(8313);
/* harmony import */ var _chunk_CN54E4JX_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(63);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var start=(0,_chunk_GLD5QYRH_js__WEBPACK_IMPORTED_MODULE_15__/* .action */ .X)(_chunk_6CXPQ2SE_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .mw,_chunk_6CXPQ2SE_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .eF,_chunk_6CXPQ2SE_js__WEBPACK_IMPORTED_MODULE_1__/* .cleanUp */ .nY);


/***/ })

};
