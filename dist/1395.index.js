export const id = 1395;
export const ids = [1395];
export const modules = {

/***/ 1395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   removeOnExit: () => (/* binding */ removeOnExit)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7648);
/* harmony import */ var _chunk_DL34KRN5_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4259);
/* harmony import */ var _chunk_GRVUKB45_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2194);
/* harmony import */ var _chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5113);
/* harmony import */ var _chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9472);
/* harmony import */ var _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9560);
/* harmony import */ var _chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8575);
/* harmony import */ var _chunk_Z4PM5RZJ_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1306);
/* harmony import */ var _chunk_5YFDQ4EK_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8617);
/* harmony import */ var _chunk_52LYAZ32_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4098);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(4047);
/* harmony import */ var _chunk_T7SP4OK2_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(246);
/* harmony import */ var _chunk_XRSJGRGK_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(7192);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(9423);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(6621);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(8313);
/* harmony import */ var _chunk_SW4QG3L2_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(5525);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(1089);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(392);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var removeOnExit=async(inputs,deps)=>{let azure=await (0,_chunk_Z4PM5RZJ_js__WEBPACK_IMPORTED_MODULE_8__/* .connectAzure */ .CS)(inputs,deps),desired=(0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .desiredState */ .Iq)({...inputs,deletedApplication:"fail"},deps.env,azure.environment,deps.clock.now()),services=await (0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .openServices */ .Ns)(desired,azure,deps),{host}=services,{known,mark,principalMark}=await host.plan();if(known===void 0){deps.log.info(`there is no ${host.title} to remove`);return}let{owner}=desired.mark,left=await removeCredentials(desired,services,known,deps);left.some(credential=>jobSinceOf(credential,owner)!==void 0)?deps.log.info(`kept the roles of the ${host.title}: another job still uses it`):await removeRoles(desired,services,known,deps).catch(error=>deps.log.warning((0,_chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_22__/* .errorMessage */ .gJ)(error))),left.length>0?deps.log.info(`kept the ${host.title}: it still holds ${left.length} federated credential(s) of others`):(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_5__/* .endsWithJob */ .yX)(mark,owner)?(await host.destroy(known,"identity"),deps.log.info(`removed: ${host.title}`)):(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_5__/* .endsWithJob */ .yX)(principalMark,owner)&&(await host.destroy(known,"service-principal"),deps.log.info(`removed: service principal of the ${host.title}`))};async function removeCredentials({credentials,mark},{host},identity,deps){let left=[];for(let credential of await host.credentials(identity)){if(!credentials.some(wanted=>(0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .pairOf */ .cF)(wanted)===(0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .pairOf */ .cF)(credential))||jobSinceOf(credential,mark.owner)===void 0){left.push(credential);continue}await host.remove(identity,credential.name),deps.log.info(`removed: federated credential "${credential.name}"`)}return left}function jobSinceOf({name,issuer,subject},owner){let recognised=(0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .recogniseCredential */ .vM)(name,{owner,issuer,subject});return recognised.ours?recognised.jobSince:void 0}async function removeRoles(desired,{manager},identity,deps){if(!manager)return;let roles=await (0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveRoles */ .KW)(manager,desired.roles);for(let{change,assignmentId,mark}of await (0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .planRoles */ .b0)(manager,roles,identity.principalId,desired.mark))assignmentId===void 0||!(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_5__/* .endsWithJob */ .yX)(mark,desired.mark.owner)||(await (0,_chunk_RTWE4U4G_js__WEBPACK_IMPORTED_MODULE_1__/* .removeAssignment */ .yy)(manager,assignmentId),deps.log.info(`removed: role assignment "${change.name}"`))}


/***/ })

};
