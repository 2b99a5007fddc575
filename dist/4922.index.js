export const id = 4922;
export const ids = [4922];
export const modules = {

/***/ 4922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* binding */ cleanUp),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_XGC2SFKE_js__WEBPACK_IMPORTED_MODULE_1__.m),
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_XGC2SFKE_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7029);
/* harmony import */ var _chunk_VYKGDBAB_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4270);
/* harmony import */ var _chunk_HHTZRKMY_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3019);
/* harmony import */ var _chunk_2DZJ3HCW_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7279);
/* harmony import */ var _chunk_UALAHG6V_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3400);
/* harmony import */ var _chunk_6PPDHSDD_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(823);
/* harmony import */ var _chunk_EFQS4QHV_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1326);
/* harmony import */ var _chunk_25DSLWNZ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1553);
/* harmony import */ var _chunk_DGOXCJKP_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2004);
/* harmony import */ var _chunk_VUVSVL2Z_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3856);
/* harmony import */ var _chunk_PUYWPHUS_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3915);
/* harmony import */ var _chunk_LLPQDCBK_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(6661);
/* harmony import */ var _chunk_DEPUEHH5_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(5778);
/* harmony import */ var _chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1857);
/* harmony import */ var _chunk_O3VGUINQ_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(3070);
/* harmony import */ var _chunk_NYONTR4J_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(4440);
/* harmony import */ var _chunk_4U4U3YHF_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(8382);
/* harmony import */ var _chunk_4SSK6MIQ_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(2660);
/* harmony import */ var _chunk_FCXLOFAR_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(6633);
/* harmony import */ var _chunk_K2FQ2UM6_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(546);
/* harmony import */ var _chunk_RIUHFVVH_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(7670);
/* harmony import */ var _chunk_QYQSDTBF_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(4954);
/* harmony import */ var _chunk_2VZUBH62_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(2475);
/* harmony import */ var _chunk_FE43CQ4W_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(501);
/* harmony import */ var _chunk_GFBSNBOU_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(3342);
/* harmony import */ var _chunk_XKERIPFF_js__WEBPACK_IMPORTED_MODULE_26__ = __webpack_require__(2907);
/* harmony import */ var _chunk_BAIUXDIR_js__WEBPACK_IMPORTED_MODULE_27__ = __webpack_require__(9396);
/* harmony import */ var _chunk_C6XWZU3I_js__WEBPACK_IMPORTED_MODULE_28__ = __webpack_require__(6721);
/* harmony import */ var _chunk_DFWQF7LO_js__WEBPACK_IMPORTED_MODULE_29__ = __webpack_require__(9056);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_30__ = __webpack_require__(5525);
/* harmony import */ var _chunk_TZMBID76_js__WEBPACK_IMPORTED_MODULE_31__ = __webpack_require__(9513);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_32__ = __webpack_require__(2368);
/* harmony import */ var _chunk_JPNDHSZ3_js__WEBPACK_IMPORTED_MODULE_33__ = __webpack_require__(7262);
/* harmony import */ var _chunk_D5Z6F3H2_js__WEBPACK_IMPORTED_MODULE_34__ = __webpack_require__(5466);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_35__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_36__ = __webpack_require__(8313);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_38__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_39__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var links=[chainLink("keys",_chunk_XKERIPFF_js__WEBPACK_IMPORTED_MODULE_26__/* .keys_exports */ .lI,inputs=>inputs),chainLink("issuer",_chunk_O3VGUINQ_js__WEBPACK_IMPORTED_MODULE_15__/* .issuer_exports */ .yx,(inputs,outputs)=>({...inputs,publicKeyFile:[given(outputs,"public-key-file"),...inputs.publicKeyFile],onExit:inputs.onExit==="remove"?"retire":"keep"})),chainLink("cluster",_chunk_VUVSVL2Z_js__WEBPACK_IMPORTED_MODULE_10__/* .cluster_exports */ .bb,(inputs,outputs)=>({...inputs,issuerUrl:given(outputs,"issuer-url"),jwksUrl:given(outputs,"jwks-url"),privateKeyFile:given(outputs,"private-key-file"),publicKeyFile:given(outputs,"public-key-file")})),chainLink("identity",_chunk_VYKGDBAB_js__WEBPACK_IMPORTED_MODULE_2__/* .entra_exports */ .Dg,(inputs,outputs)=>({...inputs,...clusterOf(outputs),issuerUrl:given(outputs,"issuer-url"),keyVault:inputs.keyVault??inputs.keyVaultUrl})),chainLink("webhook",_chunk_2DZJ3HCW_js__WEBPACK_IMPORTED_MODULE_4__/* .webhook_exports */ .i3,(inputs,outputs)=>({...inputs,...clusterOf(outputs),tenantId:inputs.tenantId??given(outputs,"tenant-id")})),chainLink("pod",_chunk_EFQS4QHV_js__WEBPACK_IMPORTED_MODULE_7__/* .verify_exports */ .Q$,(inputs,outputs)=>({...inputs,...clusterOf(outputs),serviceAccount:podAccount(inputs),issuerUrl:given(outputs,"issuer-url"),clientId:given(outputs,"client-id"),tenantId:inputs.tenantId??given(outputs,"tenant-id"),privateKeyFile:given(outputs,"private-key-file"),publicKeyFile:given(outputs,"public-key-file")}))];function podAccount(inputs){let account=inputs.serviceAccount??inputs.serviceAccounts[0];if(account)return account;throw new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__/* .FederationError */ .yP('failed to read the inputs: input "service-accounts" is missing',{code:"invalid-input",hint:`Nothing was changed. Write the service accounts that may use the identity, for example:
  service-accounts: demo/reader`})}function chainLink(link,module,inputsOf){return{name:module.definition.name,link,run:(inputs,outputs,deps)=>module.run(inputsOf(inputs,outputs),deps),cleanUp:async(inputs,outputs,deps)=>module.cleanUp?.(inputsOf(inputs,outputs),deps)}}function clusterOf(outputs){return{kubeconfig:given(outputs,"kubeconfig"),context:given(outputs,"context")}}function given(outputs,name){let value=outputs[name];if(typeof value=="string")return value;throw new Error(`no link has given the output ${name}`)}var outputsState="outputs",ranState="ran",run=async(inputs,deps)=>{podAccount(inputs);let outputs={},summaries=[],failure;for(let[index,link]of links.entries()){deps.log.info(`\u2500\u2500 ${index+1}/${links.length} ${link.name}`);let started=deps.clock.now();if(failure=await runLink(link),deps.log.info(`\u2500\u2500 ${link.name} ${failure?"failed":"done"} after ${(deps.clock.now()-started).toFixed(1)} s`),failure)break}return{outputs:allOutputs(outputs),summary:{title:_chunk_XGC2SFKE_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m.title,links:_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__/* .chain */ .cy.slice(0,failure?summaries.length-1:summaries.length),facts:[],details:summaries.join(`
`)},...failure&&{failure}};async function runLink(link){let own=within(link,deps);own.state.save(ranState,"true");try{let result=await link.run(inputs,outputs,own);return Object.assign(outputs,result.outputs),deps.state.save(outputsState,JSON.stringify(outputs)),summaries.push((0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__/* .renderSummary */ .Br)(result.summary)),result.failure}catch(error){if(error instanceof _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__/* .FederationError */ .yP)return error;throw error}}},cleanUp=async(inputs,deps)=>{let saved=deps.state.read(outputsState),outputs=saved===""?{}:JSON.parse(saved),failures=[];for(let link of[...links].reverse()){let own=within(link,deps);own.state.read(ranState)!==""&&await link.cleanUp(inputs,outputs,own).catch(error=>failures.push(error))}if(failures.length>0)throw new AggregateError(failures,failures.map(_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_37__/* .messageOf */ .bD).join("; "))};function allOutputs(outputs){let names=Object.keys(_chunk_XGC2SFKE_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m.outputs);return Object.fromEntries(names.map(name=>[name,outputs[name]]))}function within(link,deps){return{...deps,state:{save:(name,value)=>deps.state.save(`${link.name}.${name}`,value),read:name=>deps.state.read(`${link.name}.${name}`)}}}


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
