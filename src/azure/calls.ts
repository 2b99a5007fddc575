import { errorCode, FederationError } from '../errors/index.ts';
import { type Rule, ruleFor, type Service } from '../identity/rules.ts';
import { type Deps, retry } from '../runtime/index.ts';
import { type Refusal, refusalOf } from './refusals.ts';

/** What a call to Azure needs of the outside world. */
export type CallDeps = Pick<Deps, 'log' | 'clock'>;

export interface CallOptions {
  /** The request is about something that was made a moment ago: a 404 may only mean that a replica does not know it yet. */
  readonly afterCreation?: boolean;
  /** Waits no longer than this for what is known to pass. Default: as long as the rule of the refusal says. */
  readonly patienceSeconds?: number;
  /** A refusal that is final elsewhere and passes here, by the code of its rule. */
  readonly passing?: { readonly code: string; readonly what: string; readonly seconds: number };
}

/** One request to one service: retried while its refusal is known to pass, else reported at once in words of ours. */
export type Call = <T>(doing: string, attempt: () => Promise<T>, options?: CallOptions) => Promise<T>;

/**
 * Makes the `Call` of one service. `doing` reads as in `create the application "x"`. Throws FederationError with the code of the rule that fits.
 * Every request that goes through here is idempotent, so that one whose answer got lost may be sent again.
 */
export function callsTo(service: Service, deps: CallDeps): Call {
  return async (doing, attempt, options = {}) => {
    const ruleOf = (refusal: Refusal) => ruleFor(refusal, service, options.afterCreation ?? false);
    const policy = {
      what: doing,
      budgetSeconds: 0,
      isTransient: (error: unknown) => {
        const refusal = refusalOf(error, deps.clock);
        if (!refusal) return false;
        const rule = ruleOf(refusal);
        const passes = rule.passes ?? (options.passing?.code === rule.code ? options.passing : undefined);
        if (!passes) return false;
        return {
          what: passes.what,
          budgetSeconds: Math.min(passes.seconds, options.patienceSeconds ?? passes.seconds),
          afterSeconds: refusal.retryAfterSeconds,
        };
      },
    };
    try {
      return await retry(policy, deps, attempt);
    } catch (error) {
      const refusal = refusalOf(error, deps.clock);
      throw refusal ? explained(refusal, ruleOf(refusal), doing, service, error) : error;
    }
  };
}

function explained(refusal: Refusal, rule: Rule, doing: string, service: Service, cause: unknown): Error {
  const where = refusal.status === 0 ? 'no answer' : `HTTP ${refusal.status}`;
  const request = refusal.requestId ? `, request id ${refusal.requestId}` : '';
  const details = `${[service, where, refusal.code].filter((part) => part !== '').join(', ')}${request}`;
  return new FederationError(`failed to ${doing}: ${refusal.message} (${details})`, {
    code: rule.code,
    fault: rule.fault ?? 'user',
    ...(rule.hint !== undefined && { hint: rule.hint }),
    cause,
  });
}

/** The answer, or undefined where the service says that there is no such thing. */
export async function absentAsUndefined<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (errorCode(error) === 'not-found') return undefined;
    throw error;
  }
}
