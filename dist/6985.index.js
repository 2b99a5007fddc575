export const id = 6985;
export const ids = [6985];
export const modules = {

/***/ 6985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_BPT6SKQO_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_SWQDOZBX_js__WEBPACK_IMPORTED_MODULE_5__.mw),
/* harmony export */   run: () => (/* reexport safe */ _chunk_BPT6SKQO_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_BPT6SKQO_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9878);
/* harmony import */ var _chunk_GI4VFIEU_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(937);
/* harmony import */ var _chunk_IRHMW24F_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4995);
/* harmony import */ var _chunk_5JL2OIGO_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2359);
/* harmony import */ var _chunk_SWQDOZBX_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6388);
/* harmony import */ var _chunk_DTMEVGDY_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2418);
/* harmony import */ var _chunk_6NMTQGV2_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(749);
/* harmony import */ var _chunk_D2LDZNQV_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8109);
/* harmony import */ var _chunk_UWQYE3K4_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6621);
/* harmony import */ var _chunk_JMSRESSM_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8764);
/* harmony import */ var _chunk_5YFDQ4EK_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8617);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9513);
/* harmony import */ var _chunk_2X6GPFU7_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(9907);
/* harmony import */ var _chunk_QVE275L4_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1684);
/* harmony import */ var _chunk_LIWXJIB6_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(3065);
/* harmony import */ var _chunk_722GHEZ4_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(1575);
/* harmony import */ var _chunk_XSM36ECT_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(5823);
/* harmony import */ var _chunk_IRI75PZO_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(145);
/* harmony import */ var _chunk_M6RT25L6_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(1102);
/* harmony import */ var _chunk_64YUPYCC_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(1613);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(6633);
/* harmony import */ var _chunk_7O6IZKNG_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(2367);
/* harmony import */ var _chunk_B2WIMYWH_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(6253);
/* harmony import */ var _chunk_XRSJGRGK_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(7192);
/* harmony import */ var _chunk_MWW4XRPM_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(4858);
/* harmony import */ var _chunk_FN2LS6YG_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(1207);
/* harmony import */ var _chunk_FTE4QSFG_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(2340);
/* harmony import */ var _chunk_VDQL6MKA_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(8822);
/* harmony import */ var _chunk_YF5IF3N7_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(9677);
/* harmony import */ var _chunk_3AII4C7T_js__WEBPACK_IMPORTED_MODULE_30__ = __webpack_require__(9504);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_31__ = __webpack_require__(7262);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_32__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_33__ = __webpack_require__(8313);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_34__ = __webpack_require__(5525);
/* harmony import */ var _chunk_CKMZKLCM_js__WEBPACK_IMPORTED_MODULE_35__ = __webpack_require__(7374);
/* harmony import */ var _chunk_I43BGQOX_js__WEBPACK_IMPORTED_MODULE_36__ = __webpack_require__(8315);
/* harmony import */ var _chunk_UDPD6Z2L_js__WEBPACK_IMPORTED_MODULE_37__ = __webpack_require__(3359);
/* harmony import */ var _chunk_X3332DPY_js__WEBPACK_IMPORTED_MODULE_38__ = __webpack_require__(2518);
/* harmony import */ var _chunk_NO772G54_js__WEBPACK_IMPORTED_MODULE_39__ = __webpack_require__(3863);
/* harmony import */ var _chunk_W2RSY245_js__WEBPACK_IMPORTED_MODULE_40__ = __webpack_require__(866);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_41__ = __webpack_require__(11);
/* harmony import */ var _chunk_VSKZJAUI_js__WEBPACK_IMPORTED_MODULE_42__ = __webpack_require__(5465);
/* harmony import */ var _chunk_S6FK2HXQ_js__WEBPACK_IMPORTED_MODULE_43__ = __webpack_require__(1963);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_44__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
