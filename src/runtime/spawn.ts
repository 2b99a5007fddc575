import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { errorCode } from '../errors/index.ts';
import type { Deps, ExecResult, RunCommand, RunOptions } from './deps.ts';
import { createExec } from './exec.ts';

// Less than what a runner gives a cancelled step (7.5 s between SIGINT and SIGTERM, 2.5 s more until it kills).
const graceSeconds = 3;

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the two ports that start programs, for one environment. */
export function createCommands(
  environment: Environment,
  cancellation?: AbortSignal,
): Pick<Deps, 'exec' | 'run'> {
  return { exec: createExec(environment, cancellation), run: createRun(environment, cancellation) };
}

/**
 * Returns the real `RunCommand` for an environment: no shell, and a process group for each program, so that a time limit also ends its
 * children. When `cancellation` is aborted, running groups end (SIGTERM, then SIGKILL), and all calls reject with its reason.
 */
export function createRun(environment: Environment, cancellation?: AbortSignal): RunCommand {
  return async (command, args, options = {}) => {
    cancellation?.throwIfAborted();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...environment, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const end = () => endGently(child);
    const reasons = [cancellation, options.stop].filter((signal) => signal !== undefined);
    for (const signal of reasons) {
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    }
    try {
      return await result(child, options);
    } finally {
      for (const signal of reasons) signal.removeEventListener('abort', end);
      cancellation?.throwIfAborted();
    }
  };
}

function result(child: ChildProcessWithoutNullStreams, options: RunOptions): Promise<ExecResult> {
  return new Promise<ExecResult>((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        output[stream] += chunk;
      });
      const { onLine } = options;
      if (onLine) createInterface({ input: child[stream] }).on('line', (line) => onLine(line, stream));
    }
    let timedOut = false;
    const timer =
      options.timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            signalGroup(child.pid, 'SIGKILL');
          }, options.timeoutSeconds * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', (_, signal) => {
      // Its children would keep running, and they hold the pipes that this waits for.
      if (signal !== null) signalGroup(child.pid, 'SIGKILL');
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...output, exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0), timedOut });
    });
    child.stdin.on('error', () => undefined); // the program may end without reading its input
    child.stdin.end(options.input ?? '');
  });
}

function endGently(child: ChildProcessWithoutNullStreams): void {
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceSeconds * 1000);
  child.once('close', () => clearTimeout(timer));
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
