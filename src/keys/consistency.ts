import type { KeyObject } from 'node:crypto';
import { FederationError } from '../errors/index.ts';

/**
 * Throws unless the numbers of an RSA private key belong together. OpenSSL reads a damaged key without a word, and
 * kube-apiserver then refuses to start with it. `what` names the key. Throws FederationError `key-inconsistent`.
 */
export function assertConsistent(privateKey: KeyObject, what: string): void {
  const jwk = privateKey.export({ format: 'jwk' });
  const number = (field: 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi') =>
    BigInt(`0x0${Buffer.from(jwk[field] ?? '', 'base64url').toString('hex')}`);
  const [n, e, d, p, q] = [number('n'), number('e'), number('d'), number('p'), number('q')];
  const sound =
    p > 1n &&
    q > 1n &&
    p * q === n &&
    (d * e) % (p - 1n) === 1n &&
    (d * e) % (q - 1n) === 1n &&
    number('dp') === d % (p - 1n) &&
    number('dq') === d % (q - 1n) &&
    (number('qi') * q) % p === 1n;
  if (sound) return;
  throw new FederationError(
    `failed to use ${what}: its numbers contradict each other, so the key is damaged`,
    {
      code: 'key-inconsistent',
      hint: 'Restore it from its source, or leave private-key out to get a new pair. To look at it: openssl rsa -check -in sa.key',
    },
  );
}
