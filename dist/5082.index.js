export const id = 5082;
export const ids = [5082];
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

/***/ 7796:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ft: () => (/* binding */ identity_exports),
/* harmony export */   eF: () => (/* binding */ run),
/* harmony export */   nY: () => (/* binding */ cleanUp)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_SONLC7Z5_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9987);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var identity_exports={};(0,_chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_2__/* .__export */ .VA)(identity_exports,{cleanUp:()=>cleanUp,definition:()=>_chunk_SONLC7Z5_js__WEBPACK_IMPORTED_MODULE_1__/* .definition */ .m,run:()=>run});var run=async(inputs,deps)=>(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(8617), __webpack_require__.e(1306), __webpack_require__.e(9560), __webpack_require__.e(4), __webpack_require__.e(6688)]).then(__webpack_require__.bind(__webpack_require__, 6688))).run(inputs,deps),cleanUp=async(inputs,deps)=>{inputs.onExit!=="remove"||inputs.plan||await(await Promise.all(/* import() */[__webpack_require__.e(5228), __webpack_require__.e(5525), __webpack_require__.e(8617), __webpack_require__.e(1306), __webpack_require__.e(9560), __webpack_require__.e(4), __webpack_require__.e(1395)]).then(__webpack_require__.bind(__webpack_require__, 1395))).removeOnExit(inputs,deps)};


/***/ }),

/***/ 5082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cleanUp: () => (/* reexport safe */ _chunk_3WYJYLDL_js__WEBPACK_IMPORTED_MODULE_1__.nY),
/* harmony export */   definition: () => (/* reexport safe */ _chunk_SONLC7Z5_js__WEBPACK_IMPORTED_MODULE_2__.m),
/* harmony export */   run: () => (/* reexport safe */ _chunk_3WYJYLDL_js__WEBPACK_IMPORTED_MODULE_1__.eF)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_3WYJYLDL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7796);
/* harmony import */ var _chunk_SONLC7Z5_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9987);
/* harmony import */ var _chunk_GRVUKB45_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2194);
/* harmony import */ var _chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5113);
/* harmony import */ var _chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9472);
/* harmony import */ var _chunk_QGM2UBK6_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1257);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1148);
/* harmony import */ var _chunk_LOBXNPQG_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4461);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3461);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 2194:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J8: () => (/* binding */ knownRoleId),
/* harmony export */   LJ: () => (/* binding */ vaultScope),
/* harmony export */   YO: () => (/* binding */ parseRoleLine),
/* harmony export */   t: () => (/* binding */ roleDefinitionId)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var builtInRoles={"Key Vault Administrator":"00482a5a-887f-4fb3-b363-3b7fe8e74483","Key Vault Secrets User":"4633458b-17de-408a-b874-0445c86b69e6","Storage Blob Data Contributor":"ba92f5b4-2d11-453d-a403-e96b0029c9fe"},guid=/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;function knownRoleId(role){if(guid.test(role))return role.toLowerCase();let name=Object.keys(builtInRoles).find(builtIn=>builtIn.toLowerCase()===role.toLowerCase());return name===void 0?void 0:builtInRoles[name]}function parseRoleLine(line){let at=line.lastIndexOf("@"),role=line.slice(0,Math.max(at,0)).trim(),scope=line.slice(at+1).trim();if(at<0||role===""||scope==="")throw new Error(`write role @ scope, such as Key Vault Secrets User @ key-vault/my-vault, not "${line}"`);return{role,scope:parseScope(scope)}}function parseScope(scope){if(scope.startsWith("/"))return{kind:"id",id:scope.length>1?scope.replace(/\/+$/,""):scope};if(scope==="subscription")return{kind:"subscription"};let[,kind,name]=/^(resource-group|key-vault)\/([^/]+)$/.exec(scope)??[];if(kind==="resource-group"&&name!==void 0)return{kind,name};if(kind==="key-vault"&&name!==void 0)return{kind,vault:name};throw new Error(`write the scope as subscription, resource-group/<name>, key-vault/<name> or a resource id that begins with /, not "${scope}"`)}function vaultScope(vault){return vault.startsWith("/")?{kind:"id",id:vault.replace(/\/+$/,"")}:{kind:"key-vault",vault}}function roleDefinitionId(scope,roleId){return`${/^\/subscriptions\/[^/]+/i.exec(scope)?.[0]??""}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`}


/***/ }),

