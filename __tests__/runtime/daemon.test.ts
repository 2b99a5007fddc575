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
  waitForDaemons,
} from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';

let directory: string;
const daemons: Daemon[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'daemon-'));
});
afterAll(async () => {
  for (const daemon of daemons) await stopDaemon(daemon, testDeps(), 0);
  await rm(directory, { recursive: true });
});

async function runShell(script: string): Promise<Daemon> {
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

function waitForLog(daemon: Daemon, text: string): Promise<void> {
  const probe = async () =>
    (await readFile(daemon.logFile, 'utf8')).includes(text) ? undefined : `no ${text}`;
  return waitForDaemons({ what: 'it', daemons: [daemon], budgetSeconds: 10, probe }, testDeps());
}

describe('spawnDaemon', () => {
  test('gives the process a session of its own, only the given environment, and a private log file', async () => {
    const daemon = await runShell(`echo "$GREETING, \${HOME:-no home}" >&2; exec sleep 60`);
    await waitForLog(daemon, 'hello');
    expect(await lastLogLines(daemon.logFile)).toEqual(['hello, no home']);
    expect((await stat(daemon.logFile)).mode & 0o777).toBe(0o600);
    const [, session] = /\) \S+ \d+ \d+ (\d+)/.exec(await readFile(`/proc/${daemon.pid}/stat`, 'utf8')) ?? [];
    expect(session).toBe(String(daemon.pid));
    expect(await isRunning(JSON.parse(JSON.stringify(daemon)))).toBe(true);
  });

  test('names a program that does not exist', async () => {
    const spawned = spawnDaemon({
      name: 'etcd',
      command: join(directory, 'absent'),
      args: [],
      env: {},
      logFile: join(directory, 'absent.log'),
    });
    await expect(spawned).rejects.toMatchObject({ code: 'program-not-started' });
    await expect(spawned).rejects.toThrow(/etcd: .*ENOENT/);
  });
});

describe('waitForDaemons', () => {
  test('notices an exit before the time limit, and quotes the exit code and the log', async () => {
    const daemon = await runShell('echo listen: address already in use; exit 7');
    const waiting = waitForDaemons(
      { what: 'the server', daemons: [daemon], budgetSeconds: 3600, probe: async () => 'no answer' },
      testDeps(),
    );
    await expect(waiting).rejects.toMatchObject({ code: 'program-ended' });
    await expect(waiting).rejects.toThrow(/exit code 7\)\n.*\n {2}listen: address already in use/);
  });

  test('reports what was missing at the time limit, and quotes the log', async () => {
    const daemon = await runShell('echo still loading; exec sleep 60');
    await waitForLog(daemon, 'loading');
    const probe = () => Promise.reject(new Error('HTTP 500'));
    const waiting = waitForDaemons(
      { what: 'the server', daemons: [daemon], budgetSeconds: 0.2, probe },
      testDeps(),
    );
    await expect(waiting).rejects.toMatchObject({ code: 'program-not-ready' });
    await expect(waiting).rejects.toThrow(/HTTP 500\n.*\n {2}still loading/);
  });
});

describe('stopDaemon', () => {
  test('ends the process and its children, and returns whether it was running', async () => {
    const daemon = await runShell('sleep 60 & echo child $!; wait');
    await waitForLog(daemon, 'child');
    const child = Number((await readFile(daemon.logFile, 'utf8')).split(' ')[1]);
    const identity = await identifyProcess('child', child);
    expect(await isRunning(identity)).toBe(true);
    expect(await stopDaemon(daemon, testDeps())).toBe(true);
    expect(await isRunning(identity)).toBe(false);
    expect(await stopDaemon(daemon, testDeps())).toBe(false);
  });

  test('kills a child that ignores SIGTERM and outlives the process', async () => {
    const daemon = await runShell("(trap '' TERM; echo armed; while :; do sleep 1; done) & echo $!; wait");
    await waitForLog(daemon, 'armed');
    const [child] = /^\d+$/m.exec(await readFile(daemon.logFile, 'utf8')) ?? [];
    const identity = await identifyProcess('child', Number(child));
    expect(await stopDaemon(daemon, testDeps(), 0.2)).toBe(true);
    expect(await isRunning(identity)).toBe(false);
  });

  test('kills a process that ignores SIGTERM', async () => {
    const daemon = await runShell("trap '' TERM; echo armed; while :; do sleep 1; done");
    await waitForLog(daemon, 'armed');
    expect(await stopDaemon(daemon, testDeps(), 0.2)).toBe(true);
    expect(await isRunning(daemon)).toBe(false);
  });

  test('does not end another process with the same pid', async () => {
    const daemon = await runShell('exec sleep 60');
    expect(await stopDaemon({ ...daemon, startTime: '1' }, testDeps())).toBe(false);
    expect(await isRunning(daemon)).toBe(true);
  });
});

describe('lastLogLines', () => {
  test('reads the end of a long file', async () => {
    const daemon = await runShell('seq 100000; echo end; exec sleep 60');
    await waitForLog(daemon, 'end');
    expect(await lastLogLines(daemon.logFile, 3)).toEqual(['99999', '100000', 'end']);
  });

  test('returns nothing for a missing file', async () => {
    expect(await lastLogLines(join(directory, 'none'))).toEqual([]);
  });
});
