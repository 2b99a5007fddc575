import { generateKeyPair, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { computeKeyId } from '../../src/keys/index.ts';
import type { Clock } from '../../src/runtime/index.ts';
import { parseJwtPart } from '../json.ts';

/** The caller that an access token identifies. */
export interface Caller {
  readonly clientId: string;
  /** Object ID of the service principal. */
  readonly principalId: string;
  readonly tenantId: string;
  readonly issuer: string;
}

/** Why a token is invalid. Every service words it differently. */
export type TokenFault = 'malformed' | 'signature' | 'audience' | 'expired';

/** Lifetime of access tokens, in seconds. */
export const accessTokenSeconds = 3599;

/** An RSA key pair that signs JWTs. */
export interface Signer {
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly publicKey: KeyObject;
  sign(claims: Readonly<Record<string, unknown>>): string;
}

/** Creates an RS256 signer with a new key. */
export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const kid = computeKeyId(publicKey);
  const header = encode({ typ: 'JWT', alg: 'RS256', kid });
  return {
    publicKey,
    jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e },
    sign: (claims) => {
      const content = `${header}.${encode(claims)}`;
      return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
    },
  };
}

/** Issues and checks access tokens. */
export class AccessTokens {
  readonly #signer: Signer;
  readonly #clock: Clock;
  readonly #tenantId: string;

  constructor(signer: Signer, clock: Clock, tenantId: string) {
    this.#signer = signer;
    this.#clock = clock;
    this.#tenantId = tenantId;
  }

  get jwk(): Signer['jwk'] {
    return this.#signer.jwk;
  }

  /**
   * Issues a v1 token, which Azure's own services use and Azurite requires.
   * `now` (in seconds) is for a reader with another clock.
   */
  issue(
    caller: { readonly clientId: string; readonly principalId: string },
    audience: string,
    now = this.#clock.now(),
  ): string {
    const second = Math.floor(now);
    return this.#signer.sign({
      aud: audience,
      iss: `https://sts.windows.net/${this.#tenantId}/`,
      iat: second,
      nbf: second,
      exp: second + accessTokenSeconds + 1,
      appid: caller.clientId,
      appidacr: '2',
      idp: `https://sts.windows.net/${this.#tenantId}/`,
      idtyp: 'app',
      oid: caller.principalId,
      sub: caller.principalId,
      tid: this.#tenantId,
      uti: randomUUID(),
      ver: '1.0',
    });
  }

  /** Returns the caller of a token for one of the audiences, or why the token is invalid. */
  check(token: string, audiences: readonly string[]): Caller | TokenFault {
    const [header, payload, signature, ...rest] = token.split('.');
    const claims = parseJwtPart(payload);
    if (!header || !claims || !signature || rest.length > 0) return 'malformed';
    const { aud, exp, nbf, appid, oid, tid, iss } = claims;
    const content = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', content, this.#signer.publicKey, Buffer.from(signature, 'base64url')))
      return 'signature';
    if (typeof aud !== 'string' || !audiences.includes(removeSlash(aud))) return 'audience';
    const now = this.#clock.now();
    if (Number(exp) <= now || Number(nbf) > now + 1) return 'expired';
    return { clientId: String(appid), principalId: String(oid), tenantId: String(tid), issuer: String(iss) };
  }
}

/**
 * Removes a trailing slash: `https://vault.azure.net/` and `https://vault.azure.net` are the same resource.
 */
export function removeSlash(audience: string): string {
  return audience.replace(/\/$/, '');
}

/** Returns the bearer token of an Authorization header. */
export function readBearerToken(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
