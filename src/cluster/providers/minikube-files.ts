import { mkdir, open, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, FederationError } from '../../errors/index.ts';
import {
  type Deps,
  exists,
  identifyProcess,
  isRunning,
  parseProcessIdentity,
  retry,
} from '../../runtime/index.ts';
import type { SigningKey } from '../signing-key.ts';

/** Returns the folder that minikube stores everything in. */
export function getMinikubeHome(env: Deps['env']): string {
  const home = env.MINIKUBE_HOME;
  if (!home) return join(env.HOME ?? '', '.minikube');
  return basename(home) === '.minikube' ? home : join(home, '.minikube');
}

// minikube copies everything below `files` to the root of every node that it starts, before kubeadm runs, and
// kubeadm keeps an existing pair. So one start is enough, without `minikube cp` and a second start.
const syncedFolder = ['files', 'var', 'lib', 'minikube', 'certs'];
const lockSeconds = 600;

const getLock = (home: string) => join(home, 'entra-federation.lock');
const getKeyFile = (home: string) => join(home, ...syncedFolder, 'sa.key');
const getPublicKeyFile = (home: string) => join(home, ...syncedFolder, 'sa.pub');

/**
 * Copies the key pair to the file sync of minikube while `start` runs, and deletes it afterwards. Other
 * starts with the same MINIKUBE_HOME wait meanwhile, because they would get this key.
 */
export async function withSyncedKey<T>(
  home: string,
  key: SigningKey,
  deps: Pick<Deps, 'clock' | 'log'>,
  start: () => Promise<T>,
): Promise<T> {
  await mkdir(home, { recursive: true });
  const policy = {
    what: `another start with MINIKUBE_HOME ${dirname(home)}`,
    budgetSeconds: lockSeconds,
    maximumDelaySeconds: 2,
    isTransient: (error: unknown) => errorCode(error) === 'EEXIST',
  };
  await retry(policy, deps, () => takeLock(home));
  try {
    await refuseForeignFiles(home);
    try {
      await copyKey(home, key);
      return await start();
    } finally {
      await removeSyncedKey(home);
    }
  } finally {
    await rm(getLock(home), { force: true });
  }
}

/** Deletes what a killed start left in the file sync. Returns whether there was anything. */
export async function removeLeftKey(home: string): Promise<boolean> {
  const owner = await readFile(getLock(home), 'utf8').catch(() => undefined);
  if (owner === undefined || (await isHeld(owner))) return false;
  await removeSyncedKey(home);
  await rm(getLock(home), { force: true });
  return true;
}

/** Deletes the pair from the file sync, and the folders that are empty without it. */
async function removeSyncedKey(home: string): Promise<void> {
  for (const file of [getKeyFile(home), getPublicKeyFile(home)]) await rm(file, { force: true });
  // Not `files` itself, which minikube creates.
  for (let depth = syncedFolder.length; depth > 1; depth--) {
    const isRemoved = await rmdir(join(home, ...syncedFolder.slice(0, depth))).then(
      () => true,
      () => false,
    );
    if (!isRemoved) break;
  }
}

async function takeLock(home: string): Promise<void> {
  await removeLeftKey(home);
  const file = await open(getLock(home), 'wx', 0o600);
  await file.writeFile(JSON.stringify(await identifyProcess('start-minikube', process.pid)));
  await file.close();
}

async function isHeld(owner: string): Promise<boolean> {
  try {
    return await isRunning(parseProcessIdentity(owner));
  } catch {
    return true; // its owner is just writing it
  }
}

async function refuseForeignFiles(home: string): Promise<void> {
  for (const file of [getKeyFile(home), getPublicKeyFile(home)])
    if (await exists(file)) throw new FederationError('minikube-files-taken', { file });
}

async function copyKey(home: string, key: SigningKey): Promise<void> {
  await mkdir(join(home, ...syncedFolder), { recursive: true });
  // Not copyFile, which also copies the mode of the source.
  await writeFile(getKeyFile(home), await readFile(key.privateKeyFile ?? ''), { flag: 'wx', mode: 0o600 });
  await writeFile(getPublicKeyFile(home), await readFile(key.publicKeyFile), { flag: 'wx', mode: 0o644 });
}
