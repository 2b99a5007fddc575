export { cleanUp } from './clean-up.ts';
export { definition } from './definition.ts';
export { readPrivateKeyFile, readPublicKeyFile } from './files.ts';
export { type Jwk, type Jwks, renderJwks, toJwk, toJwks } from './jwks.ts';
export { type PrivateKey, readPrivateKey, readPublicKeys } from './pem.ts';
export { assertSuitable, computeKeyId } from './rsa.ts';
export { run } from './run.ts';
