export {
  type DocumentName,
  documentPaths,
  documentUrl,
  isSamePlace,
  parseIssuerUrl,
  removeTrailingSlash,
} from './address.ts';
export { cleanUp } from './clean-up.ts';
export { definition } from './definition.ts';
export * from './documents/index.ts';
export { run } from './run.ts';
