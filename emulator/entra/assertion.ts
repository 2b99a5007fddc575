import { parseJwtPart } from '../json.ts';
import { type Refusal, refusal } from './refusals.ts';

/** A client assertion that is complete, but not verified yet. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly expires: number;
  readonly keyId: string | undefined;
  /** `x5t`, the SHA-1 thumbprint of a certificate, as an alternative to the key ID. */
  readonly thumbprint: string | undefined;
  readonly signedContent: Buffer;
  readonly signature: Buffer;
}

const types = ['JWT', 'http://openid.net/specs/jwt/1.0'];

/** Parses a JWT and checks what needs no directory: form, algorithm, type, key ID and claims. */
export function readAssertion(jwt: string): Assertion | Refusal {
  const [header, payload, signature, ...rest] = jwt.split('.');
  const head = parseJwtPart(header);
  const claims = parseJwtPart(payload);
  if (!head || !claims || !signature || rest.length > 0) return refusal(50027);
  if (head.alg !== 'RS256') return refusal(5002738, { alg: String(head.alg) });
  if (head.typ !== undefined && !types.includes(String(head.typ))) return refusal(5002727);
  if (!head.kid && !head.x5t && !head['x5t#S256']) return refusal(5002723);
  const { iss, sub, aud, exp, nbf, iat } = claims;
  for (const [field, value] of Object.entries({ iss, sub, aud, exp })) {
    if (value === undefined || value === '') return refusal(90014, { field });
  }
  const audiences = typeof aud === 'string' ? [aud] : aud;
  const isComplete = typeof iss === 'string' && typeof sub === 'string' && isTextList(audiences);
  if (!isComplete || typeof exp !== 'number') return refusal(50027);
  return {
    issuer: iss,
    subject: sub,
    audiences,
    notBefore: Number(nbf ?? iat ?? 0),
    expires: exp,
    keyId: typeof head.kid === 'string' ? head.kid : undefined,
    thumbprint: typeof head.x5t === 'string' ? head.x5t : undefined,
    signedContent: Buffer.from(`${header}.${payload}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}
