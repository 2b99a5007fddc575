import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import type { Clock } from './deps.ts';
import { isRunning, type ProcessIdentity, readStartTime } from './process-identity.ts';
import { poll, type WaitDeps } from './wait.ts';

export interface DaemonOptions {
  /** How messages and records call it: `kube-apiserver`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** stdout and stderr go there, appended. A pipe would tie the process to this step. */
  readonly logFile: string;
  /** The whole environment of the process: `{ ...deps.env, MORE: 'x' }`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** A process that outlives this one. Everything but `exit` can be kept as JSON for a later step. */
export interface Daemon extends ProcessIdentity {
  readonly logFile: string;
  /** `exit code 1`, `signal SIGKILL`; undefined while it runs. Known only to the process that started it. */
  exit(): string | undefined;
}

/**
 * Starts a program that goes on after this step: a session of its own, no pipe to us, output to a file (mode 0600).
 * Throws FederationError `program-not-started`.
 */
export async function spawnDaemon(options: DaemonOptions): Promise<Daemon> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'a', 0o600);
  try {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: { ...options.env },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
    let exit: string | undefined;
    child.once('exit', (code, signal) => {
      exit = signal === null ? `exit code ${code}` : `signal ${signal}`;
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const pid = child.pid ?? 0;
    const startTime = (await readStartTime(pid)) ?? '';
    return { name: options.name, pid, startTime, logFile: options.logFile, exit: () => exit };
  } catch (error) {
    throw new FederationError(`failed to start ${options.name}: ${errorMessage(error)}`, {
      code: 'program-not-started',
      hint: `The program is ${options.command}.`,
      cause: error,
    });
  } finally {
    await log.close();
  }
}

/**
 * Waits until `probe` returns undefined: the daemons are ready. Before that, it returns what is missing; an error counts as that.
 * A daemon that ends meanwhile is noticed at once. Throws FederationError `program-ended` or `program-not-ready`, with the last log lines.
 */
export async function waitForDaemons(
  options: {
    readonly what: string;
    readonly daemons: readonly Daemon[];
    readonly budgetSeconds: number;
    readonly probe: () => Promise<string | undefined>;
  },
  deps: WaitDeps,
): Promise<void> {
  const { what, daemons, budgetSeconds } = options;
  const expired = async (missing: string, waited: number) => {
    const logs = await Promise.all(daemons.map(quotedLog));
    return new FederationError(
      `failed to start ${what}: not ready after ${Math.round(waited)} s: ${missing}\n${logs.join('\n')}`,
      { code: 'program-not-ready', fault: 'service' },
    );
  };
  await poll({ what, budgetSeconds, expired }, deps, async () => {
    for (const daemon of daemons) if (!(await isAlive(daemon))) throw await ended(daemon);
    const missing = await options.probe().catch(errorMessage);
    return missing === undefined ? { ready: undefined } : { missing };
  });
}

async function isAlive(daemon: Daemon): Promise<boolean> {
  return daemon.exit() === undefined && (await isRunning(daemon));
}

async function ended(daemon: Daemon): Promise<FederationError> {
  return new FederationError(
    `failed to start ${daemon.name}: it ended at once (${daemon.exit() ?? 'exit code unknown'})\n${await quotedLog(daemon)}`,
    { code: 'program-ended' },
  );
}

async function quotedLog(daemon: Daemon): Promise<string> {
  const lines = await lastLogLines(daemon.logFile);
  return [`last lines of ${daemon.logFile}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** The end of a log file; empty where there is none. Reads the tail only, long lines are cut. */
export async function lastLogLines(file: string, count = 15): Promise<readonly string[]> {
  const log = await open(file, 'r').catch(() => undefined);
  if (log === undefined) return [];
  try {
    const { size } = await log.stat();
    const length = Math.min(size, 64 * 1024);
    const { buffer } = await log.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').trimEnd().split('\n');
    return lines.slice(-count).map((line) => (line.length > 500 ? `${line.slice(0, 499)}…` : line));
  } finally {
    await log.close();
  }
}

/**
 * Ends a daemon and the processes of its group: SIGTERM, after `graceSeconds` SIGKILL. A process that merely has the same pid is left alone.
 * Returns whether there was something to end.
 */
export async function stopDaemon(
  daemon: ProcessIdentity,
  deps: { readonly clock: Clock },
  graceSeconds = 10,
): Promise<boolean> {
  if (!(await isRunning(daemon))) return false;
  for (const [signal, seconds] of [
    ['SIGTERM', graceSeconds],
    ['SIGKILL', 5],
  ] as const) {
    signalGroup(daemon.pid, signal);
    const deadline = deps.clock.now() + seconds;
    do {
      if (!(await isRunning(daemon))) return true;
      await deps.clock.sleep(0.05);
    } while (deps.clock.now() < deadline);
  }
  throw new FederationError(`failed to stop ${daemon.name}: process ${daemon.pid} survives SIGKILL`, {
    code: 'program-not-stopped',
    fault: 'service',
  });
}

// A daemon leads a group of its own; a process that another program started and registered here may not.
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
  }
}
