import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { watchForCrashes } from '../../src/cluster/providers/crash-watch.ts';
import { testDeps } from '../support/deps.ts';

// A start takes minutes.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Dependencies whose Docker prints the name and the content of a log file in the node. */
function fakeDocker(file: string, log: string) {
  return testDeps({
    exec: async (command, args) => {
      expect([command, ...args.slice(0, 2)]).toEqual(['docker', 'exec', 'one']);
      return { exitCode: 0, stdout: `${file}\n${log}\n`, stderr: '', timedOut: false };
    },
  });
}

const folder = 'kube-system_kube-apiserver-one_0/kube-apiserver';

/** A start that takes this long, unless it is stopped. */
async function startFor(seconds: number, deps: ReturnType<typeof fakeDocker>) {
  const watched = watchForCrashes(
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

describe('watchForCrashes', () => {
  test('stops a start whose API server exits because of a flag, and names the flag', async () => {
    const log = '2026-11-23T21:00:00.1Z stderr F Error: unknown flag: --nonsense';
    await expect(startFor(240, fakeDocker(`${folder}/1.log`, log))).rejects.toMatchObject({
      code: 'api-server-refused',
      message: 'failed to start kube-apiserver: Error: unknown flag: --nonsense',
      hint: expect.stringContaining('2 times'),
    });
  });

  test.each([
    ['the API server was started only once', `${folder}/0.log`, 'Error: unknown flag: --nonsense'],
    ['the API server waits for etcd', `${folder}/2.log`, 'W1123 connection refused, trying again'],
    ['no log exists yet', '', ''],
  ])('does not stop a start if %s', async (_, file, log) => {
    expect(await startFor(60, fakeDocker(file, log))).toBe('started');
  });
});
