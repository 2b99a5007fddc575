import { cp, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, errorMessage } from '../errors/index.ts';
import { type Deps, type JobCache, type Keepsake, workFolder } from '../runtime/index.ts';

interface Kept {
  readonly key: string;
  readonly what: Keepsake;
}

type CacheDeps = Pick<Deps, 'env' | 'run' | 'log' | 'state' | 'temporaryDirectory'>;

const stateName = 'kept-between-jobs';

/** The runner's cache service, asked by its own client. That client reads the service's address and token from the process. */
export class ActionsJobCache implements JobCache {
  readonly available: boolean;
  readonly #deps: CacheDeps;
  readonly #kept: Kept[];

  constructor(deps: CacheDeps) {
    this.#deps = deps;
    const { ACTIONS_RESULTS_URL, ACTIONS_CACHE_URL } = deps.env;
    this.available = Boolean(ACTIONS_RESULTS_URL || ACTIONS_CACHE_URL);
    this.#kept = JSON.parse(deps.state.read(stateName) || '[]') as Kept[];
  }

  async restore(key: string, folder: string): Promise<boolean> {
    if (!this.available) return false;
    const staging = this.#stagingOf(key);
    try {
      const { restoreCache } = await import('@actions/cache');
      // The service also answers with keys that only begin like this one.
      if ((await restoreCache([staging], key)) !== key) return false;
      await moveFolder(staging, folder);
      return true;
    } catch (error) {
      this.#deps.log.warning(`failed to restore ${key} from the runner's cache: ${errorMessage(error)}`);
      return false;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  keep(key: string, what: Keepsake): void {
    if (!this.available || this.#kept.some((kept) => kept.key === key)) return;
    this.#kept.push({ key, what });
    this.#deps.state.save(stateName, JSON.stringify(this.#kept));
  }

  /** Saves what this job had to keep. Of the post step, when everything else is done. */
  async saveKept(): Promise<void> {
    for (const kept of this.#kept) {
      try {
        await this.#save(kept);
      } catch (error) {
        this.#deps.log.warning(`failed to keep ${kept.key} in the runner's cache: ${errorMessage(error)}`);
      }
    }
  }

  async #save({ key, what }: Kept): Promise<void> {
    const staging = this.#stagingOf(key);
    this.#deps.log.info(`keeping for later jobs: ${key}`);
    try {
      await mkdir(dirname(staging), { recursive: true });
      if ('folder' in what) await linkTree(what.folder, staging);
      else await this.#fill(staging, what);
      const { saveCache } = await import('@actions/cache');
      // Below zero where another job was first, or where the client has already said what went wrong.
      if ((await saveCache([staging], key)) >= 0) this.#deps.log.info('kept');
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }

  async #fill(folder: string, { program, args }: Extract<Keepsake, { program: string }>): Promise<void> {
    await mkdir(folder, { recursive: true });
    const { exitCode, stderr } = await this.#deps.run(program, args, { cwd: folder });
    if (exitCode !== 0) throw new Error(`${program} ended with exit code ${exitCode}: ${stderr.trim()}`);
  }

  // The path is part of what an entry is found by, so it must be the same in every job.
  #stagingOf(key: string): string {
    return join(workFolder(this.#deps), 'cache', key);
  }
}

// By a rename at the end: a job that is killed half-way leaves no half of a folder under its name.
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

/** A second name for every file of a folder: others may use them meanwhile, and a gigabyte is not copied on one disk. */
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
