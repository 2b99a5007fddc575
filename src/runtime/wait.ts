import { errorMessage } from '../errors/index.ts';
import type { Clock, Log } from './deps.ts';

/** What every wait needs: the clock, a place for progress lines, and the random numbers of its jitter. */
export interface WaitDeps {
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
  /** Numbers from 0 (included) to 1. Defaults to `Math.random`. */
  readonly random?: () => number;
}

export interface WaitPolicy {
  /** What is being waited for, as it reads after "Waiting for": `the role assignment to take effect`. */
  readonly what: string;
  /** No attempt starts later than this many seconds after the first. */
  readonly budgetSeconds: number;
  /** Upper bound of the first pause; doubles with each attempt up to `maximumDelaySeconds`. */
  readonly firstDelaySeconds?: number;
  readonly maximumDelaySeconds?: number;
}

export interface RetryPolicy extends WaitPolicy {
  /** Whether this error is known to pass by itself, and what is known of it. Every other error is thrown at once. */
  isTransient(error: unknown): boolean | Transience | Promise<boolean | Transience>;
}

/** What is known of one transient error. */
export interface Transience {
  /** What a Retry-After header asks for. The pause is never shorter than the backoff, so that 0 does not spin. */
  readonly afterSeconds?: number | undefined;
  /** What is being waited for, if one attempt can fail for several transient reasons. Defaults to the policy's. */
  readonly what?: string;
  /** How long this error is worth waiting for, counted from the first attempt. Defaults to the policy's. */
  readonly budgetSeconds?: number;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or the budget is used up; then throws the last error. Pauses start at
 * 1 s and end at 15 s by default, with equal jitter. Logs one progress line per pause.
 */
export async function retry<T>(
  policy: RetryPolicy,
  deps: WaitDeps,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const started = deps.clock.now();
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      const verdict = await policy.isTransient(error);
      if (verdict === false) throw error;
      const { afterSeconds, what, budgetSeconds } = { ...policy, ...(verdict === true ? {} : verdict) };
      const pause = Math.max(
        afterSeconds ?? 0,
        backoff(number, { first: 1, maximum: 15, ...delays(policy) }, deps),
      );
      const waited = deps.clock.now() - started;
      if (waited + pause > budgetSeconds) throw error;
      deps.log.info(progressLine(what, waited, budgetSeconds, errorMessage(error)));
      await deps.clock.sleep(pause);
    }
  }
}

/** What a probe found: its value, or what is still missing. */
export type Probe<T> = { readonly ready: T } | { readonly missing: string };

export interface PollPolicy extends WaitPolicy {
  /** The error for when the budget is used up, with what was missing last and the seconds waited. */
  expired(missing: string, waitedSeconds: number): Error | Promise<Error>;
}

const reportEverySeconds = 5;

/**
 * Asks `probe` until it is ready; what it throws is thrown at once. Pauses start at 0.1 s and end at 0.5 s by default, with
 * equal jitter. Logs a progress line every five seconds. Throws what `expired` returns once the budget is used up.
 */
export async function poll<T>(
  policy: PollPolicy,
  deps: WaitDeps,
  probe: () => Promise<Probe<T>>,
): Promise<T> {
  const { what, budgetSeconds } = policy;
  const started = deps.clock.now();
  let reported = 0;
  for (let number = 1; ; number++) {
    const found = await probe();
    if ('ready' in found) return found.ready;
    const waited = deps.clock.now() - started;
    if (waited >= budgetSeconds) throw await policy.expired(found.missing, waited);
    if (waited - reported >= reportEverySeconds) {
      deps.log.info(progressLine(what, waited, budgetSeconds, found.missing));
      reported = waited;
    }
    // The last look is at the end of the budget, not a pause before it.
    const pause = backoff(number, { first: 0.1, maximum: 0.5, ...delays(policy) }, deps);
    await deps.clock.sleep(Math.min(pause, budgetSeconds - waited));
  }
}

interface Delays {
  readonly first: number;
  readonly maximum: number;
}

function delays({ firstDelaySeconds, maximumDelaySeconds }: WaitPolicy): Partial<Delays> {
  return {
    ...(firstDelaySeconds !== undefined && { first: firstDelaySeconds }),
    ...(maximumDelaySeconds !== undefined && { maximum: maximumDelaySeconds }),
  };
}

function backoff(number: number, { first, maximum }: Delays, { random = Math.random }: WaitDeps): number {
  return Math.min(first * 2 ** (number - 1), maximum) * (0.5 + random() / 2);
}

/** `Waiting for the role assignment to take effect (12 of 180 s): …`. */
function progressLine(what: string, waited: number, budgetSeconds: number, reason: string): string {
  const line = reason.split('\n', 1)[0] ?? '';
  const shown = line.length > 200 ? `${line.slice(0, 199)}…` : line;
  return `Waiting for ${what} (${Math.round(waited)} of ${Math.round(budgetSeconds)} s): ${shown}`;
}

/** Seconds that a Retry-After header asks for: a number of seconds or an HTTP date; undefined if it is absent or unreadable. */
export function retryAfterSeconds(header: string | null | undefined, clock: Clock): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date / 1000 - clock.now());
}
