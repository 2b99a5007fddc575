import type { KeyObject } from 'node:crypto';
import { FederationError } from '../errors/index.ts';

/** Fewest bits of an RSA key that Entra ID and kube-apiserver both take. */
export const minimumModulusLength = 2048;

/**
 * Throws unless tokens signed with this key are verifiable by Entra ID, which documents RS256 alone: RSA with 2048 bits at least.
 * kube-apiserver itself would also sign with EC keys, and the first refusal would then be Entra's, far away from its cause.
 * `what` names the key in the message. Throws FederationError `key-unsuitable`.
 */
export function assertSuitable(key: KeyObject, what: string): void {
  const refuse = (why: string) =>
    new FederationError(`failed to use ${what}: ${why}`, {
      code: 'key-unsuitable',
      hint: 'Entra ID verifies RS256 signatures only. Make a key with: openssl genrsa -out sa.key 2048',
    });
  const type = key.asymmetricKeyType;
  if (type !== 'rsa') throw refuse(`its type is ${type ?? 'secret'}, and only RSA keys sign RS256 tokens`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < minimumModulusLength)
    throw refuse(`it has ${bits} bits, and ${minimumModulusLength} is the least`);
}
