import { describe, expect, test } from '@jest/globals';
import { type PollPolicy, type Probe, poll, retry, retryAfterSeconds } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';

/** Dependencies whose jitter always gives the longest pause. */
function setUp() {
  const clock = manualClock();
  const deps = testDeps({ clock });
  return { clock, lines: deps.lines, deps: { ...deps, random: () => 1 } };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('retry', () => {
  const policy = { what: 'the role to take effect', budgetSeconds: 60, isTransient: () => true };

  test('doubles its pauses and returns the first success', async () => {
    const { clock, deps } = setUp();
    const result = await retry(policy, deps, async (number) => {
      if (number < 4) throw new Error('not yet');
      return number;
    });
    expect(result).toBe(4);
    expect(clock.slept).toEqual([1, 2, 4]);
  });

  test('shortens a pause by at most half, at random', async () => {
    const { clock, deps } = setUp();
    await retry(policy, { ...deps, random: () => 0 }, async (number) => {
      if (number === 1) throw new Error('not yet');
    });
    expect(clock.slept).toEqual([0.5]);
  });

  test('logs what it waits for, how long it has waited, and why', async () => {
    const { lines, deps } = setUp();
    await retry(policy, deps, async (number) => {
      if (number < 3) throw new Error('not yet\nat line 2');
    });
    expect(lines).toEqual([
      'info Waiting for the role to take effect (0 of 60 s): not yet',
      'info Waiting for the role to take effect (1 of 60 s): not yet',
    ]);
  });

  test('throws an error at once if it is not transient', async () => {
    const { clock, deps } = setUp();
    const attempt = () => Promise.reject(new Error('never'));
    await expect(retry({ ...policy, isTransient: () => false }, deps, attempt)).rejects.toThrow('never');
    expect(clock.slept).toEqual([]);
  });

  test('throws the last error when the budget is used up', async () => {
    const { clock, deps } = setUp();
    let attempts = 0;
    const attempt = () => Promise.reject(new Error(`attempt ${++attempts}`));
    await expect(retry({ ...policy, budgetSeconds: 10 }, deps, attempt)).rejects.toThrow('attempt 4');
    expect(sum(clock.slept)).toBeLessThanOrEqual(10);
  });

  test('pauses as long as the service asks for', async () => {
    const { clock, deps } = setUp();
    await retry({ ...policy, isTransient: () => ({ afterSeconds: 7 }) }, deps, async (number) => {
      if (number === 1) throw new Error('429');
    });
    expect(clock.slept).toEqual([7]);
  });

  test('keeps its backoff if the service asks for no pause (Retry-After: 0)', async () => {
    const { clock, deps } = setUp();
    // At most twenty, so that a retry without pauses fails this test instead of never ending.
    const attempt = async (number: number) => {
      if (number < 20) throw new Error('429');
    };
    const zero = { ...policy, budgetSeconds: 15, isTransient: () => ({ afterSeconds: 0 }) };
    await expect(retry(zero, deps, attempt)).rejects.toThrow('429');
    expect(clock.slept).toEqual([1, 2, 4, 8]);
  });

  test('waits for an asynchronous verdict, which can name another reason and another budget', async () => {
    const { clock, lines, deps } = setUp();
    const isTransient = async () => ({ what: 'the token of the job', budgetSeconds: 2 });
    const attempt = () => Promise.reject(new Error('not yet'));
    await expect(retry({ ...policy, isTransient }, deps, attempt)).rejects.toThrow('not yet');
    expect(clock.slept).toEqual([1]);
    expect(lines).toEqual(['info Waiting for the token of the job (0 of 2 s): not yet']);
  });

  test('throws at once if an asynchronous verdict is false', async () => {
    const { clock, deps } = setUp();
    const attempt = () => Promise.reject(new Error('never'));
    await expect(retry({ ...policy, isTransient: async () => false }, deps, attempt)).rejects.toThrow();
    expect(clock.slept).toEqual([]);
  });
});

describe('poll', () => {
  const policy: PollPolicy = {
    what: 'the pod to start',
    budgetSeconds: 12,
    expired: (missing, seconds) => new Error(`gave up after ${seconds} s: ${missing}`),
  };

  test('returns the value of the first probe that is ready', async () => {
    const { clock, deps } = setUp();
    let probes = 0;
    const probe = async (): Promise<Probe<string>> =>
      ++probes < 4 ? { missing: 'no node' } : { ready: 'running' };
    expect(await poll(policy, deps, probe)).toBe('running');
    expect(clock.slept).toEqual([0.1, 0.2, 0.4]);
  });

  test('throws the error of its policy when the budget is used up, after a last probe at its end', async () => {
    const { clock, deps } = setUp();
    const polling = poll(policy, deps, async () => ({ missing: 'no node' }));
    await expect(polling).rejects.toThrow(/^gave up after 12(\.0+\d*)? s: no node$/);
    expect(sum(clock.slept)).toBeCloseTo(12);
  });

  test('logs what is missing every five seconds', async () => {
    const { lines, deps } = setUp();
    await poll(policy, deps, async () => ({ missing: 'no node' })).catch(() => undefined);
    expect(lines).toEqual([
      'info Waiting for the pod to start (5 of 12 s): no node',
      'info Waiting for the pod to start (10 of 12 s): no node',
    ]);
  });

  test('throws the error of a probe at once', async () => {
    const { clock, deps } = setUp();
    await expect(poll(policy, deps, () => Promise.reject(new Error('deleted')))).rejects.toThrow('deleted');
    expect(clock.slept).toEqual([]);
  });
});

describe('retryAfterSeconds', () => {
  const clock = manualClock();

  test('reads a number of seconds', () => {
    expect(retryAfterSeconds('12', clock)).toBe(12);
  });

  test('reads an HTTP date', () => {
    expect(retryAfterSeconds(new Date((clock.now() + 30) * 1000).toUTCString(), clock)).toBe(30);
  });

  test('returns undefined for anything else', () => {
    expect(retryAfterSeconds('later', clock)).toBeUndefined();
    expect(retryAfterSeconds(null, clock)).toBeUndefined();
  });
});
