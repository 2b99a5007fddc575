import { type Deps, type RetryPolicy, retry } from '../runtime/index.ts';
import { documentUrl } from './address.ts';
import {
  assertNoError,
  describeFinding,
  type ExpectedDiscovery,
  type ExpectedKeys,
  type Finding,
  getKeyId,
  IssuerVerificationError,
  judgeDiscovery,
  judgeKeySet,
  type Parsed,
  parseDiscovery,
  parseKeySet,
  readDocument,
  type ServedDocument,
} from './documents/index.ts';

type ReadBackDeps = Pick<Deps, 'fetch' | 'clock' | 'log'>;

/** What an anonymous client must find. */
export interface Expectation extends ExpectedDiscovery, ExpectedKeys {
  /** How long to wait for what is known to pass, in seconds. */
  readonly patienceSeconds: number;
}

/** Reads a JWKS until it contains what it must. Returns all key IDs. Throws IssuerVerificationError. */
export async function readBackJwks(
  url: string,
  expected: Expectation,
  deps: ReadBackDeps,
): Promise<readonly string[]> {
  const { keys } = await readBack(url, expected, deps, parseKeySet, judgeKeySet);
  return keys.map((key) => getKeyId(key) ?? '');
}

/** Reads the discovery document until it is right. Returns its jwks_uri. Throws IssuerVerificationError. */
export async function readBackDiscovery(expected: Expectation, deps: ReadBackDeps): Promise<string> {
  const url = documentUrl(expected.issuerUrl, 'discovery');
  return (await readBack(url, expected, deps, parseDiscovery, judgeDiscovery)).jwks_uri;
}

async function readBack<T>(
  url: string,
  expected: Expectation,
  deps: ReadBackDeps,
  parse: (served: ServedDocument) => Parsed<T>,
  judge: (document: Parsed<T>, expected: Expectation) => readonly Finding[],
): Promise<T> {
  return retry(createPolicy(url, expected), deps, async () => {
    const document = parse(await readDocument(url, deps));
    for (const remark of assertNoError(judge(document, expected))) deps.log.warning(describeFinding(remark));
    return document.content;
  });
}

function createPolicy(url: string, { patienceSeconds }: Expectation): RetryPolicy {
  return {
    what: url,
    budgetSeconds: patienceSeconds,
    maximumDelaySeconds: 5,
    isTransient: (error) => {
      const mayPass = error instanceof IssuerVerificationError ? error.finding.mayPass : undefined;
      if (mayPass === undefined) return false;
      const { what, seconds = patienceSeconds, afterSeconds } = mayPass;
      return { what, afterSeconds, budgetSeconds: Math.min(seconds, patienceSeconds) };
    },
  };
}
