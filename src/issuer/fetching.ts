import { errorMessage } from '../errors/index.ts';
import { type Deps, isCancelled, retryAfterSeconds } from '../runtime/index.ts';
import { parseObject } from './documents.ts';
import { IssuerVerificationError } from './issuer-verification-error.ts';

/** A document as a stranger gets it. */
export interface FetchedDocument {
  readonly url: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly contentType: string;
  /** Seconds that a cache on the way says it has kept it; undefined where none says so. */
  readonly cachedSeconds: number | undefined;
}

const requestSeconds = 15;

/** Fetches a JSON document without any credentials and without following redirects. Throws IssuerVerificationError with the cause of what is wrong. */
export async function fetchAnonymously(
  url: string,
  deps: Pick<Deps, 'fetch' | 'clock'>,
): Promise<FetchedDocument> {
  let response: Response;
  let text: string;
  try {
    response = await deps.fetch(url, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(requestSeconds * 1000),
    });
    text = await response.text();
  } catch (error) {
    throw isCancelled(error) ? error : unreachable(url, error);
  }
  const refused = refusalOf(url, response, text, deps);
  if (refused) throw refused;
  const contentType = response.headers.get('content-type') ?? '';
  const fields = parseObject(text);
  if (fields === undefined) {
    const isPage = contentType.includes('html') || /^\s*<(!doctype|html)/i.test(text);
    throw new IssuerVerificationError(
      url,
      'document-not-json',
      isPage ? 'an HTML page came instead of JSON' : `this is not a JSON object: ${shown(text)}`,
      {
        hint: isPage
          ? 'Something in front of the store answers: a sign-in page, an error page or the index page of a single-page application.'
          : 'Delete the document and run this step again; it is then written anew.',
      },
    );
  }
  const age = Number(response.headers.get('age') ?? Number.NaN);
  return { url, fields, contentType, cachedSeconds: Number.isFinite(age) ? age : undefined };
}

const tlsFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from a private CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'no certificate authority that is known here vouches for its certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no certificate authority that is known here vouches for its certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function unreachable(url: string, error: unknown): IssuerVerificationError {
  const chain = causes(error);
  const code = chain.map((cause) => cause.code).find((found) => typeof found === 'string');
  const fault = code === undefined ? undefined : tlsFaults[code];
  if (fault !== undefined) {
    return new IssuerVerificationError(url, 'issuer-tls-invalid', `${fault} (${code})`, {
      hint: 'Entra ID reads the documents only from a server whose certificate a public CA signed.',
      cause: error,
    });
  }
  if (code === 'ENOTFOUND') {
    return new IssuerVerificationError(
      url,
      'issuer-unreachable',
      `the name ${new URL(url).hostname} does not exist in DNS`,
      {
        hint: 'Check the spelling of the storage account or of issuer-url.',
        mayPass: { what: `the name ${new URL(url).hostname} to appear in DNS`, seconds: 60 },
        cause: error,
      },
    );
  }
  const isTimeout = chain.some(({ name }) => name === 'TimeoutError');
  const why = isTimeout ? `no answer in ${requestSeconds} s` : errorMessage(error);
  return new IssuerVerificationError(url, 'issuer-unreachable', why, {
    hint: 'Entra ID has to reach this address from the internet.',
    mayPass: { what: `${new URL(url).host} to answer` },
    cause: error,
  });
}

interface Failure {
  readonly name?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** The error, what caused it and so on; those of an AggregateError (one for each address that was tried) as well. */
function causes(error: unknown): readonly Failure[] {
  if (typeof error !== 'object' || error === null) return [];
  const failure: Failure = error;
  return [failure, ...(failure.errors ?? []).flatMap(causes), ...causes(failure.cause)];
}

/** What an answer other than 200 means; Azure Storage says the reason in a header, other servers only by status. */
function refusalOf(
  url: string,
  response: Response,
  text: string,
  deps: Pick<Deps, 'clock'>,
): IssuerVerificationError | undefined {
  const { status, headers } = response;
  if (status === 200) return undefined;
  const reason = headers.get('x-ms-error-code') ?? /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '';
  const answer = `HTTP ${status}${reason === '' ? '' : ` ${reason}`}`;
  if (status >= 300 && status < 400) {
    return new IssuerVerificationError(
      url,
      'issuer-redirects',
      `${answer} to ${headers.get('location') ?? 'nowhere'}`,
      {
        hint: 'Entra ID needs the document itself at this address, without a redirect or a sign-in page.',
      },
    );
  }
  if (reason === 'PublicAccessNotPermitted') return accessForbidden(url, answer);
  if (status === 404) return missing(url, answer, reason);
  if (status === 401 || status === 403) return closed(url, answer, reason);
  const afterSeconds = retryAfterSeconds(headers.get('retry-after'), deps.clock);
  const passes = status === 429 || status >= 500;
  return new IssuerVerificationError(url, 'issuer-unavailable', answer, {
    fault: 'service',
    hint: 'The server of the issuer is in trouble; run the job again later.',
    ...(passes && { mayPass: { what: `${new URL(url).host} to recover`, afterSeconds } }),
  });
}

function accessForbidden(url: string, answer: string): IssuerVerificationError {
  const why = `${answer}: the storage account does not allow public access to blobs`;
  return new IssuerVerificationError(url, 'public-access-forbidden', why, {
    hint: 'Set allowBlobPublicAccess on the account:\n  az storage account update --name ACCOUNT --allow-blob-public-access true\nWhere policy forbids that, use\n  storage: azure-static-website',
    mayPass: { what: 'public access to take effect', seconds: 60 },
  });
}

function closed(url: string, answer: string, reason: string): IssuerVerificationError {
  if (reason === 'AuthorizationFailure') {
    const why = `${answer}: the network rules of the storage account keep strangers out`;
    return new IssuerVerificationError(url, 'issuer-firewalled', why, {
      hint: 'Entra ID reads the documents from the internet. Allow all networks:\n  az storage account update --name ACCOUNT --default-action Allow --public-network-access Enabled',
    });
  }
  return new IssuerVerificationError(url, 'issuer-not-public', `${answer}: it asks strangers to sign in`, {
    hint: 'The two documents must be readable by anybody; they hold public keys only.',
  });
}

function missing(url: string, answer: string, reason: string): IssuerVerificationError {
  const why: Readonly<Record<string, string>> = {
    BlobNotFound: 'the container is public, but it does not hold this document',
    ContainerNotFound: 'there is no such container',
    ResourceNotFound: 'the container is private, or there is none',
    WebContentNotFound: 'the static website does not hold this document',
  };
  return new IssuerVerificationError(
    url,
    'document-missing',
    `${answer}${why[reason] === undefined ? '' : `: ${why[reason]}`}`,
    {
      hint:
        reason === 'ResourceNotFound'
          ? "Set the container's public level to blob:\n  az storage container set-permission --name CONTAINER --account-name ACCOUNT --public-access blob\nor give resource-group, so that this step sets it."
          : 'Run publish-issuer, or copy the folder to the web server.',
      mayPass: { what: 'the document to appear' },
    },
  );
}

function shown(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
}
