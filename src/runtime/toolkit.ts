// Named here and imported lazily as a whole, so that the build drops the rest of the package, such as its HTTP client.
export { cacheDir, extractTar, find } from '@actions/tool-cache';
