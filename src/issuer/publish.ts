import { errorMessage, FederationError } from '../errors/index.ts';
import { type Deps, retry } from '../runtime/index.ts';
import { parseIssuerUrl, samePlace } from './address.ts';
import { buildDiscovery, parseJwks, parseObject, renderDocument } from './documents.ts';
import { type ChangedRing, changeKeys, hasChanged, type KeyChange, type KeyRing } from './key-ring.ts';
import { decodeMemory, encodeMemory } from './memory.ts';
import type { IssuerStore, StoredDocument } from './store.ts';

// Fifty publishers at once need about fifty rounds of some 20 ms each on a slow store.
const contentionSeconds = 120;

/** A write that another publisher overtook: read again, and apply the change to what that one wrote. */
class ConcurrentUpdateError extends Error {}

export interface PublishedKeys {
  readonly ring: ChangedRing;
  /** Whether this run wrote; also true where the answer to its write got lost and the write was found done. */
  readonly written: boolean;
}

/**
 * Applies a change to the published keys by compare-and-swap, so that no publisher ever undoes what another one did.
 * `beforeWrite` sees the ring that is about to be written. Throws what `changeKeys` and the store throw; then nothing was written.
 */
export async function publishKeys(
  store: IssuerStore,
  change: KeyChange,
  deps: Deps,
  beforeWrite: (ring: ChangedRing) => void,
): Promise<PublishedKeys> {
  let isTried = false;
  return swap(store, deps, async () => {
    const stored = await store.read('jwks');
    const ring = changeKeys(readRing(stored, store), change, deps.clock.now());
    if (!hasChanged(ring) && stored?.isServedRight) return { ring, written: isTried };
    beforeWrite(ring);
    isTried = true;
    const document = { text: renderDocument({ keys: ring.keys }), notes: encodeMemory(ring.memories) };
    if (!(await store.write('jwks', document, stored?.version)))
      throw new ConcurrentUpdateError('another publisher was faster');
    return { ring, written: true };
  });
}

/** Writes the discovery document unless it is there. True when it was written. Throws FederationError `issuer-conflict`. */
export async function publishDiscovery(store: IssuerStore, issuerUrl: string, deps: Deps): Promise<boolean> {
  return swap(store, deps, async () => {
    const stored = await store.read('discovery');
    if (stored !== undefined && isDiscoveryOf(issuerUrl, stored, store) && stored.isServedRight) return false;
    const document = { text: renderDocument(buildDiscovery(issuerUrl)), notes: '' };
    if (!(await store.write('discovery', document, stored?.version)))
      throw new ConcurrentUpdateError('another publisher was faster');
    return true;
  });
}

/**
 * The issuer whose documents a store holds or is to hold: what the user asks for, else what is published there already, else the store's own
 * spelling. Decided before anything is written. Throws FederationError `issuer-conflict`, or `issuer-url-missing`.
 */
export async function decideIssuer(
  store: IssuerStore,
  wanted: string | undefined,
  ownSpelling: string | undefined,
): Promise<string> {
  const stored = await store.read('discovery');
  const published = stored && parseObject(stored.text)?.issuer;
  const adopted =
    ownSpelling !== undefined && typeof published === 'string' && samePlace(published, ownSpelling)
      ? published
      : ownSpelling;
  const issuerUrl = wanted ?? adopted;
  if (issuerUrl === undefined) {
    throw new FederationError('failed to publish the issuer: its URL is not known', {
      code: 'issuer-url-missing',
      hint: 'Set issuer-url to the URL below which the folder will be served.',
    });
  }
  assertIssuer(issuerUrl);
  if (stored !== undefined) isDiscoveryOf(issuerUrl, stored, store);
  return issuerUrl;
}

function assertIssuer(issuerUrl: string): void {
  try {
    parseIssuerUrl(issuerUrl);
  } catch (error) {
    throw new FederationError(`failed to publish the issuer ${issuerUrl}: ${errorMessage(error)}`, {
      code: 'invalid-input',
      hint: 'The address of the store cannot be an issuer. Set issuer-url to one at which its documents are served.',
    });
  }
}

/** Whether the stored document is the issuer's and complete; false when it is damaged and has to be written anew. */
function isDiscoveryOf(issuerUrl: string, stored: StoredDocument, store: IssuerStore): boolean {
  const fields = parseObject(stored.text);
  if (fields === undefined || typeof fields.issuer !== 'string' || typeof fields.jwks_uri !== 'string')
    return false;
  const wanted = buildDiscovery(issuerUrl);
  for (const field of ['issuer', 'jwks_uri'] as const) {
    if (fields[field] === wanted[field]) continue;
    throw new FederationError(
      `failed to publish the issuer ${issuerUrl}: ${store.description} holds a discovery document whose ${field} is "${fields[field]}", not "${wanted[field]}"`,
      {
        code: 'issuer-conflict',
        hint:
          field === 'issuer' && samePlace(fields.issuer, issuerUrl)
            ? `The slash at the end counts. Use what is published already:\n  issuer-url: ${fields.issuer}`
            : 'Another issuer lives there, and its clusters and credentials rely on it. Choose another container or path, or delete that document.',
      },
    );
  }
  return lists.every((field) => {
    const values = fields[field];
    return Array.isArray(values) && wanted[field].every((value) => values.includes(value));
  });
}

const lists = [
  'response_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
] as const;

function readRing(stored: StoredDocument | undefined, store: IssuerStore): KeyRing {
  if (stored === undefined) return { keys: [], memories: new Map() };
  return { keys: parseJwks(stored.text, `in ${store.description}`), memories: decodeMemory(stored.notes) };
}

async function swap<T>(store: IssuerStore, deps: Deps, attempt: () => Promise<T>): Promise<T> {
  const policy = {
    what: `its turn in ${store.description}`,
    budgetSeconds: contentionSeconds,
    firstDelaySeconds: 0.1,
    maximumDelaySeconds: 3,
    isTransient: (error: unknown) => error instanceof ConcurrentUpdateError,
  };
  try {
    return await retry(policy, deps, attempt);
  } catch (error) {
    if (!(error instanceof ConcurrentUpdateError)) throw error;
    throw new FederationError(
      `failed to write to ${store.description}: other publishers were faster for ${contentionSeconds} s`,
      {
        code: 'issuer-contended',
        fault: 'service',
        hint: 'Run the job again; nothing was changed.',
        cause: error,
      },
    );
  }
}
