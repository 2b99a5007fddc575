import { errorMessage } from '../errors/index.ts';
import { type Clock, retryAfterSeconds } from '../runtime/index.ts';

/** One refusal of Graph or Resource Manager, in the same shape whichever client reported it. */
export interface Refusal {
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** The service's own code, such as `Request_ResourceNotFound`; a system error's code where no answer came. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** The service refused a request that this project made without an SDK. */
export class AzureRequestError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'AzureRequestError';
    this.refusal = refusal;
  }
}

/** Reads the refusal out of a client's error: GraphError, RestError or AzureRequestError. Undefined for every other error. */
export function refusalOf(error: unknown, clock: Clock): Refusal | undefined {
  if (error instanceof AzureRequestError) return error.refusal;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'RestError') return fromRestError(error as RestErrorShape, clock);
  if (error instanceof Error && 'statusCode' in error && 'requestId' in error)
    return fromGraphError(error as unknown as GraphErrorShape, clock);
  return undefined;
}

interface RestErrorShape extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

function fromRestError(error: RestErrorShape, clock: Clock): Refusal {
  const header = (name: string) => error.response?.headers.get(name);
  return {
    status: error.statusCode ?? 0,
    code: error.code ?? '',
    message: firstLine(error.message),
    requestId: header('x-ms-request-id'),
    retryAfterSeconds: retryAfterSeconds(header('retry-after'), clock),
  };
}

interface GraphErrorShape extends Error {
  readonly statusCode: number;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly headers?: Headers;
}

function fromGraphError(error: GraphErrorShape, clock: Clock): Refusal {
  return {
    status: Math.max(0, error.statusCode),
    code: error.code ?? '',
    message: firstLine(errorMessage(error)) || `HTTP ${error.statusCode}`,
    requestId: error.requestId ?? error.headers?.get('request-id') ?? undefined,
    retryAfterSeconds: retryAfterSeconds(error.headers?.get('retry-after'), clock),
  };
}

// The SDKs add a dump of the response below the service's own sentence.
function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
