import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, mkdtemp, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import type { Deps, Log } from '../runtime/index.ts';
import { maskPrivateKey, type PrivateKey, readPrivateKey, readPublicKeys } from './pem.ts';

/**
 * Reads the private key in a file and masks it. `input` names the input that the path came from.
 * Throws FederationError `key-file-unreadable`, or what `readPrivateKey` throws.
 */
export async function readPrivateKeyFile(
  file: string,
  input: string,
  log: Pick<Log, 'mask'>,
): Promise<PrivateKey> {
  const text = await readKeyFile(file, input);
  maskPrivateKey(text, log);
  const privateKey = readPrivateKey(text, file);
  maskPrivateKey(privateKey.pem, log);
  return privateKey;
}

/**
 * Reads all public keys in a file. `input` names the input that the path came from.
 * Throws FederationError `key-file-unreadable`, or what `readPublicKeys` throws.
 */
export async function readPublicKeyFile(
  file: string,
  input: string,
): Promise<ReturnType<typeof readPublicKeys>> {
  return readPublicKeys(await readKeyFile(file, input), file);
}

async function readKeyFile(file: string, input: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const values = { file, input, problem: errorMessage(cause) };
    throw new FederationError('key-file-unreadable', values, { cause });
  }
}

/**
 * Creates the folder for the key files: `requested`, or a new one below the temporary folder.
 * Throws FederationError `key-file-not-written` or `key-in-workspace`.
 */
export async function openKeyFolder(requested: string | undefined, deps: Deps): Promise<string> {
  try {
    if (requested === undefined) return await mkdtemp(join(deps.temporaryDirectory, 'signing-key-'));
    const firstCreated = await mkdir(requested, { recursive: true, mode: 0o700 });
    if (!(await isInWorkspace(requested, deps))) return requested;
    if (firstCreated !== undefined) await rm(firstCreated, { recursive: true });
  } catch (error) {
    throw notWritten(requested ?? deps.temporaryDirectory, error);
  }
  throw new FederationError('key-in-workspace', { folder: requested });
}

// Files in the workspace end up in artifacts, caches, container images and commits.
async function isInWorkspace(directory: string, { env }: Deps): Promise<boolean> {
  const workspace = env.GITHUB_WORKSPACE;
  if (!workspace) return false;
  const root = await realpath(workspace).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return workspace;
    throw error;
  });
  const path = relative(root, await realpath(directory));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/**
 * Returns the path that a secret is written to before it appears, complete, under its own name. A clean-up
 * deletes both.
 */
export function getPartialFileName(path: string): string {
  return `${path}.${randomUUID()}`;
}

/**
 * Writes a secret with mode 0600, completely or not at all, and never replaces an existing file.
 * Throws FederationError `key-file-exists` or `key-file-not-written`.
 */
export async function writeSecretFile(path: string, partial: string, text: string): Promise<void> {
  try {
    await writeNew(partial, text, 0o600);
    // A link, unlike a rename, fails if the path exists, be it a file, a symbolic link or the key of another
    // job.
    await link(partial, path);
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST')
      throw new FederationError('key-file-exists', { file: path }, { cause });
    throw notWritten(path, cause);
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * Reads a regular file and sets its mode to 0600. Returns undefined if it does not exist. Rejects a symbolic
 * link: anyone who can create one could choose the key that signs. Throws FederationError `key-file-unsafe`.
 */
export async function readSecretFile(path: string): Promise<string | undefined> {
  const refuse = (problem: string, cause?: unknown) =>
    new FederationError('key-file-unsafe', { file: path, problem }, { cause });
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if (!(await file.stat()).isFile()) throw refuse('the path is not a regular file');
      await file.chmod(0o600);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === 'ELOOP') throw refuse('the path is a symbolic link', error);
    if (error instanceof FederationError) throw error;
    throw refuse(errorMessage(error), error);
  }
}

/**
 * Writes a file that everyone can read, and replaces an existing one atomically. Replaces a symbolic link
 * instead of following it.
 * Throws FederationError `key-file-not-written`.
 */
export async function writePublicFile(path: string, text: string): Promise<void> {
  const partial = getPartialFileName(path);
  try {
    const existing = await lstat(path).catch(() => undefined);
    if (existing?.isDirectory()) throw new Error('the path is a folder');
    await writeNew(partial, text, 0o644);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw notWritten(path, error);
  }
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function notWritten(path: string, cause: unknown): FederationError {
  return new FederationError('key-file-not-written', { path, problem: errorMessage(cause) }, { cause });
}
