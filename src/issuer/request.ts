import { errorMessage, FederationError } from '../errors/index.ts';
import { type Jwk, readPublicKeyFile, toJwks } from '../keys/index.ts';
import { parsePrefix } from './address.ts';
import type { PublishInputs } from './definition.ts';
import { type KeyChange, noChange } from './key-ring.ts';

/**
 * Reads what the inputs ask for, and the key files. Nothing is changed before all of it is valid.
 * Throws FederationError `invalid-input`, `key-file-unreadable`, `key-unreadable` or `key-unsuitable`.
 */
export async function readRequest(inputs: PublishInputs): Promise<KeyChange> {
  checkPlace(inputs);
  const live = await readKeys(inputs.publicKeyFile, 'public-key-file');
  const isLive = new Set(live.map(({ kid }) => kid));
  const staged = await readKeys(inputs.stagedPublicKeyFile, 'staged-public-key-file');
  const change = {
    ...noChange,
    live,
    staged: staged.filter(({ kid }) => !isLive.has(kid)),
    retire: inputs.retireKeyIds,
    neededSeconds: inputs.pruneAfter,
  };
  checkKeys(inputs, change);
  return change;
}

async function readKeys(files: readonly string[], input: string): Promise<readonly Jwk[]> {
  const keys = await Promise.all(files.map((file) => readPublicKeyFile(file, input)));
  return toJwks(keys.flat()).keys;
}

function checkKeys(inputs: PublishInputs, { live, staged, retire }: KeyChange): void {
  const wanted = [...live, ...staged].map(({ kid }) => kid);
  const both = retire.filter((kid) => wanted.includes(kid));
  if (both.length > 0) {
    throw reject(
      `${both.join(', ')} cannot be published and retired at once. Remove the key ID from \`retire-key-ids\`, or its file from \`public-key-file\`.`,
    );
  }
  if (inputs.storage === 'none' && (retire.length > 0 || inputs.onExit === 'retire')) {
    throw reject(
      'keys cannot be retired with `storage: none`. Retire them in the step that publishes the documents.',
    );
  }
  if (inputs.storage !== 'none' && wanted.length + retire.length === 0)
    throw reject('`public-key-file` is missing. Set it to the output `public-key-file` of generate-keys.');
}

function checkPlace({ storage, path, issuerUrl }: PublishInputs): void {
  const isOutsideAzure = storage === 'directory' || storage === 'none';
  if (isOutsideAzure && issuerUrl === undefined) {
    throw reject(
      `\`issuer-url\` is missing, which \`storage: ${storage}\` requires. Set it to the URL at which the documents are served.`,
    );
  }
  if (storage === 'directory' && path === undefined) {
    throw reject(
      '`path` is missing, which `storage: directory` requires. Set it to the folder that the web server serves, for example, public.',
    );
  }
  if (isOutsideAzure || path === undefined) return;
  try {
    parsePrefix(path);
  } catch (error) {
    throw reject(
      `\`path\` is "${path}": ${errorMessage(error)}. With the Azure stores, it is a prefix inside the container.`,
    );
  }
}

function reject(problems: string): FederationError {
  return new FederationError('invalid-input', { problems });
}