/***/ 11:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parsePrefix),
/* harmony export */   LJ: () => (/* binding */ documentUrl),
/* harmony export */   M9: () => (/* binding */ parseStorageAccount),
/* harmony export */   Mx: () => (/* binding */ documentPaths),
/* harmony export */   NJ: () => (/* binding */ parseContainer),
/* harmony export */   O1: () => (/* binding */ isSamePlace),
/* harmony export */   UC: () => (/* binding */ removeTrailingSlash),
/* harmony export */   uY: () => (/* binding */ parseIssuerUrl)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var documentPaths={discovery:".well-known/openid-configuration",jwks:"openid/v1/jwks"},longestIssuer=600,entraHosts=["login.microsoftonline.com","login.windows.net","login.microsoft.com","sts.windows.net"];function parseIssuerUrl(text){if(/\s/.test(text))throw new Error("remove the whitespace: Entra ID stores it, and tokens would no longer match");if(!URL.canParse(text))throw new Error("write an absolute URL, for example, https://account.blob.core.windows.net/oidc/");let url=new URL(text);if(url.protocol!=="https:")throw new Error("write an https URL: Entra ID reads documents over https only");if(url.username!==""||url.password!=="")throw new Error("remove the user name and password");if(url.search!==""||url.hash!==""||/[?#]/.test(text))throw new Error("remove the query and fragment: Kubernetes publishes no documents for such an issuer");if(url.pathname.includes("//"))throw new Error("remove the double slash");if(text!==url.href&&`${text}/`!==url.href)throw new Error(`write it as every client normalizes it: ${url.href}`);if(entraHosts.includes(url.hostname))throw new Error("write an issuer of your own: Entra ID does not accept its own tokens for federation");if(text.length>longestIssuer)throw new Error(`write at most ${longestIssuer} characters`);return text}function documentUrl(issuerUrl,name){return`${removeTrailingSlash(issuerUrl)}/${documentPaths[name]}`}function isSamePlace(one,other){return removeTrailingSlash(one)===removeTrailingSlash(other)}function removeTrailingSlash(url){return url.endsWith("/")?url.slice(0,-1):url}function parseStorageAccount(name){if(!/^[a-z0-9]{3,24}$/.test(name))throw new Error("write 3 to 24 lowercase letters and digits");return name}function parseContainer(name){if(name.length<3||name.length>63||!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))throw new Error("write 3 to 63 lowercase letters, digits and single hyphens, beginning and ending with a letter or digit");return name}function parsePrefix(path){let segments=path.replace(/^\/|\/$/g,"").split("/"),isValid=segment=>/^[A-Za-z0-9._~-]+$/.test(segment)&&!segment.endsWith(".");if(!segments.every(isValid))throw new Error("write folder names of letters, digits, dots, hyphens, underscores and tildes, separated by single slashes");if(path.length>900)throw new Error("write at most 900 characters");return segments.join("/")}


/***/ }),

/***/ 1257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1148);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var definition={name:"publish-issuer",title:"Publish the documents of a Kubernetes OIDC issuer",description:"Publishes the discovery document and the JWKS of a Kubernetes cluster for Entra ID, and reads them back as an anonymous client. Adds and retires keys without losing any.",branding:{icon:"upload-cloud",color:"blue"},inputs:{"public-key-file":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of the public keys that clusters sign with, one per line. Keys that are already published stay."}),"staged-public-key-file":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"PEM files of public keys to publish ahead of a rotation, one per line. No cluster signs with them yet."}),"retire-key-ids":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)({description:"Key IDs to remove from the JWKS, one per line. Tokens signed with these keys are rejected from then on."}),storage:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"Storage of the documents. `azure-blob` is a public container. `azure-static-website` also works if a policy forbids public containers. `directory` is a folder for GitHub Pages or any web server. `none` only verifies documents that are published by other means.",options:["azure-blob","azure-static-website","directory","none"],default:"azure-blob"}),"storage-account":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the storage account. Required with `azure-blob` and `azure-static-website`."},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStorageAccount */ .M9),container:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Name of the blob container, with `azure-blob`.",default:"oidc"},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseContainer */ .NJ),path:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"With `directory`, the folder for the documents, relative to the workspace. Required with `directory`. With the Azure stores, an optional prefix inside the container."}),"resource-group":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Resource group of the storage account. If set, the account and the container are created or checked through Azure Resource Manager. Otherwise, both must exist."}),location:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Azure region of a new storage account. Defaults to the region of `resource-group`."}),"create-storage-account":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .flag */ .Jt)({description:"Whether to create the storage account in `resource-group` if it does not exist.",default:"true"}),"storage-account-key":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Key of the storage account, used instead of the job's sign-in. We recommend signing in and disabling shared keys.",secret:!0}),"storage-connection-string":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)({description:"Connection string of the storage account, used instead of the job's sign-in.",secret:!0}),"issuer-url":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .input */ .hF)({description:"Issuer URL, exactly as in tokens and federated credentials. Required with `directory` and `none`. Defaults to the issuer in the existing discovery document, otherwise to the storage URL with a trailing slash."},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_2__/* .parseIssuerUrl */ .uY),"prune-after":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"How long to keep the keys that this run publishes, for example, `6h`. Later runs remove expired keys. Publishing a key again extends its lifetime. By default, keys stay until they are listed in `retire-key-ids`."}),"on-exit":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .choice */ .Yq)({description:"What to do with the keys that this run added when the job ends: `keep` them, or `retire` them, so that many jobs can share one issuer.",options:["keep","retire"],default:"keep"}),"propagation-timeout":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_3__/* .duration */ .p0)({description:"Maximum time to wait for role assignments and public access to take effect, and for the documents to appear. Role assignments can take ten minutes.",default:"5m"}),..._chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_1__/* .azureInputs */ .R},outputs:{"issuer-url":{description:"Issuer URL, exactly as the cluster and the federated credentials must use it."},"discovery-url":{description:"URL of the discovery document."},"jwks-url":{description:"URL of the JWKS."},"key-ids":{description:"Key IDs of all published keys as a JSON array, in the order of the JWKS."},changed:{description:"`true` if this run changed a document, otherwise `false`."}}};


