export const id = 312;
export const ids = [312];
export const modules = {

/***/ 3312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   store: () => (/* binding */ store)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _shared_runtime_lock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8562);
/* harmony import */ var _shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2192);
/* harmony import */ var _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4906);
/* harmony import */ var _shared_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1745);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6760);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var recordsSuffix=".records",partialSuffix=".partial",store={async prepare(inputs,deps){let location=(0,node_path__WEBPACK_IMPORTED_MODULE_7__.resolve)(deps.env.GITHUB_WORKSPACE??".",inputs.path??".");await attempt(`create the folder ${location}`,()=>(0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.mkdir)(location,{recursive:!0}));let place={location:await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.realpath)(location),isNew:!1};return{place,store:openFolder(place.location)}},async open({location}){return openFolder(location)}};function openFolder(folder){let locate=name=>(0,node_path__WEBPACK_IMPORTED_MODULE_7__.join)(folder,_shared_issuer_address_js__WEBPACK_IMPORTED_MODULE_2__/* .documentPaths */ .Mx[name]);return{description:`the folder ${folder}`,isOnTheWeb:!1,read:name=>attempt(`read ${locate(name)}`,()=>readDocument(locate(name))),write:(name,document,replaces)=>attempt(`write ${locate(name)}`,()=>writeDocument(locate(name),document,replaces))}}async function readDocument(file){let text=await readIfExists(file);if(text===void 0)return;let lines=(await readIfExists(`${file}${recordsSuffix}`)??"").trim().split(`
`),records=(lines.findLast(candidate=>candidate.startsWith(digest(text)))??lines.at(-1)??"").split(" ",2)[1]??"";return{text,records,version:digest(`${text}\0${records}`),hasRightHeaders:!0}}async function writeDocument(file,document,replaces){try{return await (0,_shared_runtime_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .holdLock */ .x)(file,async()=>{let stored=await readDocument(file);return stored?.version!==replaces?!1:(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.dirname)(file),{recursive:!0}),await removePartials(file),document.records!==""&&await replaceFile(`${file}${recordsSuffix}`,renderRecords(stored,document)),await replaceFile(file,document.text),!0)})}catch(error){if(error instanceof _shared_runtime_lock_js__WEBPACK_IMPORTED_MODULE_1__/* .LockHeldError */ .R)return!1;throw error}}function renderRecords(before,after){return[before,after].map(one=>one?`${digest(one.text)} ${one.records}
`:"").join("")}function digest(text){return (0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.createHash)("sha256").update(text).digest("hex")}async function removePartials(file){let folder=(0,node_path__WEBPACK_IMPORTED_MODULE_7__.dirname)(file);for(let name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.readdir)(folder))name.startsWith(`${(0,node_path__WEBPACK_IMPORTED_MODULE_7__.basename)(file)}.`)&&name.endsWith(partialSuffix)&&await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.join)(folder,name),{force:!0})}async function readIfExists(file){try{return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.readFile)(file,"utf8")}catch(error){if((0,_shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__/* .errorCode */ .CA)(error)==="ENOENT")return;throw error}}async function replaceFile(file,text){let partial=`${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.randomUUID)()}${partialSuffix}`;try{let handle=await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.open)(partial,"wx",420);try{await handle.writeFile(text),await handle.sync()}finally{await handle.close()}await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rename)(partial,file)}finally{await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rm)(partial,{force:!0})}}async function attempt(action,work){try{return await work()}catch(error){let values={action,problem:(0,_shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .gJ)(error)};throw new _shared_errors_catalogue_documents_js__WEBPACK_IMPORTED_MODULE_3__/* .FederationError */ .yP("issuer-folder-unusable",values,{cause:error})}}


/***/ })

};
