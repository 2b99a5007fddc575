export const id = 5219;
export const ids = [5219,2673,5054];
export const modules = {

/***/ 2673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Id: () => (/* binding */ RefusedRequest),
/* harmony export */   Jr: () => (/* binding */ callsTo),
/* harmony export */   uW: () => (/* binding */ absentAsUndefined)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var RefusedRequest=class extends Error{refusal;constructor(refusal){super(refusal.message),this.name="RefusedRequest",this.refusal=refusal}};function refusalOf(error,clock){if(error instanceof RefusedRequest)return error.refusal;if(error instanceof Error){if(error.name==="RestError")return fromRestError(error,clock);if(error instanceof Error&&"statusCode"in error&&"requestId"in error)return fromGraphError(error,clock)}}function fromRestError(error,clock){let header=name=>error.response?.headers.get(name);return{status:error.statusCode??0,code:error.code??"",message:firstLine(error.message),requestId:header("x-ms-request-id"),retryAfterSeconds:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterSeconds */ .C3)(header("retry-after"),clock)}}function fromGraphError(error,clock){return{status:Math.max(0,error.statusCode),code:error.code??"",message:firstLine((0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error))||`HTTP ${error.statusCode}`,requestId:error.requestId??error.headers?.get("request-id")??void 0,retryAfterSeconds:(0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterSeconds */ .C3)(error.headers?.get("retry-after"),clock)}}function firstLine(text){return text.split(`
`,1)[0]?.trim()??""}var rules=[{code:"azure-throttled",status:[429],passes:{what:"the service to take requests again (throttled)",seconds:300},fault:"service",hint:"The tenant or the subscription gets more requests than it may. Run fewer jobs at once, or share one identity."},{code:"azure-untrusted",status:[0],codes:["CERT_HAS_EXPIRED","DEPTH_ZERO_SELF_SIGNED_CERT","ERR_TLS_CERT_ALTNAME_INVALID","SELF_SIGNED_CERT_IN_CHAIN","UNABLE_TO_GET_ISSUER_CERT_LOCALLY","UNABLE_TO_VERIFY_LEAF_SIGNATURE"],hint:"The certificate of the service is not trusted here. With an emulator, caFile in azure-environment must name its CA; behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS for the job."},{code:"azure-unavailable",status:[0,408,500,502,503,504],passes:{what:"the service to answer",seconds:90},fault:"service",hint:"See https://azure.status.microsoft, and whether the runner reaches the service at all."},{code:"token-refused",status:[401],hint:"The token of the job was not accepted. Check azure-tenant-id and azure-environment, and sign in again if the session is old."},{code:"concurrent-write",service:"Microsoft Graph",codes:["Directory_ConcurrencyViolation"],passes:{what:"a concurrent write in the tenant to finish",seconds:180},fault:"service"},{code:"concurrent-write",service:"Azure Resource Manager",codes:["ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"],passes:{what:"another job's write to the same managed identity to finish",seconds:180},fault:"service"},{code:"application-permission-missing",service:"Microsoft Graph",status:[403],hint:"Give the identity that the job signs in with the Graph permission Application.ReadWrite.OwnedBy (applications that it made itself) or Application.ReadWrite.All, with admin consent. Without either: set plan: true and bicep-directory, and let an administrator deploy the Bicep file."},{code:"unique-name-taken",service:"Microsoft Graph",message:/value for property uniqueName already exists/,hint:"A deleted application keeps its name for 30 days. Set deleted-application: restore or purge, or choose another name."},{code:"identifier-uri-taken",service:"Microsoft Graph",message:/value for property identifierUris already exists/,hint:"Another application has this URI. Set identifier-uris to URIs of your own, or to none: federation does not need one."},{code:"identifier-uri-refused",service:"Microsoft Graph",codes:["HostNameNotOnVerifiedDomain"],hint:"A policy of the tenant asks for a verified domain in the URI. Set identifier-uris to such a URI, or to none: federation does not need one."},{code:"not-replicated",service:"Microsoft Graph",message:/does not reference a valid application object/,passes:{what:"the new application to be known to all of Entra",seconds:180},fault:"service"},{code:"credential-issuer-forbidden",service:"Microsoft Graph",codes:["InvalidFederatedIdentityCredentialValue"],message:/not allowed|polic/i,hint:"A policy of the tenant lists the issuers that applications may trust. Ask its administrator to add this issuer."},{code:"credential-pair-taken",service:"Microsoft Graph",codes:["InvalidFederatedIdentityCredentialValue"],message:/issuer and subject must be unique/},{code:"credential-pair-taken",service:"Azure Resource Manager",message:/Issuer and subject combination already exists/},{code:"credential-name-taken",service:"Microsoft Graph",codes:["Request_MultipleObjectsWithSameKeyValue"]},{code:"too-many-federated-credentials",status:[400],message:/(maximum|limit|exceed|more than|too many).*federated|federated.*(maximum|limit|exceed|more than|too many)/i,hint:"An application or a managed identity holds 20 federated credentials. Set prune-credentials, spread the service accounts over several identities, or let workloads share one."},{code:"region-without-federation",service:"Azure Resource Manager",status:[405],hint:"Managed identities of this region cannot be federated. Set location to another region, or identity: application."},{code:"principal-not-replicated",service:"Azure Resource Manager",codes:["PrincipalNotFound"],passes:{what:"the new service principal to be known to Azure Resource Manager",seconds:180},fault:"service"},{code:"role-assignment-exists",service:"Azure Resource Manager",codes:["RoleAssignmentExists"]},{code:"role-assignment-taken",service:"Azure Resource Manager",codes:["RoleAssignmentUpdateNotPermitted"],hint:"An assignment of this name belongs to another principal. Remove it: az role assignment delete --ids <id>."},{code:"azure-role-missing",service:"Azure Resource Manager",status:[403],hint:"Give the identity that the job signs in with, at this scope or above: Managed Identity Contributor for managed identities, Role Based Access Control Administrator (or User Access Administrator) for role assignments, Reader for finding a key vault by name."},{code:"resource-group-not-found",codes:["ResourceGroupNotFound"],hint:"Create the resource group first, or correct resource-group and azure-subscription-id."},{code:"not-replicated",status:[404],passes:{what:"what was just created to be known everywhere",seconds:180,onlyAfterCreation:!0},fault:"service"},{code:"not-found",status:[404]},{code:"azure-refused"}];function ruleFor(refusal,service,afterCreation){let fits=rule=>(rule.service===void 0||rule.service===service)&&(rule.status===void 0||rule.status.includes(refusal.status))&&(rule.codes===void 0||rule.codes.includes(refusal.code))&&(rule.message===void 0||rule.message.test(refusal.message))&&(rule.passes?.onlyAfterCreation===void 0||afterCreation);return rules.find(fits)??{code:"azure-refused"}}function callsTo(service,deps){return async(doing,attempt,options={})=>{let ruleOf=refusal=>ruleFor(refusal,service,options.afterCreation??!1),policy={what:doing,budgetSeconds:0,isTransient:error=>{let refusal=refusalOf(error,deps.clock);if(!refusal)return!1;let rule=ruleOf(refusal),passes=rule.passes??(options.passing?.code===rule.code?options.passing:void 0);return passes?{what:passes.what,budgetSeconds:Math.min(passes.seconds,options.patienceSeconds??passes.seconds),afterSeconds:refusal.retryAfterSeconds}:!1}};try{return await (0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .retry */ .L5)(policy,deps,attempt)}catch(error){let refusal=refusalOf(error,deps.clock);throw refusal?explained(refusal,ruleOf(refusal),doing,service,error):error}}}function explained(refusal,rule,doing,service,cause){let where=refusal.status===0?"no answer":`HTTP ${refusal.status}`,request=refusal.requestId?`, request id ${refusal.requestId}`:"",details=`${[service,where,refusal.code].filter(part=>part!=="").join(", ")}${request}`;return new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .FederationError */ .yP(`failed to ${doing}: ${refusal.message} (${details})`,{code:rule.code,fault:rule.fault??"user",...rule.hint!==void 0&&{hint:rule.hint},cause})}async function absentAsUndefined(request){try{return await request}catch(error){if((0,_chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_1__/* .codeOf */ .$N)(error)==="not-found")return;throw error}}


