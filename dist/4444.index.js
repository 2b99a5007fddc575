export const id = 4444;
export const ids = [4444];
export const modules = {

/***/ 9472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ outlivesItsJob),
/* harmony export */   FA: () => (/* binding */ markTags),
/* harmony export */   IN: () => (/* binding */ keptTags),
/* harmony export */   PQ: () => (/* binding */ markText),
/* harmony export */   Pz: () => (/* binding */ markRecord),
/* harmony export */   TX: () => (/* binding */ markTag),
/* harmony export */   "in": () => (/* binding */ markOfText),
/* harmony export */   kj: () => (/* binding */ markOfRecord),
/* harmony export */   lw: () => (/* binding */ parseMark),
/* harmony export */   pZ: () => (/* binding */ parseOwner),
/* harmony export */   uE: () => (/* binding */ keptRecord),
/* harmony export */   yX: () => (/* binding */ endsWithJob)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function parseOwner(value){if(/\s/.test(value)||value.length>120)throw new Error("write up to 120 characters without white space, such as owner/repository");return value}var markTag="entra-kubernetes-federation";function markTags({owner,lifetime}){let tags=[markTag,`owner:${owner}`];return lifetime.kind==="job"?[...tags,`job-since:${isoTime(lifetime.since)}`]:tags}function parseMark(tags){if(!tags?.includes(markTag))return;let value=name=>tags.find(tag=>tag.startsWith(`${name}:`))?.slice(name.length+1),since=Date.parse(value("job-since")??"");return{owner:value("owner")??"",lifetime:Number.isNaN(since)?{kind:"kept"}:{kind:"job",since:since/1e3}}}function markRecord(mark){let pairs=markTags(mark).slice(1).map(tag=>[tag.slice(0,tag.indexOf(":")),tag.slice(tag.indexOf(":")+1)]);return{"managed-by":markTag,...Object.fromEntries(pairs)}}function markOfRecord(tags){if(tags?.["managed-by"]===markTag)return parseMark([markTag,...Object.entries(tags).map(([name,value])=>`${name}:${value}`)])}function markText(mark){return markTags(mark).join(" ")}function markOfText(text){return parseMark(text?.split(" "))}function isoTime(seconds){return new Date(seconds*1e3).toISOString().replace(/\.\d+Z$/,"Z")}function keptTags(tags,wanted){return outlivesItsJob(parseMark(tags),wanted)?tags.filter(tag=>!tag.startsWith("job-since:")):tags}function keptRecord(tags,wanted){let{"job-since":since,...others}=tags;return since===void 0||outlivesItsJob(markOfRecord(tags),wanted)?others:{...tags}}function outlivesItsJob(mark,wanted){return endsWithJob(mark,wanted.owner)&&wanted.lifetime.kind==="kept"}function endsWithJob(mark,owner){return mark?.owner===owner&&mark.lifetime.kind==="job"}


/***/ }),

/***/ 8575:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D3: () => (/* binding */ writes),
/* harmony export */   em: () => (/* binding */ sentence),
/* harmony export */   g6: () => (/* binding */ differencesOf)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function writes(change){return change.action!=="unchanged"&&change.action!=="adopt"}var verbs={create:["would create","created"],update:["would repair","repaired"],delete:["would remove","removed"],adopt:["would use as it is","used as it is"],unchanged:["is as it should be","unchanged"]};function sentence(change,planned){let drift=(change.differences??[]).map(({property,from,to})=>`${property} ${from} \u2192 ${to}`),reasons=[...change.note===void 0?[]:[change.note],...drift],why=reasons.length>0?` (${reasons.join("; ")})`:"";return`${verbs[change.action][planned?0:1]}: ${change.kind.replaceAll("-"," ")} "${change.name}"${why}`}function differencesOf(desired,actual){return Object.entries(desired).flatMap(([property,value])=>{let from=shown(actual[property]),to=shown(value);return from===to?[]:[{property,from,to}]})}function shown(value){return value==null||Array.isArray(value)&&value.length===0?"absent":typeof value=="string"?value:JSON.stringify(value,sortedProperties)}function sortedProperties(_,value){return typeof value!="object"||value===null||Array.isArray(value)?value:Object.fromEntries(Object.entries(value).toSorted(([a],[b])=>a<b?-1:1))}


/***/ }),

