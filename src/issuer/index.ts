export { documentPaths, documentUrl, parseIssuerUrl, samePlace } from './address.ts';
export { definition } from './definition.ts';
export { buildDiscovery, type Discovery, type PublishedJwk, parseJwks, renderDocument } from './documents.ts';
export { type FetchedDocument, fetchAnonymously } from './fetching.ts';
export { IssuerVerificationError } from './issuer-verification-error.ts';
export { type Expectation, proveDiscovery, proveJwks } from './proof.ts';
export { cleanUp, run } from './run.ts';
