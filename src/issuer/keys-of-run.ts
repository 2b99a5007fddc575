import { readFile } from 'node:fs/promises';
import { type Jwk, jwksOf, readPublicKeys } from '../keys/index.ts';
import { FederationError, messageOf } from '../runtime/index.ts';
import { type KeyChange, noChange } from './key-ring.ts';
import type { PublishInputs } from './store.ts';

/** Reads the keys of a run and what is to become of them. Throws FederationError `invalid-input`, `key-unreadable` or `key-unsuitable`. */
export async function keysOfRun(inputs: PublishInputs): Promise<KeyChange> {
  const live = await keysIn(inputs.publicKeyFile);
  const isLive = new Set(live.map(({ kid }) => kid));
  const staged = (await keysIn(inputs.stagedPublicKeyFile)).filter(({ kid }) => !isLive.has(kid));
  const wanted = [...live, ...staged].map(({ kid }) => kid);
  const both = inputs.retireKeyIds.filter((kid) => wanted.includes(kid));
  if (both.length > 0) {
    throw new FederationError(
      `failed to read the inputs: ${both.join(', ')} is to be published and retired at once`,
      {
        code: 'invalid-input',
        hint: 'Take the key id out of retire-key-ids, or its file out of public-key-file.',
      },
    );
  }
  return { ...noChange, live, staged, retire: inputs.retireKeyIds, neededSeconds: inputs.pruneAfter };
}

async function keysIn(files: readonly string[]): Promise<readonly Jwk[]> {
  const texts = await Promise.all(files.map(readKeyFile));
  return jwksOf(texts.flatMap((text, index) => readPublicKeys(text, `the public key file ${files[index]}`)))
    .keys;
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new FederationError(`failed to read the public key file ${file}: ${messageOf(error)}`, {
      code: 'key-unreadable',
      hint: 'Use the output public-key-file of generate-keys. Files do not travel from one job to the next.',
      cause: error,
    });
  }
}
