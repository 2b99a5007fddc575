import { cp, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { errorCode, errorMessage } from '../errors/index.ts';
import { type Deps, defineState, type JobCache, type Keepsake, workFolder } from '../runtime/index.ts';

const keptState = defineState(
  'kept-between-jobs',
  v.array(
    v.object({
      key: v.string(),
      what: v.union([
        v.object({ folder: v.string() }),
        // The state names no program and no path: what else writes to it must not choose what runs here.
        v.object({
          dockerImage: v.pipe(v.string(), v.regex(/^[a-z0-9][\w./:@-]*$/)),
          archive: v.pipe(v.string(), v.regex(/^[a-z0-9][\w.-]*$/)),
        }),
      ]),
    }),
  ),
);

interface Kept {
  readonly key: string;
  readonly what: Keepsake;
}

type CacheDeps = Pick<Deps, 'env' | 'run' | 'log' | 'state' | 'temporaryDirectory'>;

/** The runner's cache service, through @actions/cache, which reads the address and the token of the service from the process. */
export class ActionsJobCache implements JobCache {
  readonly available: boolean;
  readonly #deps: CacheDeps;
  #kept: Kept[] | undefined;

  constructor(deps: CacheDeps) {
    this.#deps = deps;
    const { ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL } = deps.env;
    this.available = Boolean(ACTIONS_RESULTS_URL || ACTIONS_CACHE_URL);
  }

  async restore(key: string, folder: string): Promise<boolean> {
    if (!this.available) return false;
    const staging = this.#staging(key);
    try {
      const { restoreCache } = await import('@actions/cache');
      // The service also matches keys that only begin with this one.
      if ((await restoreCache([staging], key)) !== key) return false;
      await moveFolder(staging, folder);
      return true;
    } catch (error) {
      this.#deps.log.warning(`Failed to restore ${key} from the runner's cache: ${errorMessage(error)}`);
      return false;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  keep(key: string, what: Keepsake): void {
    const kept = this.#readKept();
    if (!this.available || kept.some((other) => other.key === key)) return;
    kept.push({ key, what });
    keptState.save(kept, this.#deps);
  }

  /** Saves what the step wants to keep. Called at the end of the post step. */
  async saveKept(): Promise<void> {
    for (const kept of this.#readKept()) {
      try {
        await this.#save(kept);
      } catch (error) {
        this.#deps.log.warning(`Failed to save ${kept.key} to the runner's cache: ${errorMessage(error)}`);
      }
    }
  }

  #readKept(): Kept[] {
    this.#kept ??= [...(keptState.read(this.#deps) ?? [])];
    return this.#kept;
  }

  async #save({ key, what }: Kept): Promise<void> {
    const staging = this.#staging(key);
    this.#deps.log.info(`Saving ${key} to the runner's cache`);
    try {
      await mkdir(dirname(staging), { recursive: true });
      if ('folder' in what) await linkTree(what.folder, staging);
      else await this.#saveImage(staging, what);
      const { saveCache } = await import('@actions/cache');
      // Negative if another job was first, or if the client has already logged what went wrong.
      if ((await saveCache([staging], key)) >= 0) this.#deps.log.info(`Saved ${key} to the runner's cache`);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async #saveImage(folder: string, { dockerImage, archive }: Extract<Keepsake, { archive: string }>) {
    await mkdir(folder, { recursive: true });
    const args = ['save', `--output=${archive}`, dockerImage];
    const { exitCode, stderr } = await this.#deps.run('docker', args, { cwd: folder });
    if (exitCode !== 0) throw new Error(`docker save failed with exit code ${exitCode}: ${stderr.trim()}`);
  }

  // The path is part of the identity of an entry, so it must be the same in every job.
  #staging(key: string): string {
    return join(workFolder(this.#deps), 'cache', key);
  }
}

// Ends with a rename, so that a job that is killed leaves no incomplete folder under this name.
async function moveFolder(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    const arriving = `${to}.arriving`;
    await rm(arriving, { recursive: true, force: true });
    await cp(from, arriving, { recursive: true });
    await rename(arriving, to);
  }
}

/** Gives every file of a folder a second name: others may use them meanwhile, and a gigabyte is not copied on one disk. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else
      await link(source, target).catch(async (error) => {
        if (errorCode(error) !== 'EXDEV') throw error;
        await cp(source, target);
      });
  }
}
