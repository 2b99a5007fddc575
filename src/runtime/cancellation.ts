import { setTimeout } from 'node:timers/promises';
import { FederationError } from '../errors/index.ts';
import { type Clock, systemClock } from './deps.ts';

/** What everything that waits is rejected with once the job is cancelled. */
export function cancelledBy(signal: string): FederationError {
  return new FederationError('cancelled', { signal });
}

/** Whether an error says that the job was cancelled: no time is left to clean up in, and the post step does. */
export function isCancelled(error: unknown): boolean {
  return error instanceof FederationError && error.code === 'cancelled';
}

/** The system's clock, whose `sleep` ends with the reason of `cancellation` as soon as that comes. */
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

/** `fetch`, which ends with the reason of `cancellation` as soon as that comes. */
export function cancellableFetch(fetch: typeof globalThis.fetch, cancellation: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [init.signal, cancellation] : [cancellation];
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
