import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { errorCode } from '../errors/index.ts';

/** One process, told apart from a later one with the same pid. Kept as JSON between steps. */
export interface ProcessIdentity {
  readonly name: string;
  readonly pid: number;
  /** As the system words it (clock ticks since boot on Linux); only compared, never read. Empty: it had ended before it could be read. */
  readonly startTime: string;
}

/** The identity of a running process, to stop it in a later step. */
export async function identifyProcess(name: string, pid: number): Promise<ProcessIdentity> {
  return { name, pid, startTime: (await readStartTime(pid)) ?? '' };
}

/** Whether this very process still runs. One that ended and waits to be reaped does not. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return identity.startTime !== '' && (await readStartTime(identity.pid)) === identity.startTime;
}

/** When the process started, undefined where it has ended. */
export async function readStartTime(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return startTimeByPs(pid);
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' ? undefined : startTime;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return undefined;
    throw error;
  }
}

function startTimeByPs(pid: number): Promise<string | undefined> {
  return new Promise((resolve, reject) =>
    execFile('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], (error, stdout) => {
      if (error && error.code !== 1) return reject(error);
      const [, state, startTime] = /^(\S+)\s+(.+)$/.exec(stdout.trim()) ?? [];
      resolve(state === undefined || state.startsWith('Z') ? undefined : startTime);
    }),
  );
}
