export { definition } from './definition.ts';
export { type Jwk, type Jwks, renderJwks, toJwk, toJwks } from './jwks.ts';
export { computeKeyId } from './kid.ts';
export { readPrivateKey, readPublicKeys } from './pem.ts';
export { cleanUp, run } from './run.ts';
