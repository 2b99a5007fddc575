export { definition } from './definition.ts';
export { type Jwk, type Jwks, jwkOf, jwksOf, renderJwks } from './jwks.ts';
export { keyIdOf } from './kid.ts';
export { readPrivateKey, readPublicKeys } from './pem.ts';
export { cleanUp, run } from './run.ts';
