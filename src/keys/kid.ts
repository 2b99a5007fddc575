import { createHash, type KeyObject } from 'node:crypto';

/**
 * The key id that Kubernetes puts into the header of every token it signs: base64url of the SHA-256 of the public key's SPKI DER.
 * Not an RFC 7638 thumbprint: a JWKS whose ids come from a JOSE library matches no Kubernetes token.
 */
export function computeKeyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
}
