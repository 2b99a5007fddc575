import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Daemon,
  identifyProcess,
  isRunning,
  lastLogLines,
  spawnDaemon,
  stopDaemon,
  systemClock,
  waitForDaemons,
} from '../../src/runtime/index.ts';

const deps = { clock: systemClock, log: { info: () => undefined } };
let directory: string;
const daemons: Daemon[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'daemon-'));
});
afterAll(async () => {
  for (const daemon of daemons) await stopDaemon(daemon, deps, 0);
  await rm(directory, { recursive: true });
});

async function shell(script: string): Promise<Daemon> {
  const daemon = await spawnDaemon({
    name: 'the program',
    command: '/bin/sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH, GREETING: 'hello' },
    logFile: join(directory, `${daemons.length}`, 'log'),
  });
  daemons.push(daemon);
  return daemon;
}

const logHolds = (daemon: Daemon, text: string) =>
  waitForDaemons(
    {
      what: 'it',
      daemons: [daemon],
      budgetSeconds: 10,
      probe: async () => ((await readFile(daemon.logFile, 'utf8')).includes(text) ? undefined : `no ${text}`),
    },
    deps,
  );

describe('spawnDaemon', () => {
  test('the process leads its own session, gets the given environment only and writes to a private file', async () => {
    const daemon = await shell(`echo "$GREETING, \${HOME:-nobody}" >&2; exec sleep 60`);
    await logHolds(daemon, 'hello');
    expect(await lastLogLines(daemon.logFile)).toEqual(['hello, nobody']);
    expect((await stat(daemon.logFile)).mode & 0o777).toBe(0o600);
    const [, session] = /\) \S+ \d+ \d+ (\d+)/.exec(await readFile(`/proc/${daemon.pid}/stat`, 'utf8')) ?? [];
    expect(session).toBe(String(daemon.pid));
    expect(await isRunning(JSON.parse(JSON.stringify(daemon)))).toBe(true);
  });

  test('a program that is not there is an error with its name', async () => {
    const spawned = spawnDaemon({
      name: 'etcd',
      command: join(directory, 'absent'),
      args: [],
      env: {},
      logFile: join(directory, 'absent.log'),
    });
    await expect(spawned).rejects.toMatchObject({ code: 'program-not-started' });
    await expect(spawned).rejects.toThrow(/failed to start etcd: .*ENOENT/);
  });
});

describe('waitForDaemons', () => {
  test('a daemon that ends is noticed long before the time limit, with exit code and last log lines', async () => {
    const started = systemClock.now();
    const daemon = await shell('echo listen: address already in use; exit 7');
    const waiting = waitForDaemons(
      { what: 'the server', daemons: [daemon], budgetSeconds: 60, probe: async () => 'no answer' },
      deps,
    );
    await expect(waiting).rejects.toMatchObject({ code: 'program-ended' });
    await expect(waiting).rejects.toThrow(/exit code 7\)\n.*\n {2}listen: address already in use/);
    expect(systemClock.now() - started).toBeLessThan(10);
  });

  test('a daemon that never gets ready is an error that says what was missing', async () => {
    const daemon = await shell('echo still loading; exec sleep 60');
    await logHolds(daemon, 'loading');
    const waiting = waitForDaemons(
      {
        what: 'the server',
        daemons: [daemon],
        budgetSeconds: 0.2,
        probe: () => Promise.reject(new Error('HTTP 500')),
      },
      deps,
    );
    await expect(waiting).rejects.toMatchObject({ code: 'program-not-ready' });
    await expect(waiting).rejects.toThrow(/HTTP 500\n.*\n {2}still loading/);
  });
});

describe('stopDaemon', () => {
  test('ends the process with its children, and says when there was nothing to end', async () => {
    const daemon = await shell('sleep 60 & echo child $!; wait');
    await logHolds(daemon, 'child');
    const child = Number((await readFile(daemon.logFile, 'utf8')).split(' ')[1]);
    const identity = await identifyProcess('child', child);
    expect(await isRunning(identity)).toBe(true);
    expect(await stopDaemon(daemon, deps)).toBe(true);
    expect(await isRunning(identity)).toBe(false);
    expect(await stopDaemon(daemon, deps)).toBe(false);
  });

  test('a process that ignores SIGTERM is killed after the grace', async () => {
    const daemon = await shell("trap '' TERM; echo armed; while :; do sleep 1; done");
    await logHolds(daemon, 'armed');
    expect(await stopDaemon(daemon, deps, 0.2)).toBe(true);
    expect(await isRunning(daemon)).toBe(false);
  });

  test('another process with the same pid is left alone', async () => {
    const daemon = await shell('exec sleep 60');
    expect(await stopDaemon({ ...daemon, startTime: '1' }, deps)).toBe(false);
    expect(await isRunning(daemon)).toBe(true);
  });
});

test('lastLogLines reads the end of a long file and nothing of a missing one', async () => {
  const daemon = await shell('seq 100000');
  await expect(
    waitForDaemons({ what: 'it', daemons: [daemon], budgetSeconds: 20, probe: async () => 'no' }, deps),
  ).rejects.toThrow('exit code 0');
  expect(await lastLogLines(daemon.logFile, 2)).toEqual(['99999', '100000']);
  expect(await lastLogLines(join(directory, 'none'))).toEqual([]);
});
