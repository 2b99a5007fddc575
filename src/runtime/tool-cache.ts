import { access, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import type { Deps } from './deps.ts';

// The layout is that of @actions/tool-cache, so what other actions put there is found. Its own way of storing is not used: it
// empties the folder first and copies file by file, which takes a running program away from another job on the same machine.
const folderOf = (root: string, name: string, version: string) => join(root, name, version, arch());

/** Where tools are kept between jobs: the runner's tool cache, then a folder below the home. */
function cacheRoots(env: Deps['env']): readonly string[] {
  const home = env.HOME ? [join(env.HOME, '.cache', 'entra-kubernetes-federation')] : [];
  return env.RUNNER_TOOL_CACHE ? [env.RUNNER_TOOL_CACHE, ...home] : home;
}

/** Folder of a tool that was stored whole; undefined where there is none. */
export async function findCached(
  name: string,
  version: string,
  deps: Pick<Deps, 'env'>,
): Promise<string | undefined> {
  for (const root of cacheRoots(deps.env)) {
    const folder = folderOf(root, name, version);
    if ((await isThere(`${folder}.complete`)) && (await isThere(folder))) return folder;
  }
  return undefined;
}

/**
 * Stores what `fill` puts into an empty folder, so that it is there whole or not at all, also when two jobs do the same at once.
 * Returns the folder. Throws what `fill` throws, or FederationError `tool-cache-unwritable`.
 */
export async function storeInCache(
  name: string,
  version: string,
  deps: Pick<Deps, 'env' | 'temporaryDirectory'>,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const root = await firstWritable([...cacheRoots(deps.env), join(deps.temporaryDirectory, 'tool-cache')]);
  const folder = folderOf(root, name, version);
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(join(dirname(folder), '.partial-'));
  try {
    await fill(partial);
    await rename(partial, folder).catch((error) => {
      // Another job was first; what it stored is whole, because it came by a rename as well.
      if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
    });
    await writeFile(`${folder}.complete`, '');
    return folder;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function firstWritable(roots: readonly string[]): Promise<string> {
  const refusals: string[] = [];
  for (const root of roots) {
    try {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK);
      return root;
    } catch (error) {
      refusals.push(errorMessage(error));
    }
  }
  throw new FederationError(`failed to store a tool: ${refusals.join('; ')}`, {
    code: 'tool-cache-unwritable',
    hint: 'The job must be able to write to RUNNER_TOOL_CACHE, to its home or to RUNNER_TEMP.',
  });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
