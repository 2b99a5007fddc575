import { mkdir, open, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode, FederationError } from '../../errors/index.ts';
import {
  type Deps,
  exists,
  identifyProcess,
  isRunning,
  type ProcessIdentity,
  retry,
} from '../../runtime/index.ts';
import type { SigningKey } from '../signing-key.ts';

/** The folder that minikube keeps everything in. */
export function minikubeHome(env: Deps['env']): string {
  const home = env.MINIKUBE_HOME;
  if (!home) return join(env.HOME ?? '', '.minikube');
  return basename(home) === '.minikube' ? home : join(home, '.minikube');
}

// minikube copies everything below `files` to the root of every node that it starts, before kubeadm runs; kubeadm keeps a pair
// that is there. So one start suffices, without `minikube cp` and a second start.
const syncedFolder = ['files', 'var', 'lib', 'minikube', 'certs'];
const waitSeconds = 600;
const lockOf = (home: string) => join(home, 'entra-federation.lock');

/**
 * Has the pair in minikube's file sync while `start` runs, and takes it out again whatever happens. Other starts with the same
 * MINIKUBE_HOME wait meanwhile: they would get this key.
 */
export async function withSyncedKey<T>(
  home: string,
  key: SigningKey,
  deps: Pick<Deps, 'clock' | 'log'>,
  start: () => Promise<T>,
): Promise<T> {
  const lock = lockOf(home);
  await mkdir(home, { recursive: true });
  const isTransient = (error: unknown) => errorCode(error) === 'EEXIST';
  const what = `another start with MINIKUBE_HOME ${dirname(home)}`;
  await retry({ what, budgetSeconds: waitSeconds, maximumDelaySeconds: 2, isTransient }, deps, () =>
    takeLock(lock, home),
  );
  try {
    await refuseForeignFiles(home);
    try {
      await copyIn(home, key);
      return await start();
    } finally {
      await removeSyncedKey(home);
    }
  } finally {
    await rm(lock, { force: true });
  }
}

/** Removes the pair from the file sync, and the folders that are empty without it. */
async function removeSyncedKey(home: string): Promise<void> {
  for (const file of filesOf(home)) await rm(file, { force: true });
  // Not `files` itself: minikube makes it.
  for (let depth = syncedFolder.length; depth > 1; depth--) {
    const empty = await rmdir(join(home, ...syncedFolder.slice(0, depth))).then(
      () => true,
      () => false,
    );
    if (!empty) break;
  }
}

/** Removes what a start that was killed half-way left in the file sync; returns whether there was something. */
export async function removeLeftKey(home: string): Promise<boolean> {
  const lock = lockOf(home);
  const owner = await readFile(lock, 'utf8').catch(() => undefined);
  if (owner === undefined || (await isHeld(owner))) return false;
  await removeSyncedKey(home);
  await rm(lock, { force: true });
  return true;
}

async function takeLock(lock: string, home: string): Promise<void> {
  await removeLeftKey(home);
  const file = await open(lock, 'wx', 0o600);
  await file.writeFile(JSON.stringify(await identifyProcess('start-minikube', process.pid)));
  await file.close();
}

async function isHeld(owner: string): Promise<boolean> {
  try {
    return await isRunning(JSON.parse(owner) as ProcessIdentity);
  } catch {
    return true; // being written at this moment
  }
}

const filesOf = (home: string) =>
  ['sa.key', 'sa.pub'].map((name) => join(home, ...syncedFolder, name)) as [string, string];

async function refuseForeignFiles(home: string): Promise<void> {
  for (const file of filesOf(home)) {
    if (!(await exists(file))) continue;
    throw new FederationError(`failed to give minikube the signing key: there is a ${file} already`, {
      code: 'minikube-files-taken',
      hint: 'Remove it: this action puts the key there itself, for the time of the start only.',
    });
  }
}

async function copyIn(home: string, key: SigningKey): Promise<void> {
  await mkdir(join(home, ...syncedFolder), { recursive: true });
  const [privateKeyFile, publicKeyFile] = filesOf(home);
  // Not copyFile: it takes over the mode of the source.
  await writeFile(privateKeyFile, await readFile(key.privateKeyFile ?? ''), { flag: 'wx', mode: 0o600 });
  await writeFile(publicKeyFile, await readFile(key.publicKeyFile), { flag: 'wx', mode: 0o644 });
}
