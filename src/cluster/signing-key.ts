import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { errorMessage, FederationError } from '../errors/index.ts';
import { computeKeyId, readPrivateKey, readPublicKeys } from '../keys/index.ts';

/** The pair that a cluster signs with, read and found to belong together. */
export interface SigningKey {
  /** Undefined for an existing cluster, which has its own. */
  readonly privateKeyFile: string | undefined;
  readonly publicKeyFile: string;
  readonly publicKey: KeyObject;
  readonly keyId: string;
}

/**
 * Reads both files before anything is started, because kube-apiserver's own complaint comes a minute later and names no file.
 * Throws FederationError `key-file-unreadable`, `key-pair-mismatch`, or what the reading of keys throws.
 */
export async function readSigningKey(
  publicKeyFile: string,
  privateKeyFile: string | undefined,
): Promise<SigningKey> {
  const publicKeys = readPublicKeys(await readText(publicKeyFile, 'public-key-file'), publicKeyFile);
  const [publicKey] = publicKeys;
  if (publicKey === undefined || publicKeys.length !== 1) {
    throw new FederationError(
      `failed to read the public key ${publicKeyFile}: it holds ${publicKeys.length} keys, and a cluster signs with one`,
      { code: 'key-unreadable', hint: 'Set public-key-file to the output public-key-file of generate-keys.' },
    );
  }
  const keyId = computeKeyId(publicKey);
  if (privateKeyFile !== undefined) {
    const { key } = readPrivateKey(await readText(privateKeyFile, 'private-key-file'), privateKeyFile);
    const privateKeyId = computeKeyId(createPublicKey(key));
    if (privateKeyId !== keyId) {
      throw new FederationError(
        `failed to use the signing key: ${privateKeyFile} has key id ${privateKeyId}, and ${publicKeyFile} has ${keyId}`,
        {
          code: 'key-pair-mismatch',
          hint: 'Take private-key-file and public-key-file from the same generate-keys step, or make the public one with: openssl rsa -in sa.key -pubout -out sa.pub',
        },
      );
    }
  }
  return { privateKeyFile, publicKeyFile, publicKey, keyId };
}

async function readText(file: string, input: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new FederationError(`failed to read the key ${file}: ${errorMessage(error)}`, {
      code: 'key-file-unreadable',
      hint: `Set ${input} to the output of that name of generate-keys, in the same job.`,
      cause: error,
    });
  }
}
