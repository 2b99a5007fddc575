import { setTimeout } from 'node:timers/promises';
import { FederationError } from '../errors/index.ts';
import { type Clock, systemClock } from './deps.ts';

/** Returns the error with which everything that waits is rejected once the job is cancelled. */
export function cancelledBy(signal: string): FederationError {
  return new FederationError('cancelled', { signal });
}

/** Returns whether an error says that the job was cancelled. Then no time is left to clean up, which the post step does. */
export function isCancelled(error: unknown): boolean {
  return error instanceof FederationError && error.code === 'cancelled';
}

/** Returns the system clock, with a `sleep` that rejects with the reason of `cancellation` once that is aborted. */
export function cancellableClock(cancellation: AbortSignal): Clock {
  return {
    now: systemClock.now,
    sleep: async (seconds) => {
      cancellation.throwIfAborted();
      try {
        await setTimeout(seconds * 1000, undefined, { signal: cancellation });
      } catch {
        throw cancellation.reason;
      }
    },
  };
}

/** Returns a `fetch` that rejects with the reason of `cancellation` once that is aborted. */
export function cancellableFetch(fetch: typeof globalThis.fetch, cancellation: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [init.signal, cancellation] : [cancellation];
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
