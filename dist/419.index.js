export const id = 419;
export const ids = [419];
export const modules = {

/***/ 5419:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   store: () => (/* binding */ store)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2368);
/* harmony import */ var _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4503);
/* harmony import */ var _chunk_BCRLMT6R_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2488);
/* harmony import */ var _chunk_O35QSLTN_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3461);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6760);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7030);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8161);
const require=(0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var Held=class extends Error{};async function holding(name,work){let address=addressOf(name);if(address===void 0)return work();let server=await listen(address);try{return await work()}finally{await new Promise(resolve2=>server.close(resolve2))}}function addressOf(name){let digest2=(0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.createHash)("sha256").update(name).digest("hex").slice(0,32);if((0,node_os__WEBPACK_IMPORTED_MODULE_9__.platform)()==="linux")return`\0entra-kubernetes-federation/${digest2}`;if((0,node_os__WEBPACK_IMPORTED_MODULE_9__.platform)()==="win32")return`\\\\.\\pipe\\entra-kubernetes-federation-${digest2}`}function listen(address){return new Promise((resolve2,reject)=>{let server=(0,node_net__WEBPACK_IMPORTED_MODULE_8__.createServer)();server.once("error",error=>reject((0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_2__/* .codeOf */ .$N)(error)==="EADDRINUSE"?new Held("it is held"):error)),server.listen({path:address,exclusive:!0},()=>resolve2(server))})}var notesSuffix=".notes",partialSuffix=".partial",store={async prepare(inputs,deps){let location=(0,node_path__WEBPACK_IMPORTED_MODULE_7__.resolve)(deps.env.GITHUB_WORKSPACE??".",inputs.path??".");return await failing(`create the folder ${location}`,()=>(0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.mkdir)(location,{recursive:!0})),{issuerUrl:void 0,location:await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.realpath)(location),isNew:!1}},async open({location}){return directoryStore(location)}};function directoryStore(folder){let fileOf=name=>(0,node_path__WEBPACK_IMPORTED_MODULE_7__.join)(folder,_chunk_5ZKMJZJW_js__WEBPACK_IMPORTED_MODULE_1__/* .documentPaths */ .Mx[name]);return{description:`the folder ${folder}`,isOnTheWeb:!1,read:name=>failing(`read ${fileOf(name)}`,()=>readDocument(fileOf(name))),async write(name,document,replaces){let file=fileOf(name);try{return await holding(file,async()=>{let stored=await readDocument(file);return stored?.version!==replaces?!1:(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.dirname)(file),{recursive:!0}),await removePartials(file),document.notes!==""&&await replace(`${file}${notesSuffix}`,notesOf(stored,document)),await replace(file,document.text),!0)})}catch(error){if(error instanceof Held)return!1;throw notWritten(`write ${file}`,error)}}}}async function readDocument(file){let text=await readIfThere(file);if(text===void 0)return;let lines=(await readIfThere(`${file}${notesSuffix}`)??"").trim().split(`
`),notes=(lines.findLast(candidate=>candidate.startsWith(digest(text)))??lines.at(-1)??"").split(" ",2)[1]??"";return{text,notes,version:digest(`${text}\0${notes}`),isServedRight:!0}}function notesOf(before,after){return[before,after].map(one=>one?`${digest(one.text)} ${one.notes}
`:"").join("")}function digest(text){return (0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.createHash)("sha256").update(text).digest("hex")}async function removePartials(file){let folder=(0,node_path__WEBPACK_IMPORTED_MODULE_7__.dirname)(file);for(let name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.readdir)(folder))name.startsWith(`${(0,node_path__WEBPACK_IMPORTED_MODULE_7__.basename)(file)}.`)&&name.endsWith(partialSuffix)&&await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_7__.join)(folder,name),{force:!0})}async function readIfThere(file){try{return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.readFile)(file,"utf8")}catch(error){if((0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_2__/* .codeOf */ .$N)(error)==="ENOENT")return;throw error}}async function replace(file,text){let partial=`${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_5__.randomUUID)()}${partialSuffix}`;try{let handle=await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.open)(partial,"wx",420);try{await handle.writeFile(text),await handle.sync()}finally{await handle.close()}await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rename)(partial,file)}finally{await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_6__.rm)(partial,{force:!0})}}async function failing(doing,work){try{return await work()}catch(error){throw notWritten(doing,error)}}function notWritten(doing,error){return new _chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_2__/* .FederationError */ .yP(`failed to ${doing}: ${(0,_chunk_K6MGW74P_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`,{code:"issuer-folder-unusable",hint:"`path` must be a folder that this job may write to.",cause:error})}


/***/ })

};
