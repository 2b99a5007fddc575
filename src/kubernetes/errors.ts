import { ApiException } from '@kubernetes/client-node';
import { errorMessage } from '../errors/index.ts';

/** A refusal of the API server, as its Status object words it. */
export interface ApiRefusal {
  /** HTTP status. */
  readonly status: number;
  /** `NotFound`, `AlreadyExists`, `Forbidden`, `Invalid`, `InternalError`; empty where the answer was no Status. */
  readonly reason: string;
  readonly message: string;
}

/** What the API server answered, where `error` is its refusal; undefined for everything else, such as a broken connection. */
export function refusalOf(error: unknown): ApiRefusal | undefined {
  if (!(error instanceof ApiException)) return undefined;
  const status = parsedBody(error.body);
  return {
    status: error.code,
    reason: typeof status.reason === 'string' ? status.reason : '',
    message: typeof status.message === 'string' ? status.message : `HTTP ${error.code}`,
  };
}

/** The message of anything that a request to the cluster threw: the API server's own words, without the client's dump of headers. */
export function clusterErrorMessage(error: unknown): string {
  return refusalOf(error)?.message ?? errorMessage(error);
}

// Depending on the call the client hands over the body parsed or as it came.
function parsedBody(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string') return (body ?? {}) as Record<string, unknown>;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return { message: body };
  }
}
