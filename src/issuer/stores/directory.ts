import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../../errors/index.ts';
import { type DocumentName, documentPaths } from '../address.ts';
import type { IssuerStore, StoredDocument, StoreKind } from '../store.ts';
import { holding, LockHeldError } from './exclusion.ts';

// What is remembered of the keys lies beside the JWKS; web servers and GitHub Pages may serve it, it holds no secret.
const notesSuffix = '.notes';
const partialSuffix = '.partial';

/** A folder that any web server, or GitHub Pages, serves at the issuer's URL. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const location = resolve(deps.env.GITHUB_WORKSPACE ?? '.', inputs.path ?? '.');
    await failing(`create the folder ${location}`, () => mkdir(location, { recursive: true }));
    // Two spellings of one folder must exclude each other.
    const place = { issuerUrl: undefined, location: await realpath(location), isNew: false };
    return { place, store: directoryStore(place.location) };
  },
  async open({ location }) {
    return directoryStore(location);
  },
};

function directoryStore(folder: string): IssuerStore {
  const fileOf = (name: DocumentName) => join(folder, documentPaths[name]);
  return {
    description: `the folder ${folder}`,
    isOnTheWeb: false,
    read: (name) => failing(`read ${fileOf(name)}`, () => readDocument(fileOf(name))),
    async write(name, document, replaces) {
      const file = fileOf(name);
      try {
        return await holding(file, async () => {
          const stored = await readDocument(file);
          if (stored?.version !== replaces) return false;
          await mkdir(dirname(file), { recursive: true });
          await removePartials(file);
          if (document.notes !== '') await replace(`${file}${notesSuffix}`, notesOf(stored, document));
          await replace(file, document.text);
          return true;
        });
      } catch (error) {
        if (error instanceof LockHeldError) return false;
        throw notWritten(`write ${file}`, error);
      }
    },
  };
}

async function readDocument(file: string): Promise<StoredDocument | undefined> {
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const lines = ((await readIfThere(`${file}${notesSuffix}`)) ?? '').trim().split('\n');
  const line = lines.findLast((candidate) => candidate.startsWith(digest(text))) ?? lines.at(-1) ?? '';
  const notes = line.split(' ', 2)[1] ?? '';
  return { text, notes, version: digest(`${text}\0${notes}`), isServedRight: true };
}

type Text = Pick<StoredDocument, 'text' | 'notes'>;

// Two files cannot change at once. The notes go first, of the old text and of the new one, each with the digest of its text:
// whenever the second write fails to come, the notes of what is there can still be told. Of two for one text the later count.
function notesOf(before: Text | undefined, after: Text): string {
  return [before, after].map((one) => (one ? `${digest(one.text)} ${one.notes}\n` : '')).join('');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

// Only the holder of the name writes, so what a killed writer left behind can go.
async function removePartials(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${basename(file)}.`) && name.endsWith(partialSuffix))
      await rm(join(folder, name), { force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts the whole text in the place of the file at once, so that a web server never serves half of it. */
async function replace(file: string, text: string): Promise<void> {
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

async function failing<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw notWritten(doing, error);
  }
}

function notWritten(doing: string, error: unknown): FederationError {
  return new FederationError(`failed to ${doing}: ${errorMessage(error)}`, {
    code: 'issuer-folder-unusable',
    hint: '`path` must be a folder that this job may write to.',
    cause: error,
  });
}
