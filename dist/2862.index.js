export const id = 2862;
export const ids = [2862];
export const modules = {

/***/ 9750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dg: () => (/* binding */ entra_exports),
/* harmony export */   eF: () => (/* binding */ run),
/* harmony export */   nY: () => (/* binding */ cleanUp)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_V3VQ2FNS_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(853);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var entra_exports={};(0,_chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__/* .__export */ .VA)(entra_exports,{cleanUp:()=>cleanUp,definition:()=>_chunk_V3VQ2FNS_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,run:()=>run});var run=async(inputs,deps)=>(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(7105), __webpack_require__.e(3652), __webpack_require__.e(252)]).then(__webpack_require__.bind(__webpack_require__, 252))).run(inputs,deps),cleanUp=async(inputs,deps)=>{inputs.onExit!=="remove"||inputs.plan||await(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(7105), __webpack_require__.e(3652), __webpack_require__.e(606)]).then(__webpack_require__.bind(__webpack_require__, 606))).removeOnExit(inputs,deps)};


/***/ }),

/***/ 2862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* binding */ cleanUp),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_OXZRK5YK_js__WEBPACK_IMPORTED_MODULE_1__.m),
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_OXZRK5YK_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2571);
/* harmony import */ var _chunk_P56CDGPQ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9750);
/* harmony import */ var _chunk_V3VQ2FNS_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(853);
/* harmony import */ var _chunk_HCOTM6ES_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6221);
/* harmony import */ var _chunk_UALAHG6V_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3400);
/* harmony import */ var _chunk_3R7BRYJZ_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6541);
/* harmony import */ var _chunk_5TYDXYUZ_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1328);
/* harmony import */ var _chunk_444L6NTQ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3907);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2004);
/* harmony import */ var _chunk_7JBGHB7Q_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2328);
/* harmony import */ var _chunk_DLRBD6TL_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8098);
/* harmony import */ var _chunk_LLPQDCBK_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(6661);
/* harmony import */ var _chunk_3E4T4BE2_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(6365);
/* harmony import */ var _chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1857);
/* harmony import */ var _chunk_K4OPVLOF_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(3603);
/* harmony import */ var _chunk_GRFBZAWA_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(2484);
/* harmony import */ var _chunk_CW3VWZQ2_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(4153);
/* harmony import */ var _chunk_WUC4X3NH_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(6576);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(6633);
/* harmony import */ var _chunk_J3OYS2GG_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(3504);
/* harmony import */ var _chunk_QWAJMWHG_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(5746);
/* harmony import */ var _chunk_ABHXHTPJ_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(4649);
/* harmony import */ var _chunk_5ZLTVKFC_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(7203);
/* harmony import */ var _chunk_VB3FOYPZ_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(1543);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(3342);
/* harmony import */ var _chunk_LSPF42IJ_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(7794);
/* harmony import */ var _chunk_TFA2F6BR_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(7465);
/* harmony import */ var _chunk_5U3IMWPY_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(7105);
/* harmony import */ var _chunk_Q5OLM4ST_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(2723);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_30__ = __webpack_require__(5525);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_31__ = __webpack_require__(9513);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_32__ = __webpack_require__(2368);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_33__ = __webpack_require__(7262);
/* harmony import */ var _chunk_7BVBRHE2_js__WEBPACK_IMPORTED_MODULE_34__ = __webpack_require__(6868);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_35__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_36__ = __webpack_require__(8313);
/* harmony import */ var _chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__ = __webpack_require__(1804);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_38__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_39__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var links=[chainLink("keys",_chunk_LSPF42IJ_js__WEBPACK_IMPORTED_MODULE_26__/* .keys_exports */ .lI,inputs=>inputs),chainLink("issuer",_chunk_K4OPVLOF_js__WEBPACK_IMPORTED_MODULE_15__/* .issuer_exports */ .yx,(inputs,outputs)=>({...inputs,publicKeyFile:[given(outputs,"public-key-file"),...inputs.publicKeyFile],onExit:inputs.onExit==="remove"?"retire":"keep"})),chainLink("cluster",_chunk_7JBGHB7Q_js__WEBPACK_IMPORTED_MODULE_10__/* .cluster_exports */ .bb,(inputs,outputs)=>({...inputs,issuerUrl:given(outputs,"issuer-url"),jwksUrl:given(outputs,"jwks-url"),privateKeyFile:given(outputs,"private-key-file"),publicKeyFile:given(outputs,"public-key-file")})),chainLink("identity",_chunk_P56CDGPQ_js__WEBPACK_IMPORTED_MODULE_2__/* .entra_exports */ .Dg,(inputs,outputs)=>({...inputs,...clusterOf(outputs),issuerUrl:given(outputs,"issuer-url"),keyVault:inputs.keyVault??inputs.keyVaultUrl})),chainLink("webhook",_chunk_HCOTM6ES_js__WEBPACK_IMPORTED_MODULE_4__/* .webhook_exports */ .i3,(inputs,outputs)=>({...inputs,...clusterOf(outputs),tenantId:inputs.tenantId??given(outputs,"tenant-id")})),chainLink("pod",_chunk_5TYDXYUZ_js__WEBPACK_IMPORTED_MODULE_7__/* .verify_exports */ .Q$,(inputs,outputs)=>({...inputs,...clusterOf(outputs),serviceAccount:podAccount(inputs),issuerUrl:given(outputs,"issuer-url"),clientId:given(outputs,"client-id"),tenantId:inputs.tenantId??given(outputs,"tenant-id"),privateKeyFile:given(outputs,"private-key-file"),publicKeyFile:given(outputs,"public-key-file")}))];function podAccount(inputs){let account=inputs.serviceAccount??inputs.serviceAccounts[0];if(account)return account;throw new _chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__/* .FederationError */ .yP('failed to read the inputs: input "service-accounts" is missing',{code:"invalid-input",hint:`Nothing was changed. Write the service accounts that may use the identity, for example:
  service-accounts: demo/reader`})}function chainLink(link,module,inputsOf){return{name:module.definition.name,link,run:(inputs,outputs,deps)=>module.run(inputsOf(inputs,outputs),deps),cleanUp:async(inputs,outputs,deps)=>module.cleanUp?.(inputsOf(inputs,outputs),deps)}}function clusterOf(outputs){return{kubeconfig:given(outputs,"kubeconfig"),context:given(outputs,"context")}}function given(outputs,name){let value=outputs[name];if(typeof value=="string")return value;throw new Error(`no link has given the output ${name}`)}var outputsState="outputs",ranState="ran",run=async(inputs,deps)=>{podAccount(inputs);let outputs={},summaries=[],failure;for(let[index,link]of links.entries()){deps.log.info(`\u2500\u2500 ${index+1}/${links.length} ${link.name}`);let started=deps.clock.now();if(failure=await runLink(link),deps.log.info(`\u2500\u2500 ${link.name} ${failure?"failed":"done"} after ${(deps.clock.now()-started).toFixed(1)} s`),failure)break}return{outputs:allOutputs(outputs),summary:{title:_chunk_OXZRK5YK_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m.title,links:_chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__/* .chain */ .cy.slice(0,failure?summaries.length-1:summaries.length),facts:[],details:summaries.join(`
`)},...failure&&{failure}};async function runLink(link){let own=within(link,deps);own.state.save(ranState,"true");try{let result=await link.run(inputs,outputs,own);return Object.assign(outputs,result.outputs),deps.state.save(outputsState,JSON.stringify(outputs)),summaries.push((0,_chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__/* .renderSummary */ .Br)(result.summary)),result.failure}catch(error){if(error instanceof _chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__/* .FederationError */ .yP)return error;throw error}}},cleanUp=async(inputs,deps)=>{let saved=deps.state.read(outputsState),outputs=saved===""?{}:JSON.parse(saved),failures=[];for(let link of[...links].reverse()){let own=within(link,deps);own.state.read(ranState)!==""&&await link.cleanUp(inputs,outputs,own).catch(error=>failures.push(error))}if(failures.length>0)throw new AggregateError(failures,failures.map(_chunk_RZKEFNHH_js__WEBPACK_IMPORTED_MODULE_37__/* .messageOf */ .bD).join("; "))};function allOutputs(outputs){let names=Object.keys(_chunk_OXZRK5YK_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m.outputs);return Object.fromEntries(names.map(name=>[name,outputs[name]]))}function within(link,deps){return{...deps,state:{save:(name,value)=>deps.state.save(`${link.name}.${name}`,value),read:name=>deps.state.read(`${link.name}.${name}`)}}}


/***/ })

};
