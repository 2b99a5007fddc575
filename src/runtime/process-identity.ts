import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { errorCode } from '../errors/index.ts';

const identitySchema = v.object({
  name: v.string(),
  pid: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** In the format of the system (clock ticks since boot on Linux), only to compare. Empty if the process exited before it was read. */
  startTime: v.string(),
});

/** Identifies one process, as opposed to a later one with the same pid. Stored as JSON between steps. */
export type ProcessIdentity = Readonly<v.InferOutput<typeof identitySchema>>;

/** Returns the identity that a JSON text holds. Throws if the text is not one. */
export function parseProcessIdentity(json: string): ProcessIdentity {
  return v.parse(identitySchema, JSON.parse(json));
}

/** Returns the identity of a running process, to stop it in a later step. */
export async function identifyProcess(name: string, pid: number): Promise<ProcessIdentity> {
  return { name, pid, startTime: (await readStartTime(pid)) ?? '' };
}

/** Returns whether the process is running. A process that has exited but is not reaped yet is not. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return identity.startTime !== '' && (await readStartTime(identity.pid)) === identity.startTime;
}

/** Returns when the process started; undefined if it has exited. */
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
