import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
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
  if (process.platform !== 'linux') return (await listByPs(['-p', String(pid)]))[0]?.startTime;
  return (await readStat(pid))?.startTime;
}

/** Returns whether a process of the group is running. Processes that are not reaped yet do not count. */
export async function isGroupRunning(group: number): Promise<boolean> {
  try {
    process.kill(-group, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    // macOS answers this for a group in which no process is left to reap.
    if (errorCode(error) !== 'EPERM') throw error;
  }
  const running =
    process.platform === 'linux'
      ? await Promise.all(
          (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => readStat(Number(name))),
        )
      : await listByPs(['-A']);
  return running.some((found) => found?.group === group);
}

interface RunningProcess {
  readonly group: number;
  readonly startTime: string | undefined;
}

async function readStat(pid: number): Promise<RunningProcess | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold anything, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    return state === 'Z' || state === 'X' ? undefined : { group: Number(fields[2]), startTime: fields[19] };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return undefined;
    throw error;
  }
}

function listByPs(selection: readonly string[]): Promise<readonly RunningProcess[]> {
  return new Promise((resolve, reject) =>
    // One option for each column: POSIX lets the header of a column extend to the end of its option.
    execFile('ps', ['-o', 'stat=', '-o', 'pgid=', '-o', 'lstart=', ...selection], (error, stdout) => {
      if (error && error.code !== 1) return reject(error);
      resolve(
        stdout.split('\n').flatMap((line) => {
          const [, state, group, startTime] = /^\s*(\S+)\s+(\d+)\s+(.+)$/.exec(line.trimEnd()) ?? [];
          return state === undefined || state.startsWith('Z') ? [] : [{ group: Number(group), startTime }];
        }),
      );
    }),
  );
}
