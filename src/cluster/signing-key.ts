import { createPublicKey, type KeyObject } from 'node:crypto';
import { FederationError } from '../errors/index.ts';
import { computeKeyId, readPrivateKeyFile, readPublicKeyFile } from '../keys/index.ts';
import type { Log } from '../runtime/index.ts';

/** The key pair that a cluster signs with. Both halves were checked to belong together. */
export interface SigningKey {
  /** Undefined for an existing cluster, which already has one. */
  readonly privateKeyFile: string | undefined;
  readonly publicKeyFile: string;
  readonly publicKey: KeyObject;
  readonly keyId: string;
}

/**
 * Reads and checks both files before anything starts, because kube-apiserver's own error comes a minute later
 * and names no file.
 * Throws FederationError `key-file-unreadable`, `key-pair-mismatch`, `key-unreadable`, `key-unsuitable` or
 * `key-inconsistent`.
 */
export async function readSigningKey(
  publicKeyFile: string,
  privateKeyFile: string | undefined,
  log: Pick<Log, 'mask'>,
): Promise<SigningKey> {
  const publicKeys = await readPublicKeyFile(publicKeyFile, 'public-key-file');
  const [publicKey] = publicKeys;
  if (publicKey === undefined || publicKeys.length > 1) {
    const problem = `expected the public key that the cluster signs with, found ${publicKeys.length} keys`;
    throw new FederationError('key-unreadable', { key: publicKeyFile, problem });
  }
  const keyId = computeKeyId(publicKey);
  if (privateKeyFile !== undefined) {
    const { key } = await readPrivateKeyFile(privateKeyFile, 'private-key-file', log);
    const privateKeyId = computeKeyId(createPublicKey(key));
    if (privateKeyId !== keyId) {
      const values = { privateKeyFile, privateKeyId, publicKeyFile, publicKeyId: keyId };
      throw new FederationError('key-pair-mismatch', values);
    }
  }
  return { privateKeyFile, publicKeyFile, publicKey, keyId };
}
