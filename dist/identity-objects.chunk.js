export const id = 535;
export const ids = [535];
export const modules = {

/***/ 535:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   applicationSchema: () => (/* reexport safe */ _shared_identity_objects_managed_identity_js__WEBPACK_IMPORTED_MODULE_1__.Kv),
/* harmony export */   getClientPath: () => (/* reexport safe */ _shared_identity_objects_managed_identity_js__WEBPACK_IMPORTED_MODULE_1__.rk),
/* harmony export */   manageCredentials: () => (/* reexport safe */ _shared_identity_objects_managed_identity_js__WEBPACK_IMPORTED_MODULE_1__.w$),
/* harmony export */   openExistingManagedIdentity: () => (/* reexport safe */ _shared_identity_objects_managed_identity_js__WEBPACK_IMPORTED_MODULE_1__.V5)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_identity_objects_managed_identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5652);
/* harmony import */ var _shared_identity_objects_mark_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(951);
/* harmony import */ var _shared_identity_plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4454);
/* harmony import */ var _shared_azure_rules_storage_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7737);
/* harmony import */ var _shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8309);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(350);
/* harmony import */ var _shared_runtime_wait_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7288);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9599);
/* harmony import */ var _shared_azure_definition_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2385);
/* harmony import */ var _shared_runtime_inputs_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7456);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(1745);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 5652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D1: () => (/* binding */ listDeletedPrincipals),
/* harmony export */   JO: () => (/* binding */ openNamedManagedIdentity),
/* harmony export */   Kv: () => (/* binding */ applicationSchema),
/* harmony export */   OU: () => (/* binding */ purge),
/* harmony export */   Oj: () => (/* binding */ principalSchema),
/* harmony export */   UY: () => (/* binding */ requireIds),
/* harmony export */   V5: () => (/* binding */ openExistingManagedIdentity),
/* harmony export */   WS: () => (/* binding */ deleteApplication),
/* harmony export */   YB: () => (/* binding */ deletePrincipal),
/* harmony export */   as: () => (/* binding */ getPrincipalPath),
/* harmony export */   h: () => (/* binding */ listDeletedApplications),
/* harmony export */   ig: () => (/* binding */ manageIdentity),
/* harmony export */   kD: () => (/* binding */ getApplicationPath),
/* harmony export */   rk: () => (/* binding */ getClientPath),
/* harmony export */   w$: () => (/* binding */ manageCredentials),
/* harmony export */   w_: () => (/* binding */ getTagPath)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_identity_objects_mark_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(951);
/* harmony import */ var _shared_identity_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4454);
/* harmony import */ var _shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8309);
/* harmony import */ var _shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(350);
/* harmony import */ var _shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9599);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4906);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var tags=(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lq)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YO)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)())),applicationSchema=(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ik)({id:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),appId:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),displayName:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),uniqueName:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)()),identifierUris:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lq)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YO)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)())),signInAudience:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)()),requiredResourceAccess:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .optional */ .lq)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YO)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ik)({resourceAppId:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),resourceAccess:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YO)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ik)({id:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),type:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)()}))}))),tags}),principalSchema=(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ik)({id:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),appId:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),tags}),credentialSchema=(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .Ik)({name:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),issuer:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),subject:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)(),audiences:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .array */ .YO)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)()),description:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .nullish */ .cl)((0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .string */ .Yj)())}),fields="$select=id,appId,displayName,uniqueName,identifierUris,signInAudience,requiredResourceAccess,tags";function getApplicationPath(name){let path=`/applications(uniqueName=${encodeURIComponent((0,_shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteOData */ .GW)(name))})`;return{path,read:`${path}?${fields}`}}function getClientPath(clientId){return`/applications(appId=${encodeURIComponent((0,_shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteOData */ .GW)(clientId))})?${fields}`}function getTagPath(tag){return`/applications?$filter=${encodeURIComponent(`tags/any(t:t eq ${(0,_shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteOData */ .GW)(tag)})`)}&${fields}`}function getPrincipalPath(clientId){let path=`/servicePrincipals(appId=${encodeURIComponent((0,_shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteOData */ .GW)(clientId))})`;return{path,read:`${path}?$select=id,appId,tags`}}function listDeletedApplications(graph){return graph.list("list the deleted applications","/directory/deletedItems/microsoft.graph.application?$select=id,appId,displayName,uniqueName,tags",applicationSchema)}function listDeletedPrincipals(graph){return graph.list("list the deleted service principals","/directory/deletedItems/microsoft.graph.servicePrincipal?$select=id,appId,tags",principalSchema)}async function purge(graph,title,id,justDeleted){let options=justDeleted?{afterCreation:!0,patienceSeconds:30}:{};await graph.remove(`purge the deleted ${title}`,`/directory/deletedItems/${id}`,options)}async function deleteApplication(graph,title,identity){let principal=`service principal of the ${title}`,{principalId,objectId}=identity;principalId!==void 0&&await deletePrincipal(graph,principal,principalId),await graph.remove(`delete the ${title}`,`/applications/${objectId}`)&&await purge(graph,title,objectId,!0)}async function deletePrincipal(graph,title,id){await graph.remove(`delete the ${title}`,`/servicePrincipals/${id}`)&&await purge(graph,title,id,!0)}function manageCredentials(graph,title){let getListPath=({objectId})=>`/applications/${objectId}/federatedIdentityCredentials`,getPath=(identity,name)=>`${getListPath(identity)}(name=${encodeURIComponent((0,_shared_azure_aadsts_js__WEBPACK_IMPORTED_MODULE_4__/* .quoteOData */ .GW)(name))})`,options={afterCreation:!0};return{withDescription:!0,credentials:async identity=>{let action=`list the federated credentials of the ${title}`;return(await graph.list(action,getListPath(identity),credentialSchema,options)).map(({description,...credential})=>({...credential,...typeof description=="string"&&{description}}))},write:async(identity,{name,...body})=>{let action=`write the federated credential "${name}" of the ${title}`;await graph.upsert(action,getPath(identity,name),{body,schema:(0,_shared_valibot_js__WEBPACK_IMPORTED_MODULE_5__/* .unknown */ .L5)(),options})},remove:async(identity,name)=>{await graph.remove(`delete the federated credential "${name}" of the ${title}`,getPath(identity,name))}}}function openNamedManagedIdentity(manager,wanted){let{name,resourceGroup}=wanted,title=`managed identity "${name}"`,{call,identities}=manager;return{title,plan:async()=>{let found=await (0,_shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .absentAsUndefined */ .uW)(call(`read the ${title}`,()=>identities.userAssignedIdentities.get(resourceGroup,name))),tags2=found?(0,_shared_identity_objects_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .updateRecord */ .vL)(found.tags??{},wanted.mark):(0,_shared_identity_objects_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .formatMarkRecord */ .UG)(wanted.mark),differences=found?(0,_shared_identity_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .findDifferences */ .cG)({tags:tags2},{tags:found.tags??{}}):[],action=found===void 0?"create":differences.length>0?"update":"unchanged",known=found&&requireIds(found,title),apply=async()=>{if(known&&action==="unchanged")return known;let location=found?.location??wanted.location??await manager.readRegion(resourceGroup),written=await call(`write the ${title}`,()=>identities.userAssignedIdentities.createOrUpdate(resourceGroup,name,{location,tags:tags2}));return requireIds(written,title)};return{changes:[{kind:"managed-identity",name,action,...differences.length>0&&{differences}}],known,mark:(0,_shared_identity_objects_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .parseMarkRecord */ .k$)(found?.tags),apply}},...manageIdentity(manager,title)}}function openExistingManagedIdentity(manager,clientId){let title=`managed identity ${clientId}`;return{title,plan:async()=>{let all=await manager.call(`find the ${title}`,()=>(0,_shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .collectPages */ .VV)(manager.identities.userAssignedIdentities.listBySubscription())),found=all.find(identity=>identity.clientId?.toLowerCase()===clientId.toLowerCase());if(found===void 0){let{subscriptionId:subscription}=manager;throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_6__/* .FederationError */ .yP("managed-identity-not-found",{clientId,count:all.length,subscription})}let known=requireIds(found,title);return{changes:[{kind:"managed-identity",name:found.name??clientId,action:"unchanged"}],known,apply:async()=>known}},...manageIdentity(manager,title)}}function requireIds(identity,title){let{id,clientId,principalId}=identity;if(id===void 0||clientId===void 0||principalId===void 0){let answer="the answer does not contain its IDs";throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_6__/* .FederationError */ .yP("azure-refused",{action:`read the ${title}`,answer})}return{clientId,principalId,objectId:id}}function manageIdentity({call,identities},title){let{federatedIdentityCredentials,userAssignedIdentities}=identities,options={afterCreation:!0};return{withDescription:!1,credentials:identity=>{let list=async()=>{let pages=federatedIdentityCredentials.list(...parseResourceId(identity));return(await (0,_shared_azure_refusals_js__WEBPACK_IMPORTED_MODULE_3__/* .collectPages */ .VV)(pages)).map(({name="",issuer="",subject="",audiences=[]})=>({name,issuer,subject,audiences}))};return call(`list the federated credentials of the ${title}`,list,options)},write:async(identity,{name,issuer,subject,audiences})=>{let body={issuer,subject,audiences:[...audiences]},write=()=>federatedIdentityCredentials.createOrUpdate(...parseResourceId(identity),name,body);await call(`write the federated credential "${name}" of the ${title}`,write,options)},remove:(identity,name)=>call(`delete the federated credential "${name}" of the ${title}`,()=>federatedIdentityCredentials.delete(...parseResourceId(identity),name)),destroy:async(identity,what)=>{what!=="service-principal"&&await call(`delete the ${title}`,()=>userAssignedIdentities.delete(...parseResourceId(identity)))}}}function parseResourceId({objectId}){let[,resourceGroup="",name=""]=/\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(objectId)??[];return[resourceGroup,name]}


