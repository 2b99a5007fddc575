export const id = 4819;
export const ids = [4819];
export const modules = {

/***/ 4819:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_6ZTYYSFS_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_W75QEA3A_js__WEBPACK_IMPORTED_MODULE_5__.mw),
/* harmony export */   run: () => (/* reexport safe */ _chunk_6ZTYYSFS_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_6ZTYYSFS_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(96);
/* harmony import */ var _chunk_FIYYL2TS_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5080);
/* harmony import */ var _chunk_IRHMW24F_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4995);
/* harmony import */ var _chunk_H6VB3M5C_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1598);
/* harmony import */ var _chunk_W75QEA3A_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4050);
/* harmony import */ var _chunk_GJKOUWBF_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2683);
/* harmony import */ var _chunk_CSAIQS2G_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5060);
/* harmony import */ var _chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8521);
/* harmony import */ var _chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5113);
/* harmony import */ var _chunk_Z4PM5RZJ_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1306);
/* harmony import */ var _chunk_5YFDQ4EK_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8617);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9513);
/* harmony import */ var _chunk_M4AZLIMY_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(4584);
/* harmony import */ var _chunk_52LYAZ32_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(4098);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(4047);
/* harmony import */ var _chunk_T7SP4OK2_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(246);
/* harmony import */ var _chunk_SWPXRLH6_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(70);
/* harmony import */ var _chunk_DB3IRBEQ_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(100);
/* harmony import */ var _chunk_3FLB7MHK_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(8754);
/* harmony import */ var _chunk_DOKETHZR_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(8777);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(6633);
/* harmony import */ var _chunk_ZEDIVQM7_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(2483);
/* harmony import */ var _chunk_QXILQJNV_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(323);
/* harmony import */ var _chunk_XRSJGRGK_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(7192);
/* harmony import */ var _chunk_MWW4XRPM_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(4858);
/* harmony import */ var _chunk_HMUBWFGG_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(6891);
/* harmony import */ var _chunk_FRTLAYXT_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(758);
/* harmony import */ var _chunk_XI32DKEP_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(5778);
/* harmony import */ var _chunk_YF5IF3N7_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(9677);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_30__ = __webpack_require__(9423);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_31__ = __webpack_require__(7262);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_32__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_33__ = __webpack_require__(8313);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_34__ = __webpack_require__(5525);
/* harmony import */ var _chunk_WOOHLMAW_js__WEBPACK_IMPORTED_MODULE_35__ = __webpack_require__(5990);
/* harmony import */ var _chunk_HN2JAP3S_js__WEBPACK_IMPORTED_MODULE_36__ = __webpack_require__(141);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_37__ = __webpack_require__(1089);
/* harmony import */ var _chunk_YVGC46FV_js__WEBPACK_IMPORTED_MODULE_38__ = __webpack_require__(1055);
/* harmony import */ var _chunk_QGM2UBK6_js__WEBPACK_IMPORTED_MODULE_39__ = __webpack_require__(1257);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_40__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_41__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_42__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_43__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_44__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
