import { type Deps, retry } from '../../runtime/index.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { refusedDocument, unreachableDocument } from '../refusals/documents.ts';

/** The fields of a discovery document that Entra ID reads. They may hold anything until they are checked. */
export interface DiscoveryDocument {
  readonly url: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PublishedKey {
  readonly kid: string;
  readonly jwk: Readonly<Record<string, unknown>>;
}

export interface PublishedKeys {
  readonly url: string;
  readonly keys: readonly PublishedKey[];
}

type FetchDeps = Pick<Deps, 'fetch' | 'clock' | 'log'>;

/** Where the discovery document of an issuer is: a slash at the issuer's end is not doubled. */
export function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** Fetches the published discovery document as a stranger. Throws CheckFailedError where it cannot be read. */
export async function fetchDiscovery(issuer: string, deps: FetchDeps): Promise<DiscoveryDocument> {
  const url = discoveryUrlOf(issuer);
  return { url, fields: await fetchObject('the discovery document', url, deps) };
}

/** Fetches the published key set as a stranger. Throws CheckFailedError where it cannot be read or is none. */
export async function fetchKeys(url: string, deps: FetchDeps): Promise<PublishedKeys> {
  const { keys } = await fetchObject('the JWKS', url, deps);
  if (!Array.isArray(keys)) {
    throw new CheckFailedError({
      code: 'jwks-malformed',
      cause: 'the JWKS has no list of keys',
      change: 'Publish it anew with publish-issuer.',
      answer: url,
    });
  }
  return {
    url,
    keys: keys.map((jwk: Readonly<Record<string, unknown>>) => ({
      kid: typeof jwk?.kid === 'string' ? jwk.kid : '',
      jwk: jwk ?? {},
    })),
  };
}

async function fetchObject(
  what: string,
  url: string,
  deps: FetchDeps,
): Promise<Readonly<Record<string, unknown>>> {
  const body = await retry(
    {
      what: `${what} to be served`,
      budgetSeconds: 10,
      isTransient: (error) => error instanceof CheckFailedError && error.fault === 'service',
    },
    deps,
    () => fetchText(what, url, deps),
  );
  const parsed = parseObject(body);
  if (parsed === undefined) {
    throw new CheckFailedError({
      code: 'document-malformed',
      cause: `${what} is not a JSON object`,
      change: 'Publish it anew with publish-issuer; a page of a web server may stand in its place.',
      answer: `${url} begins with: ${body.slice(0, 60)}`,
    });
  }
  return parsed;
}

async function fetchText(what: string, url: string, deps: FetchDeps): Promise<string> {
  let response: Response;
  let body: string;
  try {
    response = await deps.fetch(url, { signal: AbortSignal.timeout(10_000), cache: 'no-store' });
    body = await response.text();
  } catch (error) {
    throw unreachableDocument(what, url, error);
  }
  if (response.ok) return body;
  const errorCode = response.headers.get('x-ms-error-code') ?? /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? '';
  throw refusedDocument(what, url, { status: response.status, errorCode });
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
