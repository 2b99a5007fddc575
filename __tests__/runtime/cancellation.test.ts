import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cancellableClock, cancellableFetch, cancelledBy, isCancelled } from '../../src/runtime/index.ts';
import { serve } from '../support/workshop.ts';

let controller: AbortController;
let timer: NodeJS.Timeout;
beforeEach(() => {
  controller = new AbortController();
  timer = setTimeout(() => controller.abort(cancelledBy('SIGINT')), 100);
});
afterEach(() => clearTimeout(timer));

describe('cancellableClock', () => {
  test('stops sleeping when the job is cancelled, and does not sleep afterwards', async () => {
    const { sleep } = cancellableClock(controller.signal);
    await expect(sleep(3600)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(sleep(3600)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('cancellableFetch', () => {
  test('stops waiting for an answer when the job is cancelled', async () => {
    const silent = await serve(() => undefined);
    try {
      const asking = cancellableFetch(fetch, controller.signal)(silent.url);
      await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    } finally {
      await silent.close();
    }
  });
});

describe('isCancelled', () => {
  test('recognizes the reason of a cancelled job only', () => {
    expect(isCancelled(cancelledBy('SIGTERM'))).toBe(true);
    expect(isCancelled(Object.assign(new Error('cancelled'), { code: 'cancelled' }))).toBe(false);
  });
});
