import * as v from 'valibot';
import { errorCode, errorMessage } from '../errors/index.ts';
import { type Clock, retryAfterSeconds } from '../runtime/index.ts';

/** A request that a service of Azure rejected or did not answer, in the same shape for every service and client. */
export interface Refusal {
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;
  /**
   * The service's own code, such as `Request_ResourceNotFound`, then those of the details below it. If there was no answer, the
   * code of the system error.
   */
  readonly codes: readonly string[];
  /** The service's own words, in one line, with those of the details and the policy that it names. */
  readonly message: string;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** A service rejected a request that this project sent without an SDK. */
export class AzureRequestError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.message, { cause });
    this.name = 'AzureRequestError';
    this.refusal = refusal;
  }
}

/** Returns the answer of a service if it has the expected shape. Throws AzureRequestError otherwise. */
export function parseAnswer<S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const message = `unexpected answer: ${v.getDotPath(issue) ?? ''} ${issue.message}`;
  const refusal = { status: 200, codes: [], requestId: undefined, retryAfterSeconds: undefined };
  throw new AzureRequestError({ ...refusal, message });
}

/** Returns the refusal in a client's error: GraphError, RestError or AzureRequestError. Undefined for every other error. */
export function readRefusal(error: unknown, clock: Clock): Refusal | undefined {
  if (error instanceof AzureRequestError) return error.refusal;
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'RestError') return readRestError(error as RestErrorShape, clock);
  if ('statusCode' in error && 'requestId' in error)
    return readGraphError(error as unknown as GraphErrorShape, clock);
  return undefined;
}

/** Headers as fetch and as the SDKs have them. */
interface ReadableHeaders {
  get(name: string): string | null | undefined;
}

/** Returns the refusal in an answer of Azure Resource Manager, Microsoft Graph or Azure Storage. */
export function describeRefusal(
  answer: {
    readonly status: number;
    readonly headers: ReadableHeaders | undefined;
    /** The body; one that is not JSON says nothing. */
    readonly body: string | undefined;
    /** What is known in addition to the body. */
    readonly code?: string | undefined;
    readonly message?: string;
  },
  clock: Clock,
): Refusal {
  const { status, headers, body, message = `HTTP ${status}` } = answer;
  const service = readServiceError(body);
  const details = service?.details ?? [];
  const codes = [
    headers?.get('x-ms-error-code'),
    service?.code,
    answer.code,
    ...details.map(({ code }) => code),
  ].filter((code) => typeof code === 'string' && code !== '');
  const sentences = [
    getFirstLine(service?.message ?? message),
    ...details.map((detail) => getFirstLine(detail.message ?? '')),
    ...readPolicies(service),
  ];
  return {
    status: Math.max(0, status),
    codes: [...new Set(codes)] as string[],
    message: [...new Set(sentences)].filter((sentence) => sentence !== '').join(' '),
    requestId: headers?.get('x-ms-request-id') ?? headers?.get('request-id') ?? undefined,
    retryAfterSeconds: retryAfterSeconds(headers?.get('retry-after'), clock),
  };
}

interface RestErrorShape extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers: ReadableHeaders; readonly bodyAsText?: string | null };
}

function readRestError(error: RestErrorShape, clock: Clock): Refusal {
  const { statusCode = 0, response, cause } = error;
  return describeRefusal(
    {
      status: statusCode,
      headers: response?.headers,
      body: response?.bodyAsText ?? undefined,
      code: (statusCode === 0 ? errorCode(cause) : undefined) ?? error.code,
      message: errorMessage(error),
    },
    clock,
  );
}

interface GraphErrorShape extends Error {
  readonly statusCode: number;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly headers?: Headers;
  /** The service's error as JSON. */
  readonly body?: unknown;
}

function readGraphError(error: GraphErrorShape, clock: Clock): Refusal {
  const { statusCode, headers, body, code, requestId } = error;
  const message = errorMessage(error);
  const refusal = describeRefusal(
    {
      status: statusCode,
      headers,
      body: typeof body === 'string' ? body : undefined,
      code: code ?? undefined,
      ...(message !== '' && { message }),
    },
    clock,
  );
  return { ...refusal, requestId: requestId ?? refusal.requestId };
}

const text = v.fallback(v.optional(v.string()), undefined);
const serviceErrorSchema = v.object({
  code: text,
  message: text,
  details: v.fallback(v.optional(v.array(v.object({ code: text, message: text }))), undefined),
  additionalInfo: v.fallback(
    v.optional(
      v.array(
        v.object({
          info: v.fallback(
            v.optional(v.object({ policyAssignmentDisplayName: text, policyDefinitionDisplayName: text })),
            undefined,
          ),
        }),
      ),
    ),
    undefined,
  ),
});
type ServiceError = v.InferOutput<typeof serviceErrorSchema>;
const bodySchema = v.union([
  v.pipe(
    v.object({ error: serviceErrorSchema }),
    v.transform(({ error }) => error),
  ),
  serviceErrorSchema,
]);

function readServiceError(body: string | undefined): ServiceError | undefined {
  try {
    const parsed = v.safeParse(bodySchema, JSON.parse(body ?? ''));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // XML, HTML or nothing
  }
}

/** Azure Resource Manager names the policies that forbid a request next to the message. */
function readPolicies(error: ServiceError | undefined): readonly string[] {
  return (error?.additionalInfo ?? [])
    .map(({ info }) => info?.policyAssignmentDisplayName ?? info?.policyDefinitionDisplayName)
    .filter((name) => name !== undefined)
    .map((name) => `Policy: ${name}.`);
}

// The SDKs and Storage add a dump of the response, the request ID and the time below the service's own sentence.
function getFirstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
