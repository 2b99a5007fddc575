export { cacheRoots, findCached, storeInCache } from '../../runtime/tool-cache.ts';
