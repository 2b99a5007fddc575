import type { KeyObject } from 'node:crypto';
import { computeKeyId } from './kid.ts';
import { assertSuitable } from './suitable.ts';

/** One signing key as kube-apiserver publishes it. */
export interface Jwk {
  readonly use: 'sig';
  readonly kty: 'RSA';
  readonly kid: string;
  readonly alg: 'RS256';
  /** Modulus, base64url. */
  readonly n: string;
  /** Public exponent, base64url. */
  readonly e: string;
}

export interface Jwks {
  readonly keys: readonly Jwk[];
}

/** The JWK of an RSA public key, fields in the order of kube-apiserver and `azwi jwks`. Throws FederationError `key-unsuitable`. */
export function toJwk(publicKey: KeyObject): Jwk {
  const kid = computeKeyId(publicKey);
  assertSuitable(publicKey, `the public key ${kid}`);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n, e };
}

/** The key set of several public keys, in their order; a key given twice is in it once. */
export function toJwks(publicKeys: readonly KeyObject[]): Jwks {
  const byId = new Map(publicKeys.map((key) => toJwk(key)).map((jwk) => [jwk.kid, jwk] as const));
  return { keys: [...byId.values()] };
}

/** The document text, byte for byte what `azwi jwks` writes. */
export function renderJwks(jwks: Jwks): string {
  return JSON.stringify(jwks, null, 2);
}
