import { type ErrorCode, type ErrorValues, errorCode, FederationError, fillIn } from '../errors/index.ts';
import { type Deps, retry } from '../runtime/index.ts';
import { type Refusal, readRefusal } from './refusals.ts';
import { findRule, type Passing, type RefusalCode, type Rule } from './rules/rule.ts';

/** What a call to Azure needs of the outside world. */
export type CallDeps = Pick<Deps, 'log' | 'clock'>;

export interface CallOptions {
  /** The request is about an object that was created a moment ago: not every replica may know it yet. */
  readonly afterCreation?: boolean;
  /** Longest wait for anything that is known to pass. Defaults to what the rule of the refusal says. */
  readonly patienceSeconds?: number;
  /** A refusal that is final elsewhere and passes here, by the code of its rule. */
  readonly passing?: Passing & { readonly code: ErrorCode };
}

/** Sends one request: retries while its refusal is known to pass, and throws FederationError with the code of its rule otherwise. */
export type Call = <T>(action: string, attempt: () => Promise<T>, options?: CallOptions) => Promise<T>;

/** How the refusals of one service are read. `CallOptions` are the defaults of its calls. */
export interface Service<Code extends ErrorCode = RefusalCode> extends CallOptions {
  /** As it reads in messages: `Microsoft Graph`. */
  readonly name: string;
  /** The first rule that fits decides. */
  readonly rules: readonly Rule<Code>[];
  /** What the texts of the rules need in addition to `action` and `answer`. */
  readonly values: Readonly<Record<Exclude<keyof ErrorValues<Code>, 'action' | 'answer'>, string>>;
}

/**
 * Returns the `Call` of one service. `action` reads as in `create the application "x"`. Every request that goes through here is
 * idempotent, so that one whose answer was lost may be sent again.
 */
export function createCall<Code extends ErrorCode>(service: Service<Code>, deps: CallDeps): Call {
  return async (action, attempt, options = {}) => {
    const { afterCreation = false, patienceSeconds, passing } = { ...service, ...options };
    const decide = (refusal: Refusal) => findRule(service.rules, refusal, afterCreation);
    const policy = {
      what: action,
      budgetSeconds: 0,
      isTransient: (error: unknown) => {
        const refusal = readRefusal(error, deps.clock);
        if (!refusal) return false;
        const rule = decide(refusal);
        const passes = rule.passes ?? (passing?.code === rule.code ? passing : undefined);
        if (!passes) return false;
        const seconds = passes.seconds ?? patienceSeconds ?? 0;
        return {
          what: fillIn(passes.what, service.values),
          budgetSeconds: Math.min(seconds, patienceSeconds ?? seconds),
          afterSeconds: refusal.retryAfterSeconds,
        };
      },
    };
    try {
      return await retry(policy, deps, attempt);
    } catch (error) {
      const refusal = readRefusal(error, deps.clock);
      if (!refusal) throw error;
      const values: Readonly<Record<string, string>> = {
        ...service.values,
        action,
        answer: describeAnswer(refusal, service.name),
      };
      throw new FederationError<ErrorCode>(decide(refusal).code, values as ErrorValues<ErrorCode>, {
        cause: error,
      });
    }
  };
}

/** `Short and stout. (Azure Resource Manager: HTTP 418 Teapot, request ID 4f…)`. */
function describeAnswer({ status, codes, message, requestId }: Refusal, service: string): string {
  const answer = [status === 0 ? 'no answer' : `HTTP ${status}`, ...codes.slice(0, 1)].join(' ');
  return `${message} (${service}: ${answer}${requestId === undefined ? '' : `, request ID ${requestId}`})`;
}

/** Returns the answer, or undefined if the service says that the object does not exist. */
export async function absentAsUndefined<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (errorCode(error) === 'not-found') return undefined;
    throw error;
  }
}
