export const id = 512;
export const ids = [512,131];
export const modules = {

/***/ 131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectAzure: () => (/* reexport safe */ _shared_azure_msal_common_js__WEBPACK_IMPORTED_MODULE_1__.CS),
/* harmony export */   createCredentialOptions: () => (/* reexport safe */ _shared_azure_msal_common_js__WEBPACK_IMPORTED_MODULE_1__.qh),
/* harmony export */   resolveTenantId: () => (/* reexport safe */ _shared_azure_msal_common_js__WEBPACK_IMPORTED_MODULE_1__.gk)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_azure_msal_common_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9487);
/* harmony import */ var _shared_jose_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4765);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(350);
/* harmony import */ var _shared_jose_2_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2110);
/* harmony import */ var _shared_runtime_wait_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7288);
/* harmony import */ var _shared_azure_core_client_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4959);
/* harmony import */ var _shared_debug_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7851);
/* harmony import */ var _shared_semver_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9810);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9599);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