/***/ 4259:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Je: () => (/* binding */ usable),
/* harmony export */   d2: () => (/* binding */ namedManagedIdentity),
/* harmony export */   n2: () => (/* binding */ existingManagedIdentity),
/* harmony export */   xo: () => (/* binding */ holdings)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9472);
/* harmony import */ var _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9560);
/* harmony import */ var _chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8575);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4047);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function namedManagedIdentity(manager,wanted){let{name,resourceGroup}=wanted,title=`managed identity "${name}"`,{call,identities}=manager;return{title,plan:async()=>{let found=await (0,_chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_4__/* .absentAsUndefined */ .uW)(call(`read the ${title}`,()=>identities.userAssignedIdentities.get(resourceGroup,name))),tags=found?(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_1__/* .keptRecord */ .uE)(found.tags??{},wanted.mark):(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_1__/* .markRecord */ .Pz)(wanted.mark),differences=found?(0,_chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_3__/* .differencesOf */ .g6)({tags},{tags:found.tags??{}}):[],action=found===void 0?"create":differences.length>0?"update":"unchanged",known=found&&usable(found,title),apply=async()=>{if(known&&action==="unchanged")return known;let location=found?.location??wanted.location??await manager.readRegion(resourceGroup),made=await call(`write the ${title}`,()=>identities.userAssignedIdentities.createOrUpdate(resourceGroup,name,{location,tags}));return usable(made,title)};return{changes:[{kind:"managed-identity",name,action,...differences.length>0&&{differences}}],known,mark:(0,_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_1__/* .markOfRecord */ .kj)(found?.tags),apply}},...holdings(manager,title)}}function existingManagedIdentity(manager,clientId){let title=`managed identity ${clientId}`;return{title,plan:async()=>{let all=await manager.call(`look for the ${title}`,()=>(0,_chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_2__/* .collectPages */ .VV)(manager.identities.userAssignedIdentities.listBySubscription())),found=all.find(identity=>identity.clientId?.toLowerCase()===clientId.toLowerCase());if(found===void 0)throw new _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_5__/* .FederationError */ .yP(`failed to find the ${title}: none of the ${all.length} in subscription ${manager.subscriptionId} has this client id`,{code:"managed-identity-not-found",hint:"Check client-id and azure-subscription-id, and that the job may read the identity."});let known=usable(found,title);return{changes:[{kind:"managed-identity",name:found.name??clientId,action:"unchanged"}],known,apply:async()=>known}},...holdings(manager,title)}}function usable(identity,title){let{id,clientId,principalId}=identity;if(id===void 0||clientId===void 0||principalId===void 0)throw new _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_5__/* .FederationError */ .yP(`failed to read the ${title}: the answer lacks its ids`,{code:"azure-refused",fault:"service"});return{clientId,principalId,objectId:id}}function holdings(manager,title){let{call,identities}=manager,credentials=identities.federatedIdentityCredentials;return{withDescription:!1,credentials:async identity=>(await call(`list the federated credentials of the ${title}`,()=>(0,_chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_2__/* .collectPages */ .VV)(credentials.list(...placeOf(identity))),{afterCreation:!0})).map(({name="",issuer="",subject="",audiences=[]})=>({name,issuer,subject,audiences})),write:async(identity,{name,issuer,subject,audiences})=>{let body={issuer,subject,audiences:[...audiences]};await call(`write the federated credential "${name}" of the ${title}`,()=>credentials.createOrUpdate(...placeOf(identity),name,body),{afterCreation:!0})},remove:async(identity,name)=>(await call(`remove the federated credential "${name}" of the ${title}`,()=>credentials.delete(...placeOf(identity),name)),!0),destroy:async(identity,what)=>{what!=="service-principal"&&await call(`remove the ${title}`,()=>identities.userAssignedIdentities.delete(...placeOf(identity)))}}}function placeOf({objectId}){let[,resourceGroup="",name=""]=/\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(objectId)??[];return[resourceGroup,name]}


/***/ }),

/***/ 4444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   existingManagedIdentity: () => (/* reexport safe */ _chunk_DL34KRN5_js__WEBPACK_IMPORTED_MODULE_1__.n2)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_DL34KRN5_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4259);
/* harmony import */ var _chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9472);
/* harmony import */ var _chunk_OTHNKIG2_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9560);
/* harmony import */ var _chunk_CPMURQYJ_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8575);
/* harmony import */ var _chunk_52LYAZ32_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4098);
/* harmony import */ var _chunk_6MGPMTGU_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4047);
/* harmony import */ var _chunk_T7SP4OK2_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(246);
/* harmony import */ var _chunk_42SOMVIS_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9423);
/* harmony import */ var _chunk_JVVRUTS5_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6621);
/* harmony import */ var _chunk_NBT5MA3Z_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(5228);
/* harmony import */ var _chunk_RV5TF6VV_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(8313);
/* harmony import */ var _chunk_O3UMRY6F_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1089);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(392);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
