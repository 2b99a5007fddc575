import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import { identifyProcess, type ProcessIdentity } from '../../runtime/index.ts';

const folderOf = (directory: string) => join(directory, 'processes');

/**
 * Makes a process part of an embedded cluster: removing the cluster ends it too. One file a process, so that two steps which
 * register at once do not lose each other's.
 */
export async function registerProcess(directory: string, name: string, pid: number): Promise<void> {
  const folder = folderOf(directory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `.${name}.${process.pid}`);
  await writeFile(partial, JSON.stringify(await identifyProcess(name, pid)));
  await rename(partial, join(folder, `${name}.json`));
}

/** Every process that was registered, whether it still runs or not. */
export async function registeredProcesses(directory: string): Promise<readonly ProcessIdentity[]> {
  const folder = folderOf(directory);
  const names = await readdir(folder).catch((error) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as ProcessIdentity),
  );
}
