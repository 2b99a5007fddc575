import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { Exec, ExecResult } from './process.ts';

/** The real `Exec` over an environment: no shell, its own process group, so that a time-out takes the children along. */
export function execIn(environment: Readonly<Record<string, string | undefined>>): Exec {
  return (command, args, options = {}) => run(environment, command, args, options);
}

function run(
  environment: Readonly<Record<string, string | undefined>>,
  ...[command, args, options = {}]: Parameters<Exec>
): Promise<ExecResult> {
  return new Promise<ExecResult>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...environment, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
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
            endGroup(child.pid);
          }, options.timeoutSeconds * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...output, exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0), timedOut });
    });
    child.stdin.on('error', () => undefined); // the program may end without reading its input
    child.stdin.end(options.input ?? '');
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