/***/ }),

/***/ 1857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ outlivesItsJob),
/* harmony export */   FA: () => (/* binding */ markTags),
/* harmony export */   Fg: () => (/* binding */ markOf),
/* harmony export */   IN: () => (/* binding */ keptTags),
/* harmony export */   PQ: () => (/* binding */ markText),
/* harmony export */   Pz: () => (/* binding */ markRecord),
/* harmony export */   TX: () => (/* binding */ markTag),
/* harmony export */   "in": () => (/* binding */ markOfText),
/* harmony export */   kj: () => (/* binding */ markOfRecord),
/* harmony export */   pZ: () => (/* binding */ parseOwner),
/* harmony export */   uE: () => (/* binding */ keptRecord),
/* harmony export */   yX: () => (/* binding */ endsWithJob)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function parseOwner(value){if(/\s/.test(value)||value.length>120)throw new Error("write up to 120 characters without white space, such as owner/repository");return value}var markTag="entra-kubernetes-federation";function markTags({owner,lifetime}){let tags=[markTag,`owner:${owner}`];return lifetime.kind==="job"?[...tags,`job-since:${isoTime(lifetime.since)}`]:tags}function markOf(tags){if(!tags?.includes(markTag))return;let value=name=>tags.find(tag=>tag.startsWith(`${name}:`))?.slice(name.length+1),since=Date.parse(value("job-since")??"");return{owner:value("owner")??"",lifetime:Number.isNaN(since)?{kind:"kept"}:{kind:"job",since:since/1e3}}}function markRecord(mark){let pairs=markTags(mark).slice(1).map(tag=>[tag.slice(0,tag.indexOf(":")),tag.slice(tag.indexOf(":")+1)]);return{"managed-by":markTag,...Object.fromEntries(pairs)}}function markOfRecord(tags){if(tags?.["managed-by"]===markTag)return markOf([markTag,...Object.entries(tags).map(([name,value])=>`${name}:${value}`)])}function markText(mark){return markTags(mark).join(" ")}function markOfText(text){return markOf(text?.split(" "))}function isoTime(seconds){return new Date(seconds*1e3).toISOString().replace(/\.\d+Z$/,"Z")}function keptTags(tags,wanted){return outlivesItsJob(markOf(tags),wanted)?tags.filter(tag=>!tag.startsWith("job-since:")):tags}function keptRecord(tags,wanted){let{"job-since":since,...others}=tags;return since===void 0||outlivesItsJob(markOfRecord(tags),wanted)?others:{...tags}}function outlivesItsJob(mark,wanted){return endsWithJob(mark,wanted.owner)&&wanted.lifetime.kind==="kept"}function endsWithJob(mark,owner){return mark?.owner===owner&&mark.lifetime.kind==="job"}


