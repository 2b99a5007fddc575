import { createHash, type KeyObject } from 'node:crypto';
import { FederationError } from '../errors/index.ts';

/** The smallest RSA key, in bits, that both Entra ID and kube-apiserver accept. */
export const minimumModulusLength = 2048;

/**
 * Computes the key ID that Kubernetes puts into the header of every token it signs: base64url of the SHA-256
 * of the public key's SPKI DER. It is not an RFC 7638 thumbprint, so a JWKS with key IDs from a JOSE library
 * matches no Kubernetes token.
 */
export function computeKeyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
}

/** Returns the size of an RSA key in bits. */
export function getModulusLength(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

/**
 * Checks that Entra ID can verify tokens signed with this key. It documents RS256 only: RSA with at least
 * 2048 bits. kube-apiserver also signs with EC keys, and Entra ID would then reject the tokens long after the
 * mistake.
 * `what` names the key in the message. Throws FederationError `key-unsuitable`.
 */
export function assertSuitable(key: KeyObject, what: string): void {
  const refuse = (problem: string) => new FederationError('key-unsuitable', { key: what, problem });
  const type = key.asymmetricKeyType ?? 'secret';
  if (type !== 'rsa') throw refuse(`expected an RSA key, found the type ${type}`);
  const bits = getModulusLength(key);
  if (bits < minimumModulusLength)
    throw refuse(`expected at least ${minimumModulusLength} bits, found ${bits}`);
}

/**
 * Checks that the numbers of an RSA private key belong together. OpenSSL reads a damaged key without an
 * error, and kube-apiserver then fails to start. `what` names the key in the message. Throws FederationError
 * `key-inconsistent`.
 */
export function assertConsistent(privateKey: KeyObject, what: string): void {
  const jwk = privateKey.export({ format: 'jwk' });
  const number = (field: 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi') =>
    BigInt(`0x0${Buffer.from(jwk[field] ?? '', 'base64url').toString('hex')}`);
  const [n, e, d, p, q] = [number('n'), number('e'), number('d'), number('p'), number('q')];
  const isConsistent =
    p > 1n &&
    q > 1n &&
    p * q === n &&
    (d * e) % (p - 1n) === 1n &&
    (d * e) % (q - 1n) === 1n &&
    number('dp') === d % (p - 1n) &&
    number('dq') === d % (q - 1n) &&
    (number('qi') * q) % p === 1n;
  if (!isConsistent) throw new FederationError('key-inconsistent', { key: what });
}
