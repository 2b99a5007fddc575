import { createPublicKey, type KeyObject } from 'node:crypto';
import { request } from 'node:https';
import { errorMessage } from '../../src/errors/index.ts';
import type { Clock } from '../../src/runtime/index.ts';
import { isObject, parseJsonObject } from '../json.ts';
import { type Refusal, refusal } from './refusals.ts';

/** A key of a provider. */
export interface ProviderKey {
  readonly keyId: string | undefined;
  readonly thumbprint: string | undefined;
  readonly key: KeyObject;
}

/** Entra ID reads no more keys of a provider than this. */
const maximumKeys = 100;
const timeoutMilliseconds = 10_000;
const maximumBytes = 1024 * 1024;

/**
 * Fetches the documents of providers over the network, as Entra ID does, and caches the results, also
 * failures.
 */
export class IssuerDocuments {
  readonly #cache = new Map<
    string,
    { readonly until: number; readonly keys: readonly ProviderKey[] | Refusal }
  >();
  /** The running fetch and the one after it, by issuer. */
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<readonly ProviderKey[] | Refusal>>();
  readonly #authorities: readonly string[];
  readonly #clock: Clock;
  readonly #lifetimeSeconds: () => number;

  /** `authorities` are PEM certificates of the CAs that providers may use. */
  constructor(authorities: readonly string[], clock: Clock, lifetimeSeconds: () => number) {
    this.#authorities = authorities;
    this.#clock = clock;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  /** Returns the keys that an issuer publishes, or the refusal for its documents. */
  async getKeys(issuer: string): Promise<readonly ProviderKey[] | Refusal> {
    const now = this.#clock.now();
    const kept = this.#cache.get(issuer);
    if (kept && now < kept.until) return kept.keys;
    const keys = await this.#loadTogether(issuer);
    this.#cache.set(issuer, { until: now + this.#lifetimeSeconds(), keys });
    return keys;
  }

  /**
   * Shares a fetch between concurrent exchanges, but never one that began before the exchange: published keys
   * count at once.
   */
  #loadTogether(issuer: string): Promise<readonly ProviderKey[] | Refusal> {
    const waiting = this.#next.get(issuer);
    if (waiting) return waiting;
    const next = (this.#running.get(issuer) ?? Promise.resolve()).then(() => {
      this.#next.delete(issuer);
      const load = this.#load(issuer);
      this.#running.set(issuer, load);
      return load;
    });
    this.#next.set(issuer, next);
    return next;
  }

  async #load(issuer: string): Promise<readonly ProviderKey[] | Refusal> {
    // A trailing slash belongs to the issuer, not to the path.
    const discovery = await this.#fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if ('code' in discovery) return discovery;
    const document = parseJsonObject(discovery.body);
    if (!document) return refusal(501661, {}, `${discovery.url} is not a JSON object`);
    for (const field of ['issuer', 'jwks_uri'] as const) {
      if (typeof document[field] !== 'string' || document[field] === '') return refusal(70024, { field });
    }
    for (const field of ['authorization_endpoint', 'subject_types_supported'] as const) {
      const value = document[field];
      if (value === '' || (Array.isArray(value) && value.length === 0))
        return refusal(501661, {}, `"${field}" in ${discovery.url} is empty: remove it instead`);
    }
    if (document.issuer !== issuer)
      return refusal(
        501661,
        {},
        `"issuer" in ${discovery.url} is '${document.issuer}', the token has '${issuer}'`,
      );
    const keySet = await this.#fetch(String(document.jwks_uri));
    if ('code' in keySet) return keySet;
    const keys = parseJsonObject(keySet.body)?.keys;
    if (!Array.isArray(keys)) return refusal(900612, {}, `${keySet.url} has no "keys"`);
    return readKeys(keys, keySet.url);
  }

  async #fetch(url: string): Promise<{ readonly url: string; readonly body: string } | Refusal> {
    try {
      return { url, body: await get(url, this.#authorities) };
    } catch (error) {
      return refusal(501661, {}, `${url}: ${errorMessage(error)}`);
    }
  }
}

function readKeys(keys: readonly unknown[], url: string): readonly ProviderKey[] | Refusal {
  const read: ProviderKey[] = [];
  for (const key of keys.slice(0, maximumKeys)) {
    if (!isObject(key)) return refusal(900612, {}, `${url} has a key that is not an object`);
    if (key.kty !== 'RSA' || (key.use !== undefined && key.use !== 'sig')) continue;
    try {
      read.push({
        keyId: typeof key.kid === 'string' ? key.kid : undefined,
        thumbprint: typeof key.x5t === 'string' ? key.x5t : undefined,
        key: createPublicKey({ format: 'jwk', key }),
      });
    } catch (error) {
      return refusal(900612, {}, `${url} has an unreadable key: ${errorMessage(error)}`);
    }
  }
  return read;
}

function get(url: string, ca: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!url.startsWith('https://')) throw new Error('the URL must use https');
    const outgoing = request(
      url,
      // Connections are not reused: the provider may have stopped by the next exchange.
      { agent: false, ca: [...ca], headers: { accept: 'application/json' }, timeout: timeoutMilliseconds },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > maximumBytes) outgoing.destroy(new Error(`more than ${maximumBytes} bytes`));
        });
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
          else reject(new Error(`HTTP ${response.statusCode}`));
        });
      },
    );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`no answer within ${timeoutMilliseconds / 1000} s`)),
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
