import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import { holdLock, LockHeldError } from '../../runtime/index.ts';
import { type DocumentName, documentPaths } from '../address.ts';
import type { IssuerStore, NewDocument, StoredDocument, StoreKind } from './store.ts';

// The key records are a file next to the JWKS. Web servers and GitHub Pages may serve it: it contains no
// secret.
const recordsSuffix = '.records';
const partialSuffix = '.partial';

/** A folder that a web server, or GitHub Pages, serves at the issuer URL. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const location = resolve(deps.env.GITHUB_WORKSPACE ?? '.', inputs.path ?? '.');
    await attempt(`create the folder ${location}`, () => mkdir(location, { recursive: true }));
    // Two spellings of one folder must exclude each other.
    const place = { location: await realpath(location), isNew: false };
    return { place, store: openFolder(place.location) };
  },
  async open({ location }) {
    return openFolder(location);
  },
};

function openFolder(folder: string): IssuerStore {
  const locate = (name: DocumentName) => join(folder, documentPaths[name]);
  return {
    description: `the folder ${folder}`,
    isOnTheWeb: false,
    read: (name) => attempt(`read ${locate(name)}`, () => readDocument(locate(name))),
    write: (name, document, replaces) =>
      attempt(`write ${locate(name)}`, () => writeDocument(locate(name), document, replaces)),
  };
}

async function readDocument(file: string): Promise<StoredDocument | undefined> {
  const text = await readIfExists(file);
  if (text === undefined) return undefined;
  const lines = ((await readIfExists(`${file}${recordsSuffix}`)) ?? '').trim().split('\n');
  const line = lines.findLast((candidate) => candidate.startsWith(digest(text))) ?? lines.at(-1) ?? '';
  const records = line.split(' ', 2)[1] ?? '';
  return { text, records, version: digest(`${text}\0${records}`), hasRightHeaders: true };
}

async function writeDocument(
  file: string,
  document: NewDocument,
  replaces: string | undefined,
): Promise<boolean> {
  try {
    return await holdLock(file, async () => {
      const stored = await readDocument(file);
      if (stored?.version !== replaces) return false;
      await mkdir(dirname(file), { recursive: true });
      await removePartials(file);
      if (document.records !== '')
        await replaceFile(`${file}${recordsSuffix}`, renderRecords(stored, document));
      await replaceFile(file, document.text);
      return true;
    });
  } catch (error) {
    if (error instanceof LockHeldError) return false;
    throw error;
  }
}

// Two files cannot change at once. The records are written first, those of the old text and those of the new
// one, each with the digest of its text. If the second write fails, the records of the old text are still
// found.
function renderRecords(before: NewDocument | undefined, after: NewDocument): string {
  return [before, after].map((one) => (one ? `${digest(one.text)} ${one.records}\n` : '')).join('');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// Only the holder of the lock writes, so what a killed writer left can be removed.
async function removePartials(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${basename(file)}.`) && name.endsWith(partialSuffix))
      await rm(join(folder, name), { force: true });
  }
}

async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the whole file at once, so that a web server never serves half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  const partial = `${file}.${randomUUID()}${partialSuffix}`;
  try {
    const handle = await open(partial, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}

async function attempt<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const values = { action, problem: errorMessage(error) };
    throw new FederationError('issuer-folder-unusable', values, { cause: error });
  }
}