/***/ }),

/***/ 951:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UG: () => (/* binding */ formatMarkRecord),
/* harmony export */   Zg: () => (/* binding */ updateTags),
/* harmony export */   _H: () => (/* binding */ parseMarkText),
/* harmony export */   eG: () => (/* binding */ formatMarkText),
/* harmony export */   k$: () => (/* binding */ parseMarkRecord),
/* harmony export */   kj: () => (/* binding */ markTag),
/* harmony export */   lw: () => (/* binding */ parseMark),
/* harmony export */   mD: () => (/* binding */ formatMarkTags),
/* harmony export */   pZ: () => (/* binding */ parseOwner),
/* harmony export */   vL: () => (/* binding */ updateRecord),
/* harmony export */   vz: () => (/* binding */ becomesPermanent),
/* harmony export */   yX: () => (/* binding */ endsWithJob)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function parseOwner(value){if(/\s/.test(value)||value.length>120)throw new Error("write up to 120 characters without whitespace, for example, owner/repository");return value}var markTag="entra-kubernetes-federation";function formatMarkTags({owner,lifetime}){let tags=[markTag,`owner:${owner}`];return lifetime.kind==="job"?[...tags,`job-since:${formatTime(lifetime.since)}`]:tags}function parseMark(tags){if(!tags?.includes(markTag))return;let value=name=>tags.find(tag=>tag.startsWith(`${name}:`))?.slice(name.length+1),since=Date.parse(value("job-since")??"");return{owner:value("owner")??"",lifetime:Number.isNaN(since)?{kind:"kept"}:{kind:"job",since:since/1e3}}}function formatMarkRecord(mark){let pairs=formatMarkTags(mark).slice(1).map(tag=>[tag.slice(0,tag.indexOf(":")),tag.slice(tag.indexOf(":")+1)]);return{"managed-by":markTag,...Object.fromEntries(pairs)}}function parseMarkRecord(tags){if(tags?.["managed-by"]===markTag)return parseMark([markTag,...Object.entries(tags).map(([name,value])=>`${name}:${value}`)])}function formatMarkText(mark){return formatMarkTags(mark).join(" ")}function parseMarkText(text){return parseMark(text?.split(" "))}function formatTime(seconds){return new Date(seconds*1e3).toISOString().replace(/\.\d+Z$/,"Z")}function updateTags(tags,wanted){return becomesPermanent(parseMark(tags),wanted)?tags.filter(tag=>!tag.startsWith("job-since:")):tags}function updateRecord(tags,wanted){let{"job-since":since,...others}=tags;return since===void 0||becomesPermanent(parseMarkRecord(tags),wanted)?others:{...tags}}function becomesPermanent(mark,wanted){return endsWithJob(mark,wanted.owner)&&wanted.lifetime.kind==="kept"}function endsWithJob(mark,owner){return mark?.owner===owner&&mark.lifetime.kind==="job"}


