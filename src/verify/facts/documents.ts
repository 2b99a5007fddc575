import {
  type Discovery,
  documentUrl,
  type Finding,
  IssuerVerificationError,
  judgeDiscovery,
  type KeySet,
  type Parsed,
  parseDiscovery,
  parseKeySet,
  readDocument,
  type ServedDocument,
} from '../../issuer/index.ts';
import { type Deps, retry } from '../../runtime/index.ts';
import type { CheckFailedError } from '../refusals/check-failed-error.ts';
import { explainDocumentError, findFailure } from '../refusals/documents.ts';

type FetchDeps = Pick<Deps, 'fetch' | 'clock' | 'log'>;

/** The published discovery document, and what is wrong with it. */
export interface JudgedDiscovery extends Parsed<Discovery> {
  readonly findings: readonly Finding[];
  /** The failure for the first error among the findings. */
  readonly failure: CheckFailedError | undefined;
}

/** Fetches the published discovery document as an anonymous client. Throws CheckFailedError. */
export async function fetchDiscovery(issuerUrl: string, deps: FetchDeps): Promise<JudgedDiscovery> {
  const document = await fetchDocument(documentUrl(issuerUrl, 'discovery'), parseDiscovery, deps);
  const findings = judgeDiscovery(document, { issuerUrl, jwksUrl: undefined });
  return { ...document, findings, failure: findFailure(findings) };
}

/**
 * Fetches the published JWKS as an anonymous client. Throws CheckFailedError: the failure of the discovery
 * document if its `jwks_uri` cannot be used.
 */
export async function fetchKeys(
  { content, findings, failure }: JudgedDiscovery,
  deps: FetchDeps,
): Promise<Parsed<KeySet>> {
  if (findings.some(({ code }) => code === 'jwks-uri-invalid')) throw failure;
  return fetchDocument(content.jwks_uri, parseKeySet, deps);
}

// Only an outage of the host is waited for: everything else is what the check is to find.
async function fetchDocument<T>(
  url: string,
  parse: (served: ServedDocument) => T,
  deps: FetchDeps,
): Promise<T> {
  const policy = {
    what: `${url} to be served`,
    budgetSeconds: 10,
    isTransient: (error: unknown) => error instanceof IssuerVerificationError && error.fault === 'service',
  };
  try {
    return await retry(policy, deps, async () => parse(await readDocument(url, deps)));
  } catch (error) {
    throw explainDocumentError(error);
  }
}
