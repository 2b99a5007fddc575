import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { watchingForCrashes } from '../../src/cluster/providers/crash-watch.ts';
import { testDeps } from '../support/deps.ts';

// Minutes go by here.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A machine whose Docker shows this log file of the node and what is in it. */
function machine(file: string, log: string) {
  return testDeps({
    exec: async (command, args) => {
      expect([command, ...args.slice(0, 2)]).toEqual(['docker', 'exec', 'one']);
      return { exitCode: 0, stdout: `${file}\n${log}\n`, stderr: '', timedOut: false };
    },
  });
}

const folder = 'kube-system_kube-apiserver-one_0/kube-apiserver';

/** A start that takes until it is stopped, or this long. */
async function startFor(seconds: number, deps: ReturnType<typeof machine>) {
  const watched = watchingForCrashes(
    'one',
    deps,
    (stop) =>
      new Promise<string>((settle, fail) => {
        setTimeout(() => settle('started'), seconds * 1000);
        stop.signal.addEventListener('abort', () => fail(new Error('the tool was ended')));
      }),
  );
  watched.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  return watched;
}

describe('a node whose API server ends again and again', () => {
  test('because of a flag: the start is stopped and the flag named', async () => {
    const log = '2026-11-23T21:00:00.1Z stderr F Error: unknown flag: --nonsense';
    await expect(startFor(240, machine(`${folder}/1.log`, log))).rejects.toMatchObject({
      code: 'api-server-refused',
      message: 'failed to start kube-apiserver: Error: unknown flag: --nonsense',
      hint: expect.stringContaining('started 2 times'),
    });
  });

  test.each([
    ['it was started once only', `${folder}/0.log`, 'Error: unknown flag: --nonsense'],
    ['etcd came late', `${folder}/2.log`, 'W1123 connection refused, trying again'],
    ['there is no log yet', '', ''],
  ])('is waited for where %s', async (_, file, log) => {
    expect(await startFor(60, machine(file, log))).toBe('started');
  });
});
