import type { Clock } from './clock.ts';
import { messageOf } from '../errors/error.ts';
import type { Log } from './log.ts';

export interface RetryPolicy {
  /** What is being waited for, as it reads in the log: `the role assignment to take effect`. */
  readonly what: string;
  /** No attempt starts later than this many seconds after the first. */
  readonly budgetSeconds: number;
  /** Upper bound of the first pause; doubles with each attempt up to `maximumDelaySeconds`. Default 1. */
  readonly firstDelaySeconds?: number;
  /** Default 15. */
  readonly maximumDelaySeconds?: number;
  /**
   * Whether this error is known to pass by itself; it may say more of it than `true`. Everything else is thrown at once.
   */
  isTransient(error: unknown): boolean | Transience;
}

/** What is known of one transient error. */
export interface Transience {
  /** What a Retry-After header asks for: wins over our own delay. */
  readonly afterSeconds?: number | undefined;
  /** What is being waited for, where one attempt can fail for several transient reasons. Default: the policy's. */
  readonly what?: string;
  /** How long this error is worth waiting for, counted from the first attempt. Default: the policy's. */
  readonly budgetSeconds?: number;
}

/** Runs `attempt` until it succeeds, fails for good, or the budget is used up; then throws the last error. Delays have full jitter. */
export async function retry<T>(
  policy: RetryPolicy,
  deps: { readonly clock: Clock; readonly log: Pick<Log, 'info'>; readonly random?: () => number },
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const started = deps.clock.now();
  const random = deps.random ?? Math.random;
  const maximum = policy.maximumDelaySeconds ?? 15;
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      const verdict = policy.isTransient(error);
      if (verdict === false) throw error;
      const ceiling = Math.min((policy.firstDelaySeconds ?? 1) * 2 ** (number - 1), maximum);
      const { afterSeconds, what, budgetSeconds } = { ...policy, ...(verdict === true ? {} : verdict) };
      const delay = afterSeconds ?? ceiling * (0.5 + random() / 2);
      const waited = deps.clock.now() - started;
      if (waited + delay > budgetSeconds) throw error;
      deps.log.info(
        `waiting ${delay.toFixed(1)} s for ${what} (${Math.round(waited)} of ${budgetSeconds} s): ${firstLine(messageOf(error))}`,
      );
      await deps.clock.sleep(delay);
    }
  }
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

/** Seconds that a Retry-After header asks for: a number of seconds or an HTTP date; undefined where it is absent or unreadable. */
export function retryAfterSeconds(header: string | null | undefined, clock: Clock): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date / 1000 - clock.now());
}
