export const id = 875;
export const ids = [875];
export const modules = {

/***/ 875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_VYKGDBAB_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_HHTZRKMY_js__WEBPACK_IMPORTED_MODULE_2__.m),
/* harmony export */   run: () => (/* reexport safe */ _chunk_VYKGDBAB_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VYKGDBAB_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4270);
/* harmony import */ var _chunk_HHTZRKMY_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3019);
/* harmony import */ var _chunk_LLPQDCBK_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6661);
/* harmony import */ var _chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1857);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8382);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(501);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3342);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2368);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 4270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dg: () => (/* binding */ entra_exports),
/* harmony export */   eF: () => (/* binding */ run),
/* harmony export */   nY: () => (/* binding */ cleanUp)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_HHTZRKMY_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3019);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var entra_exports={};(0,_chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__/* .__export */ .VA)(entra_exports,{cleanUp:()=>cleanUp,definition:()=>_chunk_HHTZRKMY_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,run:()=>run});var run=async(inputs,deps)=>(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(6721), __webpack_require__.e(9252), __webpack_require__.e(995)]).then(__webpack_require__.bind(__webpack_require__, 995))).run(inputs,deps),cleanUp=async(inputs,deps)=>{inputs.onExit!=="remove"||inputs.plan||await(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(6721), __webpack_require__.e(9252), __webpack_require__.e(4152)]).then(__webpack_require__.bind(__webpack_require__, 4152))).removeOnExit(inputs,deps)};


/***/ })

};
