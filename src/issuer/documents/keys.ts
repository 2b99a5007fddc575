import { createPublicKey } from 'node:crypto';
import { computeKeyId } from '../../keys/index.ts';
import type { PublishedKey } from './parse.ts';

/**
 * Computes the ID that Kubernetes gives a published RSA key, from its numbers: leading zeros, padding and the
 * alphabet of base64 do not count. Undefined if modulus and exponent cannot be read. Two keys with the same
 * ID are the same key.
 */
export function computePublishedKeyId({ n, e }: PublishedKey): string | undefined {
  const [modulus, exponent] = [readNumber(n), readNumber(e)];
  if (modulus === undefined || exponent === undefined) return undefined;
  try {
    const key = { kty: 'RSA', n: encodeNumber(modulus), e: encodeNumber(exponent) };
    return computeKeyId(createPublicKey({ key, format: 'jwk' }));
  } catch {
    return undefined;
  }
}

const privateFields = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'];

/** Reports whether a published key contains its private part. */
export function hasPrivatePart(key: PublishedKey): boolean {
  return privateFields.some((field) => key[field] !== undefined);
}

// Node ignores characters that are not of the alphabet, and reads an empty text as the number 0.
function readNumber(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? undefined : bytes.subarray(first);
}

function encodeNumber(bytes: Buffer): string {
  return bytes.toString('base64url');
}
