import { copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { errorCode, FederationError } from '../errors/index.ts';
import { type CachedTool, type Deps, exists, findCached, storeInCache } from '../runtime/index.ts';

/** The version whose private modules the emulator uses. */
export const azuriteVersion = '3.37.0';
const azurite: CachedTool = { name: 'azurite', version: azuriteVersion };
/** Pins Azurite and all of its dependencies. */
const lockFile = 'emulator/azurite/package-lock.json';
const installSeconds = 300;
const progressMilliseconds = 5000;

type AzuriteDeps = Pick<Deps, 'env' | 'run' | 'log' | 'clock' | 'temporaryDirectory'>;

/**
 * Returns a folder whose `node_modules` holds Azurite: an installation above `near`, which is a folder of
 * this repository, otherwise the tool cache, into which Azurite is installed first if necessary. Throws
 * FederationError `azurite-unavailable`.
 */
export async function ensureAzurite(near: string, deps: AzuriteDeps): Promise<string> {
  const installed = await findInstalled(near);
  if (installed !== undefined) {
    deps.log.info(`Using Azurite ${azuriteVersion} in ${installed}`);
    return installed;
  }
  const cached = await findCached(azurite, deps);
  if (cached !== undefined) {
    deps.log.info(`Using Azurite ${azuriteVersion} from the tool cache`);
    return cached;
  }
  const repository = await findFolderAbove(near, lockFile);
  if (repository === undefined) throw unavailable(`${lockFile} is not in a folder above ${near}`);
  return storeInCache(azurite, deps, (folder) => install(dirname(join(repository, lockFile)), folder, deps));
}

async function findInstalled(near: string): Promise<string | undefined> {
  const manifest = 'node_modules/azurite/package.json';
  const folder = await findFolderAbove(near, manifest);
  if (folder === undefined) return undefined;
  const content: unknown = JSON.parse(await readFile(join(folder, manifest), 'utf8'));
  return v.is(v.object({ version: v.literal(azuriteVersion) }), content) ? folder : undefined;
}

/** Returns the nearest folder, from `near` upwards, that has the file. */
async function findFolderAbove(near: string, file: string): Promise<string | undefined> {
  for (let folder = near; ; folder = dirname(folder)) {
    if (await exists(join(folder, file))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function install(lockFolder: string, folder: string, deps: AzuriteDeps): Promise<void> {
  deps.log.info(`Installing Azurite ${azuriteVersion} into the tool cache (once per runner)`);
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(lockFolder, file), join(folder, file));
  const started = deps.clock.now();
  const progress = setInterval(
    () => deps.log.info(`Still installing Azurite (${Math.round(deps.clock.now() - started)} s)`),
    progressMilliseconds,
  );
  try {
    // Scripts of packages are not run: Azurite's blob service needs nothing that they compile.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const options = { cwd: folder, timeoutSeconds: installSeconds };
    const { exitCode, stdout, stderr, timedOut } = await deps.run('npm', args, options);
    if (timedOut) throw unavailable(`npm did not end within ${installSeconds} s`);
    if (exitCode !== 0)
      throw unavailable(`npm failed with exit code ${exitCode}\n${(stderr || stdout).trim()}`);
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? unavailable('npm is not on PATH', error) : error;
  } finally {
    clearInterval(progress);
  }
}

function unavailable(problem: string, cause?: unknown): FederationError {
  return new FederationError('azurite-unavailable', { version: azuriteVersion, problem }, { cause });
}
