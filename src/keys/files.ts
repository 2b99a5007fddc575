import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';

/** The name under which a secret is written before it appears, whole, under its own. A clean-up removes both. */
export function partialFileName(path: string): string {
  return `${path}.${randomUUID()}`;
}

/**
 * Writes a secret with mode 0600 so that it is at `path` whole or not at all, and never replaces what is there already.
 * Throws FederationError `key-file-exists` when something is, `key-file-not-written` for everything else.
 */
export async function writeSecretFile(path: string, partial: string, text: string): Promise<void> {
  try {
    await writeNew(partial, text, 0o600);
    // A link, unlike a rename, fails where something is already, be it a file, a symlink or another job's key.
    await link(partial, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new FederationError(`failed to write the private key ${path}: something is there already`, {
        code: 'key-file-exists',
        hint: 'Remove it, or set output-directory to another folder.',
        cause: error,
      });
    }
    throw new FederationError(`failed to write the private key ${path}: ${errorMessage(error)}`, {
      code: 'key-file-not-written',
      hint: 'output-directory must be a folder of a local file system that this job may write to.',
      cause: error,
    });
  } finally {
    await rm(partial, { force: true });
  }
}

/**
 * The text of a regular file with mode 0600 from now on; undefined where there is none. A symlink is refused: whoever may place one could
 * choose the key that signs. Throws FederationError `key-file-unsafe`.
 */
export async function readSecretFile(path: string): Promise<string | undefined> {
  const refuse = (why: string, cause?: unknown) =>
    new FederationError(`failed to read the private key ${path}: ${why}`, {
      code: 'key-file-unsafe',
      hint: 'Remove it, or set output-directory to another folder.',
      cause,
    });
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      if (!(await file.stat()).isFile()) throw refuse('it is not a regular file');
      await file.chmod(0o600);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === 'ELOOP') throw refuse('it is a symbolic link', error);
    if (error instanceof FederationError) throw error;
    throw refuse(errorMessage(error), error);
  }
}

/** Writes a file that anybody may read, replacing an older one at once. A symlink at `path` is replaced, not followed. */
export async function writePublicFile(path: string, text: string): Promise<void> {
  const partial = partialFileName(path);
  try {
    const existing = await lstat(path).catch(() => undefined);
    if (existing?.isDirectory()) throw new Error('it is a folder');
    await writeNew(partial, text, 0o644);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new FederationError(`failed to write ${path}: ${errorMessage(error)}`, {
      code: 'key-file-not-written',
      hint: 'output-directory must be a folder of a local file system that this job may write to.',
      cause: error,
    });
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