/***/ }),

/***/ 4454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ao: () => (/* binding */ isWrite),
/* harmony export */   cG: () => (/* binding */ findDifferences),
/* harmony export */   uQ: () => (/* binding */ describeChange)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function isWrite(change){return change.action!=="unchanged"&&change.action!=="adopt"}var verbs={create:["Would create","Created"],update:["Would update","Updated"],delete:["Would delete","Deleted"],adopt:["Would use","Using"],unchanged:["Unchanged:","Unchanged:"]};function describeChange(change,planned){let drift=(change.differences??[]).map(({property,from,to})=>`${property} ${from} \u2192 ${to}`),reasons=[...change.note===void 0?[]:[change.note],...drift],why=reasons.length>0?` (${reasons.join("; ")})`:"";return`${verbs[change.action][planned?0:1]} ${change.kind.replaceAll("-"," ")} "${change.name}"${why}`}function findDifferences(desired,actual){return Object.entries(desired).flatMap(([property,value])=>{let from=formatValue(actual[property]),to=formatValue(value);return from===to?[]:[{property,from,to}]})}function formatValue(value){return value==null||Array.isArray(value)&&value.length===0?"absent":typeof value=="string"?value:JSON.stringify(value,sortProperties)}function sortProperties(_,value){return typeof value!="object"||value===null||Array.isArray(value)?value:Object.fromEntries(Object.entries(value).toSorted(([a],[b])=>a<b?-1:1))}


/***/ })

};
