import { createHash, generateKeyPair, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../src/runtime/deps.ts';
import { isObject } from '../http/exchange.ts';

/** Who an access token speaks for. */
export interface Caller {
  readonly clientId: string;
  /** Object id of the service principal. */
  readonly principalId: string;
  readonly tenantId: string;
  readonly issuer: string;
}

/** Why a token is not good; the services word it differently. */
export type TokenFault = 'malformed' | 'signature' | 'audience' | 'expired';

/** Lifetime of access tokens, in seconds. */
export const accessTokenSeconds = 3599;

/** A pair of RSA keys that signs JWTs, and its public half as a JWK. */
export interface Signer {
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly publicKey: KeyObject;
  sign(claims: Readonly<Record<string, unknown>>): string;
}

/** Makes an RS256 signer with a key of its own. */
export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
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

/** Issues and checks the access tokens of the emulated Entra. */
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
   * A token of the v1 form, which Azure's own services ask for and Azurite insists on.
   * `now` is only told where a reader goes by another clock.
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

  /** The caller of a token for one of these audiences, or what is wrong with it. */
  check(token: string, audiences: readonly string[]): Caller | TokenFault {
    const [header, payload, signature, ...rest] = token.split('.');
    if (!header || !payload || !signature || rest.length > 0) return 'malformed';
    let claims: unknown;
    try {
      claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    } catch {
      return 'malformed';
    }
    if (!isObject(claims)) return 'malformed';
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

/** `https://vault.azure.net/` and `https://vault.azure.net` are the same resource. */
export function removeSlash(audience: string): string {
  return audience.replace(/\/$/, '');
}

/** The token of an Authorization header. */
export function readBearerToken(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
