import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { constants } from 'node:os';
import { errorMessage } from '../errors/index.ts';
import type { Exec, ExecOptions, ExecResult } from './deps.ts';
import { findOnPath } from './files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What becomes of one command: its process as soon as it exists, and whether it has to end. */
interface Execution {
  child: ChildProcess | undefined;
  ending: boolean;
}

// @actions/exec hides the process that it starts. Node announces each process on a channel, in the async context that starts it.
const executions = new AsyncLocalStorage<Execution>();
channel('child_process').subscribe((message) => {
  const execution = executions.getStore();
  if (execution === undefined) return;
  const { process: child } = message as { readonly process: ChildProcess };
  execution.child = child;
  child.once('spawn', () => {
    child.stdin?.on('error', () => undefined); // the program may end without reading its input
    if (execution.ending) child.kill('SIGKILL');
  });
});

/**
 * Returns the real `Exec` for an environment, by `getExecOutput` of @actions/exec. A command that exceeds its time limit, or still runs
 * when `cancellation` is aborted, is killed. It has no process group of its own: use `RunCommand` for a program that starts others.
 */
export function createExec(environment: Environment, cancellation?: AbortSignal): Exec {
  return async (command, args, options = {}) => {
    cancellation?.throwIfAborted();
    const env = { ...environment, ...options.env };
    const file = await locate(command, env);
    const execution: Execution = { child: undefined, ending: false };
    const end = () => {
      execution.ending = true;
      execution.child?.kill('SIGKILL');
    };
    let timedOut = false;
    const timer = setTimer(options.timeoutSeconds, () => {
      timedOut = true;
      end();
    });
    cancellation?.addEventListener('abort', end, { once: true });
    try {
      const output = await executions.run(execution, () => collect(file, args, { ...options, env }));
      return { ...output, exitCode: exitCodeOf(output.exitCode, execution.child), timedOut };
    } finally {
      clearTimeout(timer);
      // Children that outlive the program may hold its output open, and this process with it.
      execution.child?.stdout?.destroy();
      execution.child?.stderr?.destroy();
      cancellation?.removeEventListener('abort', end);
      cancellation?.throwIfAborted();
    }
  };
}

// How long to wait for the output of children that outlive the program.
const lingerMilliseconds = 500;

async function collect(
  file: string,
  args: readonly string[],
  { cwd, env, input }: ExecOptions & { readonly env: Environment },
): Promise<Pick<ExecResult, 'exitCode' | 'stdout' | 'stderr'>> {
  const { getExecOutput } = await import('@actions/exec');
  try {
    return await getExecOutput(quote(file), [...args], {
      ...(cwd !== undefined && { cwd }),
      env: definedIn(env),
      // An empty buffer ends the program's input.
      input: Buffer.from(input ?? ''),
      silent: true,
      ignoreReturnCode: true,
      delay: lingerMilliseconds,
    });
  } catch (error) {
    throw errorMessage(error).startsWith('Unable to locate executable file') ? missing(file, error) : error;
  }
}

/** Finds a program on the PATH of the command, not of this process. On Windows, @actions/exec does, which knows PATHEXT. */
async function locate(command: string, env: Environment): Promise<string> {
  if (process.platform === 'win32' || command.includes('/')) return command;
  const file = await findOnPath(command, env);
  if (file === undefined) throw missing(command);
  return file;
}

function missing(command: string, cause?: unknown): Error {
  return Object.assign(new Error(`spawn ${command} ENOENT`, { cause }), { code: 'ENOENT' });
}

// @actions/exec splits the command at blanks.
function quote(file: string): string {
  return `"${file.replaceAll('"', '\\"')}"`;
}

function definedIn(env: Environment): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function setTimer(seconds: number | undefined, end: () => void): NodeJS.Timeout | undefined {
  return seconds === undefined ? undefined : setTimeout(end, seconds * 1000);
}

/** 128 + n for a process that signal n ended, as for `RunCommand`: @actions/exec has no exit code then. */
function exitCodeOf(exitCode: number | null, child: ChildProcess | undefined): number {
  const signal = child?.signalCode;
  return exitCode ?? 128 + (signal ? constants.signals[signal] : 0);
}
