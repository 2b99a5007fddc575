import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  cancellableClock,
  cancellableFetch,
  cancelledBy,
  createCommands,
  identifyProcess,
  isRunning,
  systemClock,
} from '../../src/runtime/index.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let controller: AbortController;
beforeEach(() => {
  shop = workshop();
  controller = new AbortController();
});
afterEach(() => shop.remove());

const cancelSoon = () => void setTimeout(() => controller.abort(cancelledBy('SIGINT')), 100);

describe('a cancelled job', () => {
  test('ends the program that runs and its children, also one that ignores SIGTERM', async () => {
    const { run } = createCommands({ PATH: process.env.PATH }, controller.signal);
    const program = shop.program(
      'stubborn',
      "(trap '' TERM; echo $(sh -c 'echo $PPID'); sleep 60; sleep 60) & wait",
    );
    const pids: number[] = [];
    const running = run(program, [], {
      onLine: (line) => {
        pids.push(Number(line));
        controller.abort(cancelledBy('SIGINT'));
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const child = await identifyProcess('child', pids[0] ?? 0);
    expect(pids).toHaveLength(1);
    expect(await isRunning(child)).toBe(false);
  });

  test('starts nothing more', async () => {
    controller.abort(cancelledBy('SIGINT'));
    await expect(createCommands({}, controller.signal).run('/bin/true', [])).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('does not sleep on', async () => {
    const clock = cancellableClock(controller.signal);
    const begun = systemClock.now();
    cancelSoon();
    await expect(clock.sleep(60)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(clock.sleep(60)).rejects.toMatchObject({ code: 'cancelled' });
    expect(systemClock.now() - begun).toBeLessThan(10);
  });

  test('does not wait for an answer', async () => {
    const silent = await serve(() => undefined);
    try {
      cancelSoon();
      const asking = cancellableFetch(fetch, controller.signal)(silent.url);
      await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    } finally {
      await silent.close();
    }
  });
});

describe('a program', () => {
  test('that its caller stops ends with its children, and others go on', async () => {
    const { run } = createCommands({ PATH: process.env.PATH });
    const stop = new AbortController();
    const stopped = run(shop.program('long', 'echo up; sleep 60; echo over'), [], {
      stop: stop.signal,
      onLine: () => stop.abort(),
    });
    const other = run(shop.program('short', 'sleep 0.5; echo over'), []);
    expect(await stopped).toMatchObject({ exitCode: 143, stdout: 'up\n' });
    expect(await other).toMatchObject({ exitCode: 0, stdout: 'over\n' });
  });

  test('that somebody kills is noticed at once, though a child of it holds its output open', async () => {
    const { run } = createCommands({ PATH: process.env.PATH });
    const begun = systemClock.now();
    const { exitCode } = await run(shop.program('killed', 'sleep 60 & kill -9 $$'), []);
    expect(exitCode).toBe(137);
    expect(systemClock.now() - begun).toBeLessThan(10);
  });
});
