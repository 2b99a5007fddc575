import { errorMessage, FederationError } from '../../errors/index.ts';
import { type Deps, retry, retryAfterSeconds } from '../../runtime/index.ts';
import { type Refusal, ruleFor, type Subject } from './rules.ts';

type CallDeps = Pick<Deps, 'log' | 'clock'>;

/** Sends one idempotent request: retried while its refusal is known to pass, else reported in words of ours. `doing` reads as in `create the container "x"`. */
export type Call = <T>(doing: string, attempt: () => Promise<T>) => Promise<T>;

/** Makes the `Call` for one storage account, with the longest wait in seconds. It throws FederationError with the code of the rule that fits. */
export function callsAbout(subject: Subject, patienceSeconds: number, deps: CallDeps): Call {
  return async (doing, attempt) => {
    const policy = {
      what: doing,
      budgetSeconds: patienceSeconds,
      isTransient: (error: unknown) => {
        const refusal = azureRefusal(error, deps);
        const passes = refusal && ruleFor(refusal, subject).passes;
        if (!refusal || !passes) return false;
        return {
          what: passes.what,
          budgetSeconds: Math.min(passes.seconds ?? Number.POSITIVE_INFINITY, patienceSeconds),
          afterSeconds: refusal.retryAfterSeconds,
        };
      },
    };
    try {
      return await retry(policy, deps, attempt);
    } catch (error) {
      const refusal = azureRefusal(error, deps);
      throw refusal ? explained(doing, refusal, subject, error) : error;
    }
  };
}

/** The refusal in an error of an Azure client; undefined for any other error. */
export function azureRefusal(error: unknown, deps: Pick<Deps, 'clock'>): Refusal | undefined {
  if (!(error instanceof Error) || error.name !== 'RestError') return undefined;
  const { statusCode, code, response, details, cause } = error as Error & {
    readonly statusCode?: number;
    readonly code?: string;
    readonly response?: { readonly headers: { get(name: string): string | undefined } };
    readonly details?: {
      readonly errorCode?: string;
      readonly code?: string;
      readonly error?: { readonly code?: string };
    };
  };
  const header = (name: string) => response?.headers.get(name);
  const connection = (cause as { readonly code?: string } | undefined)?.code;
  return {
    status: statusCode ?? 0,
    code:
      header('x-ms-error-code') ??
      details?.errorCode ??
      details?.error?.code ??
      details?.code ??
      connection ??
      code ??
      '',
    message: firstSentence(errorMessage(error)),
    requestId: header('x-ms-request-id'),
    retryAfterSeconds: retryAfterSeconds(header('retry-after'), deps.clock),
  };
}

function explained(doing: string, refusal: Refusal, subject: Subject, cause: unknown): FederationError {
  const { code, fault, hint } = ruleFor(refusal, subject);
  const answer = refusal.status === 0 ? 'no answer' : `HTTP ${refusal.status}`;
  const request = refusal.requestId === undefined ? '' : `, request id ${refusal.requestId}`;
  return new FederationError(
    `failed to ${doing}: ${refusal.message} (${answer}${refusal.code === '' ? '' : ` ${refusal.code}`}${request})`,
    { code, fault: fault ?? 'user', hint, cause },
  );
}

// Storage puts request id and time below its sentence; both are in the log already.
function firstSentence(message: string): string {
  return message.split('\n', 1)[0]?.trim() ?? message;
}
