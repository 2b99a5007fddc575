import { errorMessage, FederationError } from '../errors/index.ts';
import { type Jwk, readPublicKeyFile, toJwks } from '../keys/index.ts';
import { parsePrefix } from './address.ts';
import { type KeyChange, noChange } from './key-ring.ts';
import type { PublishInputs } from './store.ts';

/**
 * What the inputs ask for, with the key files read. Nothing is changed before all of it is known to make sense.
 * Throws FederationError `invalid-input`, `key-file-unreadable`, `key-unreadable` or `key-unsuitable`.
 */
export async function requestOf(inputs: PublishInputs): Promise<KeyChange> {
  checkPlace(inputs);
  const live = await keysIn(inputs.publicKeyFile, 'public-key-file');
  const isLive = new Set(live.map(({ kid }) => kid));
  const staged = (await keysIn(inputs.stagedPublicKeyFile, 'staged-public-key-file')).filter(
    ({ kid }) => !isLive.has(kid),
  );
  const change = { ...noChange, live, staged, retire: inputs.retireKeyIds, neededSeconds: inputs.pruneAfter };
  checkKeys(inputs, change);
  return change;
}

async function keysIn(files: readonly string[], input: string): Promise<readonly Jwk[]> {
  const keys = await Promise.all(files.map((file) => readPublicKeyFile(file, input)));
  return toJwks(keys.flat()).keys;
}

function checkKeys(inputs: PublishInputs, { live, staged, retire }: KeyChange): void {
  const wanted = [...live, ...staged].map(({ kid }) => kid);
  const both = retire.filter((kid) => wanted.includes(kid));
  if (both.length > 0) {
    throw refuse(
      `${both.join(', ')} is to be published and retired at once`,
      'Take the key id out of retire-key-ids, or its file out of public-key-file.',
    );
  }
  if (inputs.storage === 'none' && (retire.length > 0 || inputs.onExit === 'retire')) {
    throw refuse('with storage none no key can be retired', 'Retire keys where the documents are published.');
  }
  if (inputs.storage !== 'none' && wanted.length + retire.length === 0) {
    throw refuse(
      'there is no key to publish or to retire',
      'Set public-key-file to the output of generate-keys.',
    );
  }
}

function checkPlace({ storage, path, issuerUrl }: PublishInputs): void {
  const isOffAzure = storage === 'directory' || storage === 'none';
  if (isOffAzure && issuerUrl === undefined) {
    throw refuse(
      `with storage ${storage} the issuer is missing`,
      'Set issuer-url to the URL below which the documents are served.',
    );
  }
  if (storage === 'directory' && path === undefined) {
    throw refuse(
      'with storage directory the folder is missing',
      'Set path to the folder that the web server serves, such as public.',
    );
  }
  if (isOffAzure || path === undefined) return;
  try {
    parsePrefix(path);
  } catch (error) {
    throw refuse(
      `input "path" is "${path}": ${errorMessage(error)}`,
      'With the azure stores it is a prefix inside the container.',
    );
  }
}

function refuse(why: string, hint: string): FederationError {
  return new FederationError(`failed to read the inputs: ${why}`, { code: 'invalid-input', hint });
}
