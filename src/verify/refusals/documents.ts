import { errorCode, errorMessage } from '../../errors/index.ts';
import { CheckFailedError, type Diagnosis } from './check-failed-error.ts';

/** How a GET of a published document went wrong. */
export interface DocumentAnswer {
  readonly status: number;
  /** `x-ms-error-code`, or the code in Storage's XML body; empty elsewhere. */
  readonly errorCode: string;
}

interface Row {
  readonly status: number;
  /** Undefined fits every code. */
  readonly errorCode?: string;
  readonly code: string;
  readonly cause: string;
  readonly change: string;
}

// The first row that fits counts.
const answers: readonly Row[] = [
  {
    status: 409,
    errorCode: 'PublicAccessNotPermitted',
    code: 'storage-public-access-off',
    cause: 'the storage account forbids anonymous reads altogether',
    change:
      'Allow blob public access on the account (az storage account update --allow-blob-public-access true), or publish with storage: azure-static-website, which does not need it.',
  },
  {
    status: 404,
    errorCode: 'ResourceNotFound',
    code: 'storage-container-private',
    cause: 'the container does not exist, or strangers may not read it',
    change: 'Let publish-issuer make it, or set its public access level to Blob.',
  },
  {
    status: 404,
    code: 'document-missing',
    cause: 'there is no document at this address',
    change:
      'Run publish-issuer with this issuer-url, or correct issuer-url: host, container and path all count.',
  },
  {
    status: 403,
    code: 'document-forbidden',
    cause: 'strangers are refused: a firewall, a network rule or missing public access',
    change:
      'Open the host to all networks. Entra ID fetches the documents from the internet, without signing in.',
  },
  {
    status: 401,
    code: 'document-forbidden',
    cause: 'strangers are asked to sign in',
    change: 'Publish the documents where they can be read without signing in.',
  },
];

/** The diagnosis of a document that was not served with HTTP 200. */
export function refusedDocument(what: string, url: string, answer: DocumentAnswer): CheckFailedError {
  const row = answers.find(
    ({ status, errorCode }) =>
      status === answer.status && (errorCode === undefined || errorCode === answer.errorCode),
  ) ?? {
    code: answer.status >= 500 ? 'document-host-failing' : 'document-refused',
    cause: `its host answered HTTP ${answer.status}`,
    change: 'Open the address in a browser: it must answer 200 with the JSON document.',
  };
  return new CheckFailedError({
    code: row.code,
    cause: `${what} cannot be read: ${row.cause}`,
    change: row.change,
    answer: `HTTP ${answer.status}${answer.errorCode === '' ? '' : ` ${answer.errorCode}`} from ${url}`,
    fault: answer.status >= 500 ? 'service' : 'user',
  });
}

const connections: Readonly<Record<string, Pick<Diagnosis, 'code' | 'cause' | 'change'>>> = {
  ENOTFOUND: {
    code: 'document-host-unknown',
    cause: 'its host name does not exist',
    change: "Correct the host in issuer-url. A storage account's name stands at its beginning.",
  },
  EAI_AGAIN: {
    code: 'document-host-unknown',
    cause: 'its host name cannot be looked up',
    change: 'Correct the host in issuer-url, or see the DNS of this machine.',
  },
  ECONNREFUSED: {
    code: 'document-host-silent',
    cause: 'nothing listens at its address',
    change: 'Start the server of the documents, or correct the port in issuer-url.',
  },
};

/** The diagnosis of a document whose host could not be reached. */
export function unreachableDocument(what: string, url: string, error: unknown): CheckFailedError {
  // fetch says only that it failed; the reason is its cause.
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  const code = errorCode(cause) ?? errorCode(error) ?? '';
  const known = connections[code] ?? (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code) ? untrusted : silent);
  return new CheckFailedError({
    ...known,
    cause: `${what} cannot be read: ${known.cause}`,
    answer: `${errorMessage(error)} (${url})`,
    raised: error,
  });
}

const untrusted = {
  code: 'document-host-untrusted',
  cause: "its host's certificate is not trusted",
  change: 'Serve the documents with a certificate of a public CA for exactly this host name.',
};
const silent = {
  code: 'document-host-silent',
  cause: 'its host does not answer',
  change: 'See that the address is right and that the host is up and open to all networks.',
};
