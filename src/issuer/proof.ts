import type { Jwk } from '../keys/index.ts';
import { type Deps, type RetryPolicy, retry } from '../runtime/index.ts';
import { documentUrl, samePlace } from './address.ts';
import { type FetchedDocument, fetchAnonymously } from './fetching.ts';
import { IssuerVerificationError } from './issuer-verification-error.ts';

type ProofDeps = Pick<Deps, 'fetch' | 'clock' | 'log'>;

/** What must be true of an issuer, as a stranger sees it. */
export interface Expectation {
  readonly issuerUrl: string;
  /** Where the JWKS must be; undefined where any place on the issuer's origin will do. */
  readonly jwksUrl: string | undefined;
  /** Keys that must be published with these very numbers. */
  readonly present: readonly Jwk[];
  /** Key ids that must not be published any more. */
  readonly absent: readonly string[];
  /** How long to wait for what is known to pass, in seconds. */
  readonly patienceSeconds: number;
}

/** Reads a JWKS anonymously until it holds what it must. Returns the ids of all keys in it. Throws IssuerVerificationError. */
export async function proveJwks(
  url: string,
  expected: Expectation,
  deps: ProofDeps,
): Promise<readonly string[]> {
  return retry(policyFor('the JWKS', expected), deps, async () => {
    const document = await fetchAnonymously(url, deps);
    warnOfContentType(document, deps);
    return checkKeys(document, expected);
  });
}

/** Reads the discovery document anonymously until it is the issuer's. Returns its jwks_uri. Throws IssuerVerificationError. */
export async function proveDiscovery(expected: Expectation, deps: ProofDeps): Promise<string> {
  const url = documentUrl(expected.issuerUrl, 'discovery');
  return retry(policyFor('the discovery document', expected), deps, async () => {
    const document = await fetchAnonymously(url, deps);
    warnOfContentType(document, deps);
    return checkDiscovery(document, expected);
  });
}

function policyFor(what: string, expected: Expectation): RetryPolicy {
  return {
    what: `${what} of ${expected.issuerUrl}`,
    budgetSeconds: expected.patienceSeconds,
    maximumDelaySeconds: 5,
    isTransient: (error) => {
      if (!(error instanceof IssuerVerificationError) || error.mayPass === undefined) return false;
      const { what: cause, seconds, afterSeconds } = error.mayPass;
      return {
        what: cause,
        afterSeconds,
        budgetSeconds: Math.min(seconds ?? Number.POSITIVE_INFINITY, expected.patienceSeconds),
      };
    },
  };
}

const rewriteHint = 'Delete the document and run publish-issuer again, or set issuer-url to what it says.';

function checkDiscovery({ url, fields, cachedSeconds }: FetchedDocument, expected: Expectation): string {
  const { issuerUrl } = expected;
  const { issuer } = fields;
  if (typeof issuer !== 'string') throw invalid(url, 'it has no "issuer"');
  if (issuer !== issuerUrl) {
    const why = `its issuer is "${issuer}", not "${issuerUrl}"${age(cachedSeconds)}`;
    throw new IssuerVerificationError(url, 'issuer-mismatch', why, {
      hint: samePlace(issuer, issuerUrl)
        ? `The slash at the end counts. Use the same everywhere:\n  issuer-url: ${issuer}`
        : rewriteHint,
      ...(cachedSeconds !== undefined && {
        mayPass: { what: 'a cache on the way to forget the older document' },
      }),
    });
  }
  const jwksUri = checkJwksUri(url, fields.jwks_uri, expected);
  checkLists(url, fields);
  return jwksUri;
}

function checkLists(url: string, fields: FetchedDocument['fields']): void {
  const { id_token_signing_alg_values_supported: algorithms, authorization_endpoint: endpoint } = fields;
  for (const field of [
    'response_types_supported',
    'subject_types_supported',
    'id_token_signing_alg_values_supported',
  ]) {
    const values = fields[field];
    if (!Array.isArray(values) || values.length === 0)
      throw invalid(url, `its "${field}" is missing or empty`);
  }
  if (Array.isArray(algorithms) && !algorithms.includes('RS256'))
    throw invalid(url, `it lists ${algorithms.join(', ')} and not RS256`);
  if (endpoint === '') throw invalid(url, 'its "authorization_endpoint" is empty, which Entra ID refuses');
}

function invalid(url: string, why: string): IssuerVerificationError {
  return new IssuerVerificationError(url, 'discovery-invalid', why, { hint: rewriteHint });
}

function checkJwksUri(url: string, jwksUri: unknown, { issuerUrl, jwksUrl }: Expectation): string {
  const refuse = (why: string) =>
    new IssuerVerificationError(url, 'jwks-uri-invalid', why, {
      hint: `Its jwks_uri should be ${documentUrl(issuerUrl, 'jwks')}. A cluster's own document names an internal address: publish ours instead.`,
    });
  if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri))
    throw refuse(`its jwks_uri is ${JSON.stringify(jwksUri)}`);
  const parsed = new URL(jwksUri);
  if (parsed.origin !== new URL(issuerUrl).origin)
    throw refuse(`its jwks_uri ${jwksUri} is at another origin than the issuer`);
  if (parsed.pathname.includes('//')) throw refuse(`its jwks_uri ${jwksUri} has a double slash`);
  if (jwksUrl !== undefined && jwksUri !== jwksUrl) throw refuse(`its jwks_uri is ${jwksUri}`);
  return jwksUri;
}

function checkKeys(
  { url, fields, cachedSeconds }: FetchedDocument,
  expected: Expectation,
): readonly string[] {
  if (!Array.isArray(fields.keys)) {
    throw new IssuerVerificationError(url, 'jwks-invalid', 'it has no list "keys"', {
      hint: 'Delete the document and run publish-issuer again.',
    });
  }
  const keys = fields.keys as readonly (Readonly<Record<string, unknown>> | null)[];
  const stale = {
    hint: 'Run publish-issuer with the public key of the cluster. Behind a CDN, purge its cache.',
    mayPass: { what: 'the current JWKS to be served' },
  };
  for (const jwk of expected.present) {
    const served = keys.find((key) => key?.kid === jwk.kid);
    if (!served)
      throw new IssuerVerificationError(
        url,
        'key-not-published',
        `it has no key ${jwk.kid}${age(cachedSeconds)}`,
        stale,
      );
    if (served.n !== jwk.n || served.e !== jwk.e) {
      throw new IssuerVerificationError(
        url,
        'key-differs',
        `under the key id ${jwk.kid} it has another modulus or exponent`,
        {
          hint: 'Something else wrote that entry. Run publish-issuer with the public key; it puts the entry right.',
        },
      );
    }
  }
  for (const kid of expected.absent) {
    if (keys.some((key) => key?.kid === kid))
      throw new IssuerVerificationError(
        url,
        'key-still-published',
        `it still has the retired key ${kid}${age(cachedSeconds)}`,
        stale,
      );
  }
  return keys.map((key) => String(key?.kid));
}

function age(cachedSeconds: number | undefined): string {
  return cachedSeconds === undefined ? '' : ` (a cache has kept it for ${cachedSeconds} s)`;
}

function warnOfContentType({ url, contentType }: FetchedDocument, deps: ProofDeps): void {
  if (/^application\/([a-z-]+\+)?json\b/i.test(contentType)) return;
  deps.log.warning(
    `${url} is served as "${contentType}", not as application/json: Entra ID reads it all the same, other verifiers may not`,
  );
}
