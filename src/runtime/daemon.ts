import { spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import { isGroupRunning, isRunning, type ProcessIdentity, readStartTime } from './process-identity.ts';
import { type Probe, poll, type WaitDeps } from './wait.ts';

export interface DaemonOptions {
  /** Its name in messages and records: `kube-apiserver`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Receives stdout and stderr, appended. A pipe would tie the process to this step. */
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
 * Starts a program that keeps running after this step: in a session of its own, without a pipe to this
 * process, with its output in a file (mode 0600). Throws FederationError `program-not-started`.
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
    const { name, command } = options;
    throw new FederationError(
      'program-not-started',
      { name, command, problem: errorMessage(error) },
      { cause: error },
    );
  } finally {
    await log.close();
  }
}

export interface Readiness {
  /** What gets ready, for messages: `the emulator`. */
  readonly what: string;
  readonly daemons: readonly Daemon[];
  readonly budgetSeconds: number;
  /**
   * Returns what is still missing, undefined once the daemons are ready. A rejection counts as its message.
   */
  readonly probe: () => Promise<string | undefined>;
}

/**
 * Waits until daemons are ready. Notices at once if one exits.
 * Throws FederationError `program-ended` or `program-not-ready`, with the last lines of the logs.
 */
export async function waitForDaemons(
  { what, daemons, budgetSeconds, probe }: Readiness,
  deps: WaitDeps,
): Promise<void> {
  const expired = async (missing: string, waitedSeconds: number) =>
    new FederationError('program-not-ready', {
      name: what,
      seconds: Math.round(waitedSeconds),
      missing,
    }).addDetails((await Promise.all(daemons.map(quoteLog))).flat());
  await poll({ what, budgetSeconds, maximumDelaySeconds: 0.1, expired }, deps, async () => {
    for (const daemon of daemons) if (!(await isAlive(daemon))) throw await describeExit(daemon);
    const missing = await probe().catch(errorMessage);
    return missing === undefined ? { ready: true } : { missing };
  });
}

async function isAlive(daemon: Daemon): Promise<boolean> {
  return daemon.exit() === undefined && (await isRunning(daemon));
}

async function describeExit(daemon: Daemon): Promise<FederationError> {
  const exit = daemon.exit() ?? 'exit code unknown';
  return new FederationError('program-ended', { name: daemon.name, exit }).addDetails(await quoteLog(daemon));
}

async function quoteLog({ logFile }: Daemon): Promise<readonly string[]> {
  const lines = await lastLogLines(logFile);
  return [`last lines of ${logFile}:`, ...lines.map((line) => `  ${line}`)];
}

/**
 * Returns the last lines of a log file, cut if they are long; none if the file does not exist. Reads the end
 * of the file only.
 */
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
 * Ends a daemon and the processes of its group: SIGTERM, then SIGKILL after `graceSeconds`. Ignores another
 * process with the same pid. Returns whether the daemon was running. Throws FederationError
 * `program-not-stopped`.
 */
export async function stopDaemon(
  daemon: ProcessIdentity,
  deps: WaitDeps,
  graceSeconds = 10,
): Promise<boolean> {
  if (!(await isRunning(daemon))) return false;
  const { name, pid } = daemon;
  for (const [signal, seconds] of [
    ['SIGTERM', graceSeconds],
    ['SIGKILL', 5],
  ] as const) {
    signalGroup(pid, signal);
    if (await waitForExit(daemon, seconds, deps)) return true;
  }
  throw new FederationError('program-not-stopped', { name, pid });
}

/** Returns whether a process and those of its group exit in time. */
async function waitForExit(daemon: ProcessIdentity, budgetSeconds: number, deps: WaitDeps): Promise<boolean> {
  const expired = new Error(`${daemon.name} is still running`);
  const policy = {
    what: `${daemon.name} to exit`,
    budgetSeconds,
    maximumDelaySeconds: 0.1,
    expired: () => expired,
  };
  const probe = async (): Promise<Probe<true>> =>
    (await isRunning(daemon)) || (await isGroupRunning(daemon.pid))
      ? { missing: 'it is still running' }
      : { ready: true };
  return poll(policy, deps, probe).catch((error: unknown) => {
    if (error === expired) return false;
    throw error;
  });
}

// A daemon leads its own group; a process that another program started and registered here may not.
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
