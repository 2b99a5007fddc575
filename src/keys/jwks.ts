import type { KeyObject } from 'node:crypto';
import { assertSuitable, computeKeyId } from './rsa.ts';

/** A signing key as kube-apiserver publishes it. */
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

/**
 * Returns the JWK of an RSA public key, with the fields in the order of kube-apiserver and `azwi jwks`.
 * Throws FederationError `key-unsuitable`.
 */
export function toJwk(publicKey: KeyObject): Jwk {
  const kid = computeKeyId(publicKey);
  assertSuitable(publicKey, `the public key ${kid}`);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n, e };
}

/** Returns the JWKS of public keys in their order, without duplicates. */
export function toJwks(publicKeys: readonly KeyObject[]): Jwks {
  const byId = new Map(publicKeys.map((key) => toJwk(key)).map((jwk) => [jwk.kid, jwk] as const));
  return { keys: [...byId.values()] };
}

/** Renders a JWKS as a document, byte for byte as `azwi jwks` does. */
export function renderJwks(jwks: Jwks): string {
  return JSON.stringify(jwks, null, 2);
}
