export { buildDiscovery, renderDocument } from './build.ts';
export {
  assertNoError,
  describeFinding,
  type Finding,
  IssuerVerificationError,
  type LabelledText,
  reportError,
} from './finding.ts';
export { type ExpectedDiscovery, judgeDiscovery, listFields } from './judge-discovery.ts';
export { type ExpectedKeys, judgeKeySet, maximumKeys, type SigningKey } from './judge-keys.ts';
export { computePublishedKeyId } from './keys.ts';
export {
  type Discovery,
  findIssuer,
  getKeyId,
  type KeySet,
  type Parsed,
  type PublishedKey,
  parseDiscovery,
  parseKeySet,
} from './parse.ts';
export { readDocument, type ServedDocument } from './read.ts';
