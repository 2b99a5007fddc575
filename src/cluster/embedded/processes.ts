import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import { identifyProcess, type ProcessIdentity, parseProcessIdentity } from '../../runtime/index.ts';

const getFolder = (directory: string) => join(directory, 'processes');

/**
 * Adds a process to an embedded cluster, so that deleting the cluster stops it, too. Each process has its own
 * file, so that two steps that register at the same time do not overwrite each other.
 */
export async function registerProcess(directory: string, name: string, pid: number): Promise<void> {
  const folder = getFolder(directory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `.${name}.${process.pid}`);
  await writeFile(partial, JSON.stringify(await identifyProcess(name, pid)));
  await rename(partial, join(folder, `${name}.json`));
}

/** Returns every registered process, whether it still runs or not. */
export async function readProcesses(directory: string): Promise<readonly ProcessIdentity[]> {
  const folder = getFolder(directory);
  const names = await readdir(folder).catch((error) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => parseProcessIdentity(await readFile(join(folder, name), 'utf8'))),
  );
}