/***/ }),

/***/ 5113:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QK: () => (/* binding */ formatSubject),
/* harmony export */   YA: () => (/* binding */ parseServiceAccount),
/* harmony export */   g$: () => (/* binding */ clusterInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1148);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var clusterInputs={kubeconfig:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Kubeconfig file of the cluster. Defaults to the files in `KUBECONFIG`, otherwise to `~/.kube/config`."}),context:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Context in the kubeconfig. Defaults to its current context."})};function parseServiceAccount(line){let[,namespace,name]=/^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(line)??[];if(namespace===void 0||name===void 0)throw new Error(`write the service account as namespace/name in lowercase, not "${line}"`);return{namespace,name}}function formatSubject({namespace,name}){return`system:serviceaccount:${namespace}:${name}`}


/***/ }),

/***/ 9987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ definition)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_GRVUKB45_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2194);
/* harmony import */ var _chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5113);
/* harmony import */ var _chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9472);
/* harmony import */ var _chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(392);
/* harmony import */ var _chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(11);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1148);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
function parseAudience(value){if(/\s/.test(value))throw new Error("write exactly one audience, without white space");if(value.length>600)throw new Error("write at most 600 characters");let known=/^api:\/\/AzureADTokenExchange(USGov|China)?$/i.exec(value),exact=["api://AzureADTokenExchange","api://AzureADTokenExchangeUSGov","api://AzureADTokenExchangeChina"];if(known&&!exact.includes(value)){let meant=exact.find(candidate=>candidate.toLowerCase()===value.toLowerCase());throw new Error(`write ${meant}: upper and lower case count`)}return value}var definition={name:"federate-app",title:"Federate an Entra application with Kubernetes",description:"Brings an application or a managed identity of Entra ID to the state that workloads of a Kubernetes cluster need: federated credentials, roles, annotated service accounts. A second run changes nothing.",branding:{icon:"user-check",color:"purple"},inputs:{identity:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .choice */ .Yq)({description:"What the workloads sign in as: `application` or `managed-identity` (user-assigned).",options:["application","managed-identity"],default:"application"}),name:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Name of the identity, created where it is absent. An application is known by it as its `uniqueName`, never by its display name."}),"client-id":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Client id of an existing identity, instead of a name. The identity itself is left as it is."}),"display-name":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Display name of the application. Default: its name."}),"identifier-uris":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)({description:"Application ID URIs, one a line. Default: `api://<name>`; `none` where the tenant does not allow such."}),"deleted-application":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .choice */ .Yq)({description:"What to do where a deleted application still holds the name: `fail`, `restore` it, or `purge` it for good.",options:["fail","restore","purge"],default:"fail"}),"resource-group":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Resource group of the managed identity, and of a key vault that is given by name only."}),location:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Region of a new managed identity. Default: its resource group's."}),"issuer-url":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .input */ .hF)({description:"Issuer of the cluster, byte for byte as in its tokens: a slash at its end counts.",required:!0},_chunk_OHKVCWXM_js__WEBPACK_IMPORTED_MODULE_5__/* .parseIssuerUrl */ .uY),"service-accounts":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)({description:"Service accounts that may use the identity, `namespace/name`, one a line."},_chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_2__/* .parseServiceAccount */ .YA),audience:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .input */ .hF)({description:"Audience of the exchanged tokens. Default: the one of the cloud, `api://AzureADTokenExchange` in the public one."},parseAudience),"prune-credentials":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .choice */ .Yq)({description:"Which federated credentials that this action once made for the same owner, and that are not wanted now, are removed: `none`, those of the `same-issuer`, or of `any-issuer`.",options:["none","same-issuer","any-issuer"],default:"none"}),owner:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .input */ .hF)({description:"Whose work the created objects are marked as. Default: the repository (`GITHUB_REPOSITORY`)."},_chunk_2ERNR7ZL_js__WEBPACK_IMPORTED_MODULE_3__/* .parseOwner */ .pZ),"role-assignments":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .lines */ .Mn)({description:"Roles for the identity, `role @ scope`, one a line. Role: a name or a GUID. Scope: `subscription`, `resource-group/<name>`, `key-vault/<name>` or a whole resource id."},_chunk_GRVUKB45_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRoleLine */ .YO),"key-vault":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Key vault whose secrets the identity may read (role Key Vault Secrets User): its name, its URL or its resource id."}),annotate:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .flag */ .Jt)({description:"Create namespaces and service accounts in the cluster and annotate them with client id and tenant. With `false` no cluster is needed.",default:"true"}),"token-expiration":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .duration */ .p0)({description:"How long the tokens of annotated service accounts live, `1h` to `24h`. Default: what the webhook gives, one hour."}),"on-exit":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .choice */ .Yq)({description:"What the post step does with what was made here: `keep` or `remove` credentials, role assignments and the identity itself. Only what carries the mark of this action and its owner is ever removed.",options:["keep","remove"],default:"keep"}),"sweep-older-than":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .duration */ .p0)({description:"Also remove what jobs with `on-exit: remove` that were cancelled left behind, when they began longer ago than this, such as `24h`; at least `6h`. Default: nothing is swept."}),plan:(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .flag */ .Jt)({description:"Only show what would change; nothing is written.",default:"false"}),"bicep-directory":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_6__/* .text */ .Qq)({description:"Also write the wanted state as Bicep into this folder, with the Microsoft Graph extension: with `plan: true` for an administrator to deploy where the job may not write to Entra."}),..._chunk_Z3PI3XO4_js__WEBPACK_IMPORTED_MODULE_4__/* .azureInputs */ .R,..._chunk_QWY2EVEL_js__WEBPACK_IMPORTED_MODULE_2__/* .clusterInputs */ .g$},outputs:{"bicep-file":{description:"Path of main.bicep, where bicep-directory is set."},"client-id":{description:"Client id of the identity, for the service account and the webhook."},"tenant-id":{description:"Tenant of the identity."},"object-id":{description:"Object id of the application, or resource id of the managed identity."},"principal-id":{description:"Object id of the service principal: what roles are assigned to."},"federated-credentials":{description:"The wanted credentials as JSON: `[{name, issuer, subject, audience, serviceAccount}]`."},changes:{description:"What was done, or with `plan` would be done, as JSON: `[{kind, name, action, differences, note}]`; actions are `create`, `update`, `delete`, `adopt` and `unchanged`."}}};


/***/ }),

/***/ 392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ azureInputs)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1148);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var azureInputs={"azure-environment":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"The cloud: `public`, `us-government`, `china`, or a JSON file of endpoints such as start-emulator writes.",default:"public"}),"azure-client-id":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Client id that the job itself signs in with, by GitHub's OIDC token. Without it: a federated token file in the environment, else the az CLI's session."}),"azure-tenant-id":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Tenant that the job signs in to. Default: AZURE_TENANT_ID."}),"azure-subscription-id":(0,_chunk_TBHFFSOL_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({description:"Subscription that resources are looked for and made in. Default: AZURE_SUBSCRIPTION_ID."})};


/***/ })

};
