import { errorMessage } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';

/** Pauses between attempts, in seconds: the first comes soon, since most things take effect within seconds. */
const pauses = [1, 2, 4, 8, 15] as const;

/**
 * Tries until it succeeds, the refusal is for good, or the budget is used up; then throws the last error.
 * Unlike `retry` it may look at the rest of the chain to tell "not yet" from "never".
 */
export async function waitOut<T>(
  policy: {
    readonly what: string;
    readonly budgetSeconds: number;
    maySettle(error: unknown): Promise<boolean>;
  },
  deps: Pick<Deps, 'clock' | 'log'>,
  attempt: () => Promise<T>,
): Promise<{ readonly value: T; readonly waitedSeconds: number }> {
  const started = deps.clock.now();
  for (let number = 0; ; number++) {
    try {
      return { value: await attempt(), waitedSeconds: number === 0 ? 0 : deps.clock.now() - started };
    } catch (error) {
      if (!(await policy.maySettle(error))) throw error;
      const waited = deps.clock.now() - started;
      const pause = pauses[Math.min(number, pauses.length - 1)] ?? 15;
      if (waited + pause > policy.budgetSeconds) throw error;
      const reason = errorMessage(error).split('\n', 1)[0]?.slice(0, 200) ?? '';
      deps.log.info(
        `waiting ${pause} s for ${policy.what} (${Math.round(waited)} of ${policy.budgetSeconds} s): ${reason}`,
      );
      await deps.clock.sleep(pause);
    }
  }
}
