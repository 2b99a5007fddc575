import { describe, expect, test } from '@jest/globals';
import { retry, retryAfterSeconds } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';

describe('retry', () => {
  test('pauses with doubling jittered delays, names what it waits for, and returns the first success', async () => {
    const clock = manualClock();
    const deps = testDeps({ clock });
    const result = await retry(
      { what: 'the role to take effect', budgetSeconds: 60, isTransient: () => true },
      { ...deps, random: () => 1 },
      async (number) => {
        if (number < 4) throw new Error('not yet');
        return number;
      },
    );
    expect(result).toBe(4);
    expect(clock.slept).toEqual([1, 2, 4]);
    expect(deps.lines[0]).toBe('info waiting 1.0 s for the role to take effect (0 of 60 s): not yet');
  });

  test('throws at once what is not transient, and the last error when the budget is used up', async () => {
    const clock = manualClock();
    const deps = testDeps({ clock });
    const policy = {
      what: 'it',
      budgetSeconds: 10,
      isTransient: (error: unknown) => String(error).includes('soon'),
    };
    await expect(retry(policy, deps, () => Promise.reject(new Error('never')))).rejects.toThrow('never');
    expect(clock.slept).toEqual([]);
    await expect(retry(policy, deps, () => Promise.reject(new Error('soon')))).rejects.toThrow('soon');
    expect(clock.slept.reduce((sum, slept) => sum + slept, 0)).toBeLessThanOrEqual(10);
  });

  test('follows the delay that the service asks for', async () => {
    const clock = manualClock();
    await retry(
      { what: 'it', budgetSeconds: 60, isTransient: () => ({ afterSeconds: 7 }) },
      testDeps({ clock }),
      async (number) => {
        if (number === 1) throw new Error('429');
      },
    );
    expect(clock.slept).toEqual([7]);
  });
});

test('Retry-After is read as seconds and as an HTTP date', () => {
  const clock = manualClock();
  expect(retryAfterSeconds('12', clock)).toBe(12);
  expect(retryAfterSeconds(new Date((clock.now() + 30) * 1000).toUTCString(), clock)).toBe(30);
  expect(retryAfterSeconds('later', clock)).toBeUndefined();
});