/***/ }),

/***/ 537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ allOf)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
async function allOf(pages){let all=[];for await(let entry of pages)all.push(entry);return all}


/***/ }),

/***/ 9085:
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

/***/ 5219:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   existingManagedIdentity: () => (/* reexport safe */ _chunk_UG2EH4RN_js__WEBPACK_IMPORTED_MODULE_1__.n2)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_UG2EH4RN_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7117);
/* harmony import */ var _chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1857);
/* harmony import */ var _chunk_HVONG4D7_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(537);
/* harmony import */ var _chunk_GJB6HBLB_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2673);
/* harmony import */ var _chunk_K5NQYIFP_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9085);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8549);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 7117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Je: () => (/* binding */ usable),
/* harmony export */   d2: () => (/* binding */ namedManagedIdentity),
/* harmony export */   n2: () => (/* binding */ existingManagedIdentity),
/* harmony export */   xo: () => (/* binding */ holdings)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1857);
/* harmony import */ var _chunk_HVONG4D7_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(537);
/* harmony import */ var _chunk_GJB6HBLB_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2673);
/* harmony import */ var _chunk_K5NQYIFP_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9085);
/* harmony import */ var _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8549);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function namedManagedIdentity(manager,wanted){let{name,resourceGroup}=wanted,title=`managed identity "${name}"`,{call,identities}=manager;return{title,plan:async()=>{let found=await (0,_chunk_GJB6HBLB_js__WEBPACK_IMPORTED_MODULE_3__/* .absentAsUndefined */ .uW)(call(`read the ${title}`,()=>identities.userAssignedIdentities.get(resourceGroup,name))),tags=found?(0,_chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_1__/* .keptRecord */ .uE)(found.tags??{},wanted.mark):(0,_chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_1__/* .markRecord */ .Pz)(wanted.mark),differences=found?(0,_chunk_K5NQYIFP_js__WEBPACK_IMPORTED_MODULE_4__/* .differencesOf */ .g6)({tags},{tags:found.tags??{}}):[],action=found===void 0?"create":differences.length>0?"update":"unchanged",known=found&&usable(found,title),apply=async()=>{if(known&&action==="unchanged")return known;let location=found?.location??wanted.location??await locationOf(manager,resourceGroup),made=await call(`write the ${title}`,()=>identities.userAssignedIdentities.createOrUpdate(resourceGroup,name,{location,tags}));return usable(made,title)};return{changes:[{kind:"managed-identity",name,action,...differences.length>0&&{differences}}],known,mark:(0,_chunk_HKCUGXPA_js__WEBPACK_IMPORTED_MODULE_1__/* .markOfRecord */ .kj)(found?.tags),apply}},...holdings(manager,title)}}function existingManagedIdentity(manager,clientId){let title=`managed identity ${clientId}`;return{title,plan:async()=>{let all=await manager.call(`look for the ${title}`,()=>(0,_chunk_HVONG4D7_js__WEBPACK_IMPORTED_MODULE_2__/* .allOf */ .b)(manager.identities.userAssignedIdentities.listBySubscription())),found=all.find(identity=>identity.clientId?.toLowerCase()===clientId.toLowerCase());if(found===void 0)throw new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_5__/* .FederationError */ .yP(`failed to find the ${title}: none of the ${all.length} in subscription ${manager.subscriptionId} has this client id`,{code:"managed-identity-not-found",hint:"Check client-id and azure-subscription-id, and that the job may read the identity."});let known=usable(found,title);return{changes:[{kind:"managed-identity",name:found.name??clientId,action:"unchanged"}],known,apply:async()=>known}},...holdings(manager,title)}}function usable(identity,title){let{id,clientId,principalId}=identity;if(id===void 0||clientId===void 0||principalId===void 0)throw new _chunk_VS4QVIN2_js__WEBPACK_IMPORTED_MODULE_5__/* .FederationError */ .yP(`failed to read the ${title}: the answer lacks its ids`,{code:"azure-refused",fault:"service"});return{clientId,principalId,objectId:id}}async function locationOf(manager,resourceGroup){let path=`/subscriptions/${manager.subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}`;return(await manager.call(`read the resource group "${resourceGroup}"`,()=>manager.get(path,"2021-04-01"))).location}function holdings(manager,title){let{call,identities}=manager,credentials=identities.federatedIdentityCredentials;return{withDescription:!1,credentials:async identity=>(await call(`list the federated credentials of the ${title}`,()=>(0,_chunk_HVONG4D7_js__WEBPACK_IMPORTED_MODULE_2__/* .allOf */ .b)(credentials.list(...placeOf(identity))),{afterCreation:!0})).map(({name="",issuer="",subject="",audiences=[]})=>({name,issuer,subject,audiences})),write:async(identity,{name,issuer,subject,audiences})=>{let body={issuer,subject,audiences:[...audiences]};await call(`write the federated credential "${name}" of the ${title}`,()=>credentials.createOrUpdate(...placeOf(identity),name,body),{afterCreation:!0})},remove:async(identity,name)=>(await call(`remove the federated credential "${name}" of the ${title}`,()=>credentials.delete(...placeOf(identity),name)),!0),destroy:async(identity,what)=>{what!=="service-principal"&&await call(`remove the ${title}`,()=>identities.userAssignedIdentities.delete(...placeOf(identity)))}}}function placeOf({objectId}){let[,resourceGroup="",name=""]=/\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(objectId)??[];return[resourceGroup,name]}


/***/ })

};
