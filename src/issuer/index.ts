export { documentPaths, documentUrl, parseIssuerUrl, samePlace } from './address.ts';
export { definition } from './definition.ts';
export { type Discovery, discoveryOf, type PublishedJwk, parseJwks, renderDocument } from './documents.ts';
export { type FetchedDocument, fetchAsStranger } from './fetching.ts';
export { type Expectation, proveDiscovery, proveJwks } from './proof.ts';
export { cleanUp, run } from './run.ts';
export { Unproven } from './unproven.ts';
