import { createPublicKey, type KeyObject } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { FederationError } from '../../errors/index.ts';
import { computeKeyId, readPrivateKeyFile, readPublicKeyFile } from '../../keys/index.ts';
import type { Log } from '../../runtime/index.ts';
import type { Check, Passed, Skipped } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';

interface KeyFiles {
  readonly privateKeyFile?: string | undefined;
  readonly publicKeyFile?: string | undefined;
}

/** Checks the key files. */
export const keyFiles: Check = {
  id: 'key-files',
  title: 'Key files',
  reliesOn: [],
  lookedAt: ({ inputs }) =>
    [inputs.privateKeyFile, inputs.publicKeyFile].filter((file) => file !== undefined).join(', ') ||
    'the inputs `private-key-file` and `public-key-file`',
  run: ({ inputs, deps }) => checkKeyFiles(inputs, deps.log),
};

/**
 * Checks that the files hold RSA keys that Entra ID accepts, that they belong together, and that no other
 * user can read the private key. Throws FederationError `key-pair-mismatch`, `private-key-readable`, or what
 * reading a key throws.
 */
export async function checkKeyFiles(files: KeyFiles, log: Pick<Log, 'mask'>): Promise<Passed | Skipped> {
  const { privateKeyFile = '', publicKeyFile = '' } = files;
  const privateKeyId = privateKeyFile && computeKeyId(await readPublicHalf(privateKeyFile, log));
  const publicKeyId = await readPublicKeyId(files);
  if (privateKeyId && publicKeyId && privateKeyId !== publicKeyId)
    throw new CheckFailedError(
      'key-pair-mismatch',
      { privateKeyFile, privateKeyId, publicKeyFile, publicKeyId },
      {
        comparison: [
          { label: 'key ID of the private key', value: privateKeyId },
          { label: 'key ID of the public key', value: publicKeyId },
        ],
      },
    );
  const id = privateKeyId || publicKeyId;
  if (!id) return { skipped: 'neither `private-key-file` nor `public-key-file` is set' };
  return { found: `key ID ${id}`, evidence: [['key ID', id]] };
}

/** Returns the key ID of `public-key-file`, undefined if it is not set. */
export async function readPublicKeyId({ publicKeyFile }: KeyFiles): Promise<string | undefined> {
  if (publicKeyFile === undefined) return undefined;
  const [key] = await readPublicKeyFile(publicKeyFile, 'public-key-file');
  return key && computeKeyId(key);
}

async function readPublicHalf(file: string, log: Pick<Log, 'mask'>): Promise<KeyObject> {
  const { key } = await readPrivateKeyFile(file, 'private-key-file', log);
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0)
    throw new FederationError('private-key-readable', { file, mode: (mode & 0o777).toString(8) });
  return createPublicKey(key);
}
