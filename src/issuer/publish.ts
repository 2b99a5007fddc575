import { errorMessage, FederationError } from '../errors/index.ts';
import { type Deps, retry } from '../runtime/index.ts';
import { isSamePlace, parseIssuerUrl } from './address.ts';
import {
  buildDiscovery,
  type Discovery,
  describeFinding,
  findIssuer,
  getKeyId,
  IssuerVerificationError,
  listFields,
  parseDiscovery,
  parseKeySet,
  renderDocument,
} from './documents/index.ts';
import { decodeKeyRecords, encodeKeyRecords } from './key-records.ts';
import { type ChangedRing, changeKeys, hasChanged, type KeyChange, type KeyRing } from './key-ring.ts';
import type { IssuerStore, NewDocument, StoredDocument } from './stores/index.ts';

// Fifty publishers at once need about fifty rounds of some 20 ms each on a slow store.
const contentionSeconds = 120;

/** Another publisher wrote first: read again, and apply the change to what it wrote. */
class ConcurrentUpdateError extends Error {}

export interface PublishedKeys {
  readonly ring: ChangedRing;
  /** Whether this run wrote. Also true if the answer to its write was lost and the write had taken effect. */
  readonly isWritten: boolean;
}

/**
 * Applies a change to the published keys by compare-and-swap, so that no publisher undoes the change of
 * another. `beforeWrite` receives the ring that is about to be written. Throws what `changeKeys` and the
 * store throw; nothing was written then.
 */
export async function publishKeys(
  store: IssuerStore,
  change: KeyChange,
  deps: Deps,
  beforeWrite: (ring: ChangedRing) => void = () => undefined,
): Promise<PublishedKeys> {
  let isTried = false;
  return updateAlone(store, deps, async () => {
    const stored = await store.read('jwks');
    const before = readRing(stored, store);
    const ring = changeKeys(before, change, deps.clock.now());
    const isSame = !hasChanged(ring) && ring.keys.length === before.keys.length;
    if (isSame && stored?.hasRightHeaders) return { ring, isWritten: isTried };
    beforeWrite(ring);
    isTried = true;
    const document = { text: renderDocument({ keys: ring.keys }), records: encodeKeyRecords(ring.records) };
    await write(store, 'jwks', document, stored);
    return { ring, isWritten: true };
  });
}

/** Writes the discovery document unless it is current. Throws FederationError `issuer-conflict`. */
export async function publishDiscovery(store: IssuerStore, issuerUrl: string, deps: Deps): Promise<boolean> {
  return updateAlone(store, deps, async () => {
    const stored = await store.read('discovery');
    const isCurrent = stored !== undefined && isDiscoveryOf(issuerUrl, stored, store);
    if (isCurrent && stored.hasRightHeaders) return false;
    const document = { text: renderDocument(buildDiscovery(issuerUrl)), records: '' };
    await write(store, 'discovery', document, stored);
    return true;
  });
}

/**
 * Decides which issuer a store holds: the one that the user asks for, else the one that is already published,
 * else the one that the store's own address gives. Nothing is written before. Throws FederationError
 * `issuer-conflict`, `issuer-url-missing` or `invalid-input`.
 */
export async function decideIssuer(
  store: IssuerStore,
  wanted: string | undefined,
  ownSpelling: string | undefined,
): Promise<string> {
  const stored = await store.read('discovery');
  const published = stored && findIssuer(stored.text);
  const isOwn = published !== undefined && ownSpelling !== undefined && isSamePlace(published, ownSpelling);
  const issuerUrl = wanted ?? (isOwn ? published : ownSpelling);
  if (issuerUrl === undefined) throw new FederationError('issuer-url-missing', {});
  assertIssuer(issuerUrl);
  if (stored !== undefined) isDiscoveryOf(issuerUrl, stored, store);
  return issuerUrl;
}

function assertIssuer(issuerUrl: string): void {
  try {
    parseIssuerUrl(issuerUrl);
  } catch (error) {
    const problems = `the address of the store, ${issuerUrl}, cannot be an issuer: ${errorMessage(error)}. Set \`issuer-url\` to a URL at which the documents are served.`;
    throw new FederationError('invalid-input', { problems }, { cause: error });
  }
}

/** Reports whether the stored document is the issuer's and complete. Otherwise, it is rewritten. */
function isDiscoveryOf(issuerUrl: string, stored: StoredDocument, store: IssuerStore): boolean {
  const fields = readDiscovery(stored, store);
  if (fields === undefined) return false;
  const wanted = buildDiscovery(issuerUrl);
  for (const field of ['issuer', 'jwks_uri'] as const) {
    const [expected, found] = [wanted[field], fields[field]];
    if (found === expected) continue;
    const values = { issuerUrl, field, expected, found, published: fields.issuer, store: store.description };
    throw new FederationError('issuer-conflict', values);
  }
  return listFields.every((field) => {
    const values = fields[field];
    return Array.isArray(values) && wanted[field].every((value) => values.includes(value));
  });
}

/** Returns the fields of the stored discovery document; undefined if it is damaged. */
function readDiscovery({ text }: StoredDocument, store: IssuerStore): Discovery | undefined {
  try {
    return parseDiscovery({ url: store.description, text }).content;
  } catch (error) {
    if (error instanceof IssuerVerificationError) return undefined;
    throw error;
  }
}

// To overwrite a JWKS that cannot be read would lose whatever keys it held.
function readRing(stored: StoredDocument | undefined, { description }: IssuerStore): KeyRing {
  if (stored === undefined) return { keys: [], records: new Map() };
  const refuse = (problem: string, cause?: unknown) =>
    new FederationError('jwks-unreadable', { store: description, problem }, { cause });
  try {
    const { keys } = parseKeySet({ url: description, text: stored.text }).content;
    const named = keys.map((key) => ({ ...key, kid: getKeyId(key) ?? '' }));
    if (named.some(({ kid }) => kid === '')) throw refuse('a key has no key ID (`kid`)');
    return { keys: named, records: decodeKeyRecords(stored.records) };
  } catch (error) {
    if (!(error instanceof IssuerVerificationError)) throw error;
    throw refuse(describeFinding(error.finding).replace(`${description}: `, ''), error);
  }
}

async function write(
  store: IssuerStore,
  name: 'discovery' | 'jwks',
  document: NewDocument,
  stored: StoredDocument | undefined,
): Promise<void> {
  if (!(await store.write(name, document, stored?.version)))
    throw new ConcurrentUpdateError('another publisher was faster');
}

async function updateAlone<T>(store: IssuerStore, deps: Deps, attempt: () => Promise<T>): Promise<T> {
  const policy = {
    what: `other publishers to finish with ${store.description}`,
    budgetSeconds: contentionSeconds,
    firstDelaySeconds: 0.1,
    maximumDelaySeconds: 3,
    isTransient: (error: unknown) => error instanceof ConcurrentUpdateError,
  };
  try {
    return await retry(policy, deps, attempt);
  } catch (error) {
    if (!(error instanceof ConcurrentUpdateError)) throw error;
    const values = { store: store.description, seconds: contentionSeconds };
    throw new FederationError('issuer-contended', values, { cause: error });
  }
}
