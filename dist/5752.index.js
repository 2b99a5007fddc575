export const id = 5752;
export const ids = [5752];
export const modules = {

/***/ 5752:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openAccounts: () => (/* binding */ openAccounts)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8521);
/* harmony import */ var _chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8575);
/* harmony import */ var _chunk_QXILQJNV_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(323);
/* harmony import */ var _chunk_XRSJGRGK_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7192);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8313);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var annotationPrefix="azure.workload.identity/";async function openAccounts(inputs,deps){let cluster=await (0,_chunk_QXILQJNV_js__WEBPACK_IMPORTED_MODULE_3__/* .connectCluster */ .bp)(inputs,deps);return{plan:(accounts,values)=>planAccounts(cluster,accounts,values),apply:(step,values)=>applyAccount(cluster,step,values)}}async function planAccounts(cluster,accounts,values){let steps=[];for(let name of new Set(accounts.map(({namespace})=>namespace))){let action=await inCluster(`read the namespace "${name}"`,()=>(0,_chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__/* .read */ .LF)(cluster,{apiVersion:"v1",kind:"Namespace",metadata:{name}}))?"unchanged":"create";steps.push({account:void 0,change:{kind:"namespace",name,action}})}for(let account of accounts){let name=`${account.namespace}/${account.name}`,found=await inCluster(`read the service account "${name}"`,()=>(0,_chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__/* .read */ .LF)(cluster,serviceAccount(account))),differences=(0,_chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_2__/* .differencesOf */ .g6)(annotationsOf(values),found?.metadata?.annotations??{}),action=found===void 0?"create":differences.length>0?"update":"unchanged";steps.push({account,change:{kind:"service-account",name,action,...action==="update"&&{differences}}})}return steps}async function applyAccount(cluster,step,values){let{account,change}=step;account===void 0?await inCluster(`create the namespace "${change.name}"`,()=>(0,_chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ensureNamespace */ .Gv)(cluster,change.name)):await inCluster(`annotate the service account "${change.name}"`,()=>(0,_chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ensureServiceAccount */ .$F)(cluster,account,annotationsOf(values)))}function serviceAccount({namespace,name}){return{apiVersion:"v1",kind:"ServiceAccount",metadata:{namespace,name}}}function annotationsOf(values){let{clientId="(known once the identity is made)",tenantId,tokenExpirationSeconds}=values;return{[`${annotationPrefix}client-id`]:clientId,[`${annotationPrefix}tenant-id`]:tenantId,...tokenExpirationSeconds!==void 0&&{[`${annotationPrefix}service-account-token-expiration`]:String(tokenExpirationSeconds)}}}async function inCluster(doing,request){try{return await request()}catch(error){throw error instanceof _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_6__/* .FederationError */ .yP?error:new _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_6__/* .FederationError */ .yP(`failed to ${doing}: ${(0,_chunk_DNCQUFRJ_js__WEBPACK_IMPORTED_MODULE_1__/* .clusterErrorMessage */ .AP)(error)}`,{code:"cluster-refused",hint:"Check kubeconfig and context. With annotate: false this action needs no cluster.",cause:error})}}


/***/ })

};
