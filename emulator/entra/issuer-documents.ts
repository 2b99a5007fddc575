import { createPublicKey, type KeyObject } from 'node:crypto';
import { request } from 'node:https';
import type { Clock } from '../../src/runtime/deps.ts';
import { isObject } from '../http/exchange.ts';
import { type Refusal, refusal } from './refusals.ts';

/** One key of a provider. */
export interface ProviderKey {
  readonly keyId: string | undefined;
  readonly thumbprint: string | undefined;
  readonly key: KeyObject;
}

/** Entra reads no more than this many of a provider's keys. */
const maximumKeys = 100;
const timeoutMilliseconds = 10_000;
const maximumBytes = 1024 * 1024;

/** Fetches providers' documents over the network, as Entra does, and keeps what came of it for a while: failures too. */
export class IssuerDocuments {
  readonly #cache = new Map<
    string,
    { readonly until: number; readonly keys: readonly ProviderKey[] | Refusal }
  >();
  /** The fetch that is under way, and the one that begins when it ends, by issuer. */
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<readonly ProviderKey[] | Refusal>>();
  readonly #authorities: readonly string[];
  readonly #clock: Clock;
  readonly #lifetimeSeconds: () => number;

  /** `authorities`: PEM certificates of the CAs under which providers may be served. */
  constructor(authorities: readonly string[], clock: Clock, lifetimeSeconds: () => number) {
    this.#authorities = authorities;
    this.#clock = clock;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  /** The keys that an issuer publishes, or what is wrong with its documents. */
  async getKeys(issuer: string): Promise<readonly ProviderKey[] | Refusal> {
    const now = this.#clock.now();
    const kept = this.#cache.get(issuer);
    if (kept && now < kept.until) return kept.keys;
    const keys = await this.#loadTogether(issuer);
    this.#cache.set(issuer, { until: now + this.#lifetimeSeconds(), keys });
    return keys;
  }

  /** Exchanges at the same time share a fetch, but never one that began before they came: what is published counts at once. */
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
    // One slash at the end belongs to the issuer, not to the path below it.
    const discovery = await this.#fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if ('code' in discovery) return discovery;
    const document = parse(discovery.body);
    if (!document) return refusal(501661, {}, `${discovery.url} is not a JSON object`);
    for (const field of ['issuer', 'jwks_uri'] as const) {
      if (typeof document[field] !== 'string' || document[field] === '') return refusal(70024, { field });
    }
    for (const field of ['authorization_endpoint', 'subject_types_supported'] as const) {
      const value = document[field];
      if (value === '' || (Array.isArray(value) && value.length === 0))
        return refusal(501661, {}, `"${field}" in ${discovery.url} is empty: leave it out instead`);
    }
    if (document.issuer !== issuer)
      return refusal(
        501661,
        {},
        `"issuer" in ${discovery.url} is '${document.issuer}', the token has '${issuer}'`,
      );
    const keySet = await this.#fetch(String(document.jwks_uri));
    if ('code' in keySet) return keySet;
    const keys = parse(keySet.body)?.keys;
    if (!Array.isArray(keys)) return refusal(900612, {}, `${keySet.url} holds no "keys"`);
    return readKeys(keys, keySet.url);
  }

  async #fetch(url: string): Promise<{ readonly url: string; readonly body: string } | Refusal> {
    try {
      return { url, body: await get(url, this.#authorities) };
    } catch (error) {
      return refusal(501661, {}, `${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function readKeys(keys: readonly unknown[], url: string): readonly ProviderKey[] | Refusal {
  const read: ProviderKey[] = [];
  for (const key of keys.slice(0, maximumKeys)) {
    if (!isObject(key)) return refusal(900612, {}, `${url} holds a key that is no object`);
    if (key.kty !== 'RSA' || (key.use !== undefined && key.use !== 'sig')) continue;
    try {
      read.push({
        keyId: typeof key.kid === 'string' ? key.kid : undefined,
        thumbprint: typeof key.x5t === 'string' ? key.x5t : undefined,
        key: createPublicKey({ format: 'jwk', key }),
      });
    } catch (error) {
      return refusal(900612, {}, `${url} holds an unreadable key: ${String(error)}`);
    }
  }
  return read;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function get(url: string, ca: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!url.startsWith('https://')) throw new Error('the URL must use https');
    const outgoing = request(
      url,
      // No connection is kept: a provider may be gone by the next exchange.
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
