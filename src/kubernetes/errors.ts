import { ApiException } from '@kubernetes/client-node';
import { errorMessage } from '../errors/index.ts';

/** A refusal of the API server, from its Status object. */
export interface ApiRefusal {
  /** HTTP status. */
  readonly status: number;
  /**
   * `NotFound`, `AlreadyExists`, `Forbidden`, `Invalid`, `InternalError`; empty if the response was not a
   * Status.
   */
  readonly reason: string;
  readonly message: string;
}

/**
 * Returns the refusal of the API server behind an error, or undefined for other errors, such as a lost
 * connection.
 */
export function readApiRefusal(error: unknown): ApiRefusal | undefined {
  if (!(error instanceof ApiException)) return undefined;
  const { reason, message } = parseBody(error.body);
  return {
    status: error.code,
    reason: typeof reason === 'string' ? reason : '',
    message: typeof message === 'string' ? message : `HTTP ${error.code}`,
  };
}

/**
 * Returns the message of an error of a request to the cluster: the API server's own, without the client's
 * dump of headers.
 */
export function clusterErrorMessage(error: unknown): string {
  return readApiRefusal(error)?.message ?? errorMessage(error);
}

// Depending on the call, the client returns the body parsed or as text.
function parseBody(body: unknown): { readonly reason?: unknown; readonly message?: unknown } {
  if (typeof body !== 'string') return body ?? {};
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return { message: body };
  }
}
