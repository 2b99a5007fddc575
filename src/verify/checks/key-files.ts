import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { computeKeyId } from '../../keys/kid.ts';
import { assertSuitable } from '../../keys/suitable.ts';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';

/** The key files are RSA keys that Entra takes, belong together, and the private one is nobody else's to read. */
export const keyFiles: Check = {
  id: 'key-files',
  title: 'Key files',
  reliesOn: [],
  lookedAt: ({ inputs }) =>
    [inputs.privateKeyFile, inputs.publicKeyFile].filter((file) => file !== undefined).join(', ') ||
    'the inputs private-key-file and public-key-file',
  run: async ({ inputs, deps }) => {
    const { privateKeyFile, publicKeyFile } = inputs;
    if (privateKeyFile === undefined && publicKeyFile === undefined)
      return { skipped: 'neither private-key-file nor public-key-file is set' };
    const fromPrivate =
      privateKeyFile === undefined
        ? undefined
        : publicHalf(await readPrivateKey(privateKeyFile, deps.log), privateKeyFile);
    const fromPublic = publicKeyFile === undefined ? undefined : await readPublicKey(publicKeyFile);
    const ids = [fromPrivate, fromPublic].filter((id) => id !== undefined);
    const [id = '', other = id] = ids;
    if (id !== other) {
      throw new CheckFailedError({
        code: 'keys-of-different-pairs',
        cause: 'the private key and the public key do not belong together',
        change: 'Take both files from the same run of generate-keys.',
        comparison: [
          { label: 'key id of the private key', value: id },
          { label: 'key id of the public key', value: other },
        ],
      });
    }
    return { found: `key id ${id}`, evidence: [['key id', id]] };
  },
};

/** Key id of the files that were given, undefined where none were. */
export async function keyIdOfFiles(files: {
  readonly publicKeyFile?: string | undefined;
}): Promise<string | undefined> {
  return files.publicKeyFile === undefined ? undefined : readPublicKey(files.publicKeyFile);
}

async function readPrivateKey(file: string, log: { mask(secret: string): void }): Promise<KeyObject> {
  const pem = await contentOf(file, 'private');
  log.mask(pem);
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) {
    throw new CheckFailedError({
      code: 'private-key-readable',
      cause: `others on this machine may read the private key (mode ${(mode & 0o777).toString(8)})`,
      change: `chmod 600 ${file}`,
    });
  }
  return parsed(file, () => createPrivateKey(pem));
}

async function readPublicKey(file: string): Promise<string> {
  const pem = await contentOf(file, 'public');
  if (pem.includes('PRIVATE KEY')) {
    throw new CheckFailedError({
      code: 'private-key-as-public',
      cause: 'public-key-file holds a private key',
      change: 'Set public-key-file to the output public-key-file of generate-keys.',
    });
  }
  return idOf(
    parsed(file, () => createPublicKey(pem)),
    file,
  );
}

async function contentOf(file: string, half: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CheckFailedError({
      code: 'key-file-unreadable',
      cause: `the file of the ${half} key cannot be read`,
      change: `Set ${half}-key-file to the output of the same name of generate-keys, in the same job.`,
      answer: errorMessage(error),
      raised: error,
    });
  }
}

function parsed(file: string, parse: () => KeyObject): KeyObject {
  try {
    return parse();
  } catch (error) {
    throw new CheckFailedError({
      code: 'key-file-malformed',
      cause: `${file} is no key in PEM form`,
      change: 'Make the keys anew with generate-keys.',
      raised: error,
    });
  }
}

function publicHalf(key: KeyObject, file: string): string {
  return idOf(createPublicKey(key), file);
}

function idOf(key: KeyObject, file: string): string {
  try {
    assertSuitable(key, file);
  } catch (error) {
    throw new CheckFailedError({
      code: 'key-unsuitable',
      cause: errorMessage(error),
      change: (error instanceof FederationError ? error.hint : undefined) ?? 'Make an RSA key of 2048 bits.',
      raised: error,
    });
  }
  return computeKeyId(key);
}
