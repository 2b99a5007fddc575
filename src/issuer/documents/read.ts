import { errorMessage } from '../../errors/index.ts';
import { type Deps, isCancelled, retryAfterSeconds } from '../../runtime/index.ts';
import { type Finding, IssuerVerificationError, reportError, reportRemark } from './finding.ts';

/** The text of a document and what is known of how it was served. */
export interface ServedDocument {
  readonly url: string;
  readonly text: string;
  /** Undefined for a document that did not come over the web. */
  readonly contentType?: string;
  /** Seconds for which a cache has kept it, if a cache says so. */
  readonly cachedSeconds?: number;
}

const requestSeconds = 15;
const maximumBytes = 1024 * 1024;

/**
 * Reads a published document as an anonymous client: without credentials, without following redirects, within
 * 15 s and up to 1 MB. Throws IssuerVerificationError.
 */
export async function readDocument(
  url: string,
  deps: Pick<Deps, 'fetch' | 'clock'>,
): Promise<ServedDocument> {
  let response: Response;
  let body: { readonly text: string; readonly isWhole: boolean };
  try {
    response = await deps.fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(requestSeconds * 1000),
    });
    body = await readUpTo(maximumBytes, response);
  } catch (error) {
    throw isCancelled(error) ? error : new IssuerVerificationError(explainFailure(url, error), error);
  }
  if (response.status !== 200)
    throw new IssuerVerificationError(explainStatus(url, response, body.text, deps));
  if (!body.isWhole)
    throw new IssuerVerificationError(reportError('document-too-large', { url, limit: '1 MB' }));
  const age = Number(response.headers.get('age') ?? Number.NaN);
  return {
    url,
    text: body.text,
    contentType: response.headers.get('content-type') ?? '',
    ...(Number.isFinite(age) && { cachedSeconds: age }),
  };
}

async function readUpTo(limit: number, { body }: Response) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limit) break;
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: length <= limit };
}

const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by a private CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown CA',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Explains why there was no answer. */
function explainFailure(url: string, error: unknown): Finding {
  const { host, hostname } = new URL(url);
  const causes = listCauses(error);
  const code = causes.map((cause) => cause.code).find((found) => typeof found === 'string') ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const mayPass = { what: `the name ${hostname} to appear in DNS`, seconds: 60 };
    return reportError('document-host-unknown', { url, host: hostname }, { mayPass });
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) {
    const problem = certificateProblems[code] ?? 'its TLS connection is not trusted';
    return reportError('issuer-tls-invalid', { url, problem: `${problem} (${code})` });
  }
  const isTimeout = causes.some(({ name }) => name === 'TimeoutError');
  const problem = isTimeout ? `no complete answer within ${requestSeconds} s` : errorMessage(error);
  return reportError('issuer-unreachable', { url, problem }, { mayPass: { what: `${host} to answer` } });
}

interface Cause {
  readonly name?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** Lists an error and its causes, with those of an AggregateError: one for each address that was tried. */
function listCauses(error: unknown): readonly Cause[] {
  if (typeof error !== 'object' || error === null) return [];
  const cause: Cause = error;
  return [cause, ...(cause.errors ?? []).flatMap(listCauses), ...listCauses(cause.cause)];
}

/** Explains an answer other than 200. Azure Storage gives its reason in a header or the body. */
function explainStatus(
  url: string,
  { status, headers }: Response,
  text: string,
  deps: Pick<Deps, 'clock'>,
): Finding {
  const reason = headers.get('x-ms-error-code') ?? /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '';
  const answer = `HTTP ${status}${reason === '' ? '' : ` ${reason}`}`;
  if (status >= 300 && status < 400)
    return reportError('issuer-redirects', { url, answer, location: headers.get('location') ?? 'nowhere' });
  if (reason === 'PublicAccessNotPermitted') {
    const mayPass = { what: 'public access to take effect', seconds: 60 };
    return reportError('public-access-forbidden', { action: `verify ${url}`, answer }, { mayPass });
  }
  if (status === 404) {
    const isContainer = reason === 'ResourceNotFound' || reason === 'ContainerNotFound';
    const code = isContainer ? 'storage-container-private' : 'document-missing';
    return reportError(code, { url, answer }, { mayPass: { what: 'the document to appear' } });
  }
  if (status === 403 && reason === 'AuthorizationFailure')
    return reportError('issuer-firewalled', { url, answer });
  if (status === 401 || status === 403) return reportError('issuer-not-public', { url, answer });
  if (status !== 429 && status < 500) return reportError('document-refused', { url, answer });
  const afterSeconds = retryAfterSeconds(headers.get('retry-after'), deps.clock);
  const mayPass = { what: `${new URL(url).host} to recover`, afterSeconds };
  return reportError('issuer-unavailable', { url, answer }, { mayPass });
}

/** Returns ` (cached for 55 s)` if a cache says how long it has kept the document. */
export function describeAge({ cachedSeconds }: ServedDocument): string {
  return cachedSeconds === undefined ? '' : ` (cached for ${cachedSeconds} s)`;
}

/** Judges how a document is served. */
export function judgeContentType({ url, contentType }: ServedDocument): readonly Finding[] {
  return contentType === undefined || /^application\/([a-z-]+\+)?json\b/i.test(contentType)
    ? []
    : [reportRemark('document-content-type', { url, contentType })];
}
