export const id = 205;
export const ids = [205];
export const modules = {

/***/ 205:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _shared_azure_keyvault_secrets_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _shared_verify_definition_js__WEBPACK_IMPORTED_MODULE_5__.mw),
/* harmony export */   run: () => (/* reexport safe */ _shared_azure_keyvault_secrets_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_azure_keyvault_secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9949);
/* harmony import */ var _shared_webhook_objects_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2088);
/* harmony import */ var _shared_webhook_certificates_x509_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7295);
/* harmony import */ var _shared_webhook_definition_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7999);
/* harmony import */ var _shared_verify_definition_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9445);
/* harmony import */ var _shared_cluster_failed_start_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1871);
/* harmony import */ var _shared_cluster_providers_known_faults_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9561);
/* harmony import */ var _shared_kubernetes_objects_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4759);
/* harmony import */ var _shared_kubernetes_definition_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8414);
/* harmony import */ var _shared_azure_msal_common_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9487);
/* harmony import */ var _shared_jose_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(4765);
/* harmony import */ var _shared_azure_rest_core_client_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9982);
/* harmony import */ var _shared_issuer_documents_read_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(5515);
/* harmony import */ var _shared_azure_rules_storage_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(7737);
/* harmony import */ var _shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(8309);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(350);
/* harmony import */ var _shared_cluster_definition_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(6078);
/* harmony import */ var _shared_runtime_daemon_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(4037);
/* harmony import */ var _shared_cluster_programs_build_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(4403);
/* harmony import */ var _shared_runtime_process_identity_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(8911);
/* harmony import */ var _shared_yaml_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(5725);
/* harmony import */ var _shared_cluster_tools_download_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(3721);
/* harmony import */ var _shared_kubernetes_client_node_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(6825);
/* harmony import */ var _shared_jose_2_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(2110);
/* harmony import */ var _shared_runtime_summary_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(6125);
/* harmony import */ var _shared_runtime_tool_cache_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(9192);
/* harmony import */ var _shared_runtime_lock_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(8562);
/* harmony import */ var _shared_runtime_cancellation_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(7502);
/* harmony import */ var _shared_runtime_deps_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(1919);
/* harmony import */ var _shared_runtime_wait_js__WEBPACK_IMPORTED_MODULE_30__ = __webpack_require__(7288);
/* harmony import */ var _shared_azure_core_auth_js__WEBPACK_IMPORTED_MODULE_31__ = __webpack_require__(7698);
/* harmony import */ var _shared_azure_core_client_js__WEBPACK_IMPORTED_MODULE_32__ = __webpack_require__(4959);
/* harmony import */ var _shared_debug_js__WEBPACK_IMPORTED_MODULE_33__ = __webpack_require__(7851);
/* harmony import */ var _shared_semver_js__WEBPACK_IMPORTED_MODULE_34__ = __webpack_require__(9810);
/* harmony import */ var _shared_keys_pem_js__WEBPACK_IMPORTED_MODULE_35__ = __webpack_require__(4773);
/* harmony import */ var _shared_runtime_state_js__WEBPACK_IMPORTED_MODULE_36__ = __webpack_require__(1224);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_37__ = __webpack_require__(9599);
/* harmony import */ var _shared_keys_definition_js__WEBPACK_IMPORTED_MODULE_38__ = __webpack_require__(8126);
/* harmony import */ var _shared_issuer_definition_js__WEBPACK_IMPORTED_MODULE_39__ = __webpack_require__(8687);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_40__ = __webpack_require__(2385);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_41__ = __webpack_require__(2192);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_42__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_43__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_44__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
