import { access, copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, FederationError } from '../errors/index.ts';
import { type Deps, findCached, storeInCache } from '../runtime/index.ts';

/** The version whose private modules the emulator knows. */
export const azuriteVersion = '3.37.0';
/** Pins it and all that it depends on. */
const lockFile = 'emulator/azurite/package-lock.json';

type AzuriteDeps = Pick<Deps, 'env' | 'run' | 'log' | 'clock' | 'temporaryDirectory'>;

/**
 * A folder whose `node_modules` holds Azurite: the repository's own where it is installed, else the tool cache, else a fresh
 * installation there. `near` is a folder of the repository. Throws FederationError `azurite-unavailable`.
 */
export async function ensureAzurite(near: string, deps: AzuriteDeps): Promise<string> {
  const beside = await installedAbove(near);
  if (beside !== undefined) {
    deps.log.info(`Azurite ${azuriteVersion} is installed in ${beside}`);
    return beside;
  }
  const cached = await findCached('azurite', azuriteVersion, deps);
  if (cached !== undefined) {
    deps.log.info(`Azurite ${azuriteVersion} is in the tool cache`);
    return cached;
  }
  const repository = await folderAbove(near, lockFile);
  if (repository === undefined) throw unavailable(`${lockFile} is not above ${near}`);
  return storeInCache('azurite', azuriteVersion, deps, (folder) =>
    install(dirname(join(repository, lockFile)), folder, deps),
  );
}

async function installedAbove(near: string): Promise<string | undefined> {
  const folder = await folderAbove(near, 'node_modules/azurite/package.json');
  if (folder === undefined) return undefined;
  const text = await readFile(join(folder, 'node_modules/azurite/package.json'), 'utf8');
  return (JSON.parse(text) as { version?: unknown }).version === azuriteVersion ? folder : undefined;
}

/** The nearest folder, from this one upwards, that has such a file. */
async function folderAbove(near: string, file: string): Promise<string | undefined> {
  for (let folder = near; ; folder = dirname(folder)) {
    const isThere = await access(join(folder, file)).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function install(lockFolder: string, folder: string, deps: AzuriteDeps): Promise<void> {
  deps.log.info(`installing Azurite ${azuriteVersion} into the tool cache; this happens once a runner`);
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(lockFolder, file), join(folder, file));
  const started = deps.clock.now();
  const progress = setInterval(
    () => deps.log.info(`  npm is at work for ${Math.round(deps.clock.now() - started)} s`),
    5000,
  );
  try {
    // No package's scripts run: nothing of what Azurite's blob service needs is compiled.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { exitCode, stdout, stderr, timedOut } = await deps.run('npm', args, {
      cwd: folder,
      timeoutSeconds: 300,
    });
    if (timedOut) throw unavailable('npm did not end within 300 s');
    if (exitCode !== 0)
      throw unavailable(`npm ended with exit code ${exitCode}\n${(stderr || stdout).trim()}`);
  } catch (error) {
    throw errorCode(error) === 'ENOENT' ? unavailable('npm is not on the PATH', error) : error;
  } finally {
    clearInterval(progress);
  }
}

function unavailable(why: string, cause?: unknown): FederationError {
  return new FederationError(`failed to install Azurite ${azuriteVersion}: ${why}`, {
    code: 'azurite-unavailable',
    fault: 'service',
    hint: 'The job needs npm (actions/setup-node) and a registry once; after that the tool cache has Azurite.',
    cause,
  });
}
