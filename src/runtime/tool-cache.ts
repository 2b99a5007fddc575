import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../errors/index.ts';
import { isCancelled } from './cancellation.ts';
import { type Deps, workFolder } from './deps.ts';
import { hashFile } from './files.ts';
import { holdLock, LockHeldError } from './lock.ts';
import { type Probe, poll } from './wait.ts';

/** One version of a tool in the runner's tool cache. */
export interface CachedTool {
  readonly name: string;
  /** Without a leading v. */
  readonly version: string;
  /** Pinned SHA-256 digests of its files, hexadecimal, by their names. They are verified on every use. */
  readonly sha256?: Readonly<Record<string, string>>;
}

/** Returns what RUNNER_TOOL_CACHE has to be for this module, which runs in the process of a job: a folder below the home by default. */
export function toolCacheRoot(env: Deps['env'], temporaryDirectory: string): string {
  if (env.RUNNER_TOOL_CACHE) return env.RUNNER_TOOL_CACHE;
  return env.HOME
    ? join(env.HOME, '.cache', 'entra-kubernetes-federation')
    : join(temporaryDirectory, 'tool-cache');
}

/** Returns the folder of a tool that was stored completely; undefined if it is missing, or if its files are not the pinned ones. */
export async function findCached(tool: CachedTool, deps: Pick<Deps, 'log'>): Promise<string | undefined> {
  const { find } = await import('./toolkit.ts');
  const { name, version, sha256 = {} } = tool;
  const folder = find(name, version);
  if (folder === '') return undefined;
  for (const [file, digest] of Object.entries(sha256)) {
    if ((await hashFile(join(folder, file), 'sha256')) === digest) continue;
    deps.log.warning(`Ignoring ${join(folder, file)}: its SHA-256 digest is not the pinned one`);
    return undefined;
  }
  return folder;
}

/**
 * Stores in the tool cache what `fill` writes to an empty folder: completely or not at all, also if two jobs store the same tool at
 * once. Returns the folder. If the cache cannot be written, warns and returns a folder of this job. Throws what `fill` throws.
 */
export async function storeInCache(
  tool: CachedTool,
  deps: Pick<Deps, 'clock' | 'log' | 'temporaryDirectory'>,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const parent = join(workFolder(deps), 'tools');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${tool.name}-`));
  try {
    await fill(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  try {
    const cached = await copyToCache(tool, folder, deps);
    await rm(folder, { recursive: true, force: true });
    return cached;
  } catch (error) {
    if (isCancelled(error)) throw error;
    deps.log.warning(
      `Could not store ${tool.name} ${tool.version} in the tool cache: ${errorMessage(error)}`,
    );
    return folder;
  }
}

// Copying takes seconds, and the lock is free again if the other job is killed.
const lockSeconds = 120;

/** `cacheDir` empties the folder first, so it only runs under a lock, and not if another job has stored the tool meanwhile. */
async function copyToCache(
  tool: CachedTool,
  folder: string,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<string> {
  const { cacheDir } = await import('./toolkit.ts');
  const { name, version } = tool;
  const policy = {
    what: `another job to store ${name} ${version}`,
    budgetSeconds: lockSeconds,
    expired: (missing: string) => new Error(missing),
  };
  return poll(policy, deps, async (): Promise<Probe<string>> => {
    try {
      return {
        ready: await holdLock(
          `tool-cache/${name}/${version}`,
          async () => (await findCached(tool, deps)) ?? (await cacheDir(folder, name, version)),
        ),
      };
    } catch (error) {
      if (error instanceof LockHeldError) return { missing: error.message };
      throw error;
    }
  });
}

/** Extracts a gzipped tar archive, without the first `strip` folders of each path. Throws `Error` if tar fails. */
export async function extractTar(file: string, folder: string, strip = 0): Promise<void> {
  const { extractTar: extract } = await import('./toolkit.ts');
  await extract(file, folder, ['-xz', `--strip-components=${strip}`]);
}
