import { resolve } from 'node:path';
import type { Deps, InputsOf } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { maskPrivateKey, type PrivateKey, readPrivateKey } from './pem.ts';

/** The key pair that a run is asked for. */
export interface KeyRequest {
  /** The key of the input `private-key`; undefined for a generated one. */
  readonly given: PrivateKey | undefined;
  /** Size of a generated key in bits. */
  readonly modulusLength: number;
  /** Absolute path of the folder that the user chose. */
  readonly directory: string | undefined;
  readonly keep: boolean;
}

/**
 * Reads the inputs; nothing is written. A given key is masked.
 * Throws FederationError `key-unreadable`, `key-encrypted`, `key-inconsistent` or `key-unsuitable`.
 */
export function readRequest(inputs: InputsOf<typeof definition>, deps: Deps): KeyRequest {
  const { privateKey, privateKeyPassphrase, modulusLength, outputDirectory, keep } = inputs;
  const given =
    privateKey === undefined
      ? undefined
      : readPrivateKey(privateKey, 'the input `private-key`', privateKeyPassphrase);
  if (given) maskPrivateKey(given.pem, deps.log);
  const directory =
    outputDirectory === undefined ? undefined : resolve(deps.temporaryDirectory, outputDirectory);
  return { given, modulusLength: Number(modulusLength), directory, keep };
}
