import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

/** Returns which process listens on a TCP port: `azure-wi-webhook (process 4711)`. Undefined if the system does not tell. */
export async function findPortHolder(port: number): Promise<string | undefined> {
  const inodes = await findListeningInodes(port);
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsSocket(pid, inodes))) continue;
    return `${await readProgramName(pid)} (process ${pid})`;
  }
  return undefined;
}

// /proc/<pid>/comm truncates the name to 15 characters.
async function readProgramName(pid: string): Promise<string> {
  const [program] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return basename(program ?? '') || 'a program';
}

// A line of /proc/net/tcp: `0: 0100007F:24E3 00000000:0000 0A … inode`. 0A is the state LISTEN.
async function findListeningInodes(port: number): Promise<ReadonlySet<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(suffix) && fields[3] === '0A' && fields[9]) inodes.add(fields[9]);
    }
  }
  return inodes;
}

// Processes of other users, and those that exit meanwhile, are unreadable.
async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    const [, inode] = /^socket:\[(\d+)\]$/.exec(target) ?? [];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}
