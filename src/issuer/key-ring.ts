import { FederationError } from '../errors/index.ts';
import type { Jwk } from '../keys/index.ts';
import { computePublishedKeyId, maximumKeys, type PublishedKey } from './documents/index.ts';
import type { KeyRecord } from './key-records.ts';

/** A key of the ring. Fields of other tools are kept. */
export type RingKey = PublishedKey & { readonly kid: string };

/** The keys of an issuer in the order of the JWKS, and the record of each. */
export interface KeyRing {
  readonly keys: readonly RingKey[];
  readonly records: ReadonlyMap<string, KeyRecord>;
}

/** What one run changes. */
export interface KeyChange {
  /** Keys that clusters sign with. */
  readonly live: readonly Jwk[];
  /** Keys published ahead of time. */
  readonly staged: readonly Jwk[];
  /** Key IDs to remove. */
  readonly retire: readonly string[];
  /** Key IDs that the next publisher may remove: the last ones cannot be retired. */
  readonly release: readonly string[];
  /** How long to keep `live` and `staged`, in seconds; undefined keeps them until they are retired. */
  readonly neededSeconds: number | undefined;
}

/** The ring after a change, and which key IDs changed how. If all lists are empty, nothing changed. */
export interface ChangedRing extends KeyRing {
  readonly added: readonly string[];
  readonly promoted: readonly string[];
  readonly prolonged: readonly string[];
  readonly retired: readonly string[];
  readonly pruned: readonly string[];
  readonly released: readonly string[];
}

export const noChange: KeyChange = {
  live: [],
  staged: [],
  retire: [],
  release: [],
  neededSeconds: undefined,
};

/** Reports whether a change did anything. */
export function hasChanged(ring: ChangedRing): boolean {
  const { added, promoted, prolonged, retired, pruned, released } = ring;
  return [added, promoted, prolonged, retired, pruned, released].some((list) => list.length > 0);
}

/**
 * Applies a change at time `now` (seconds) and returns the new ring. Keys of other publishers stay, unless
 * they have expired. Throws FederationError `last-live-key` or `too-many-keys`.
 */
export function changeKeys(ring: KeyRing, change: KeyChange, now: number): ChangedRing {
  const wanted = new Set([...change.live, ...change.staged].map(({ kid }) => kid));
  const present = [...new Set(ring.keys.map(({ kid }) => kid))].filter((kid) => !wanted.has(kid));
  const retired = present.filter((kid) => change.retire.includes(kid));
  const pruned = present.filter((kid) => !retired.includes(kid) && hasExpired(ring.records.get(kid), now));
  const changed = applyChange(ring, change, { retired, pruned }, now);
  // Expired keys stay if no live key would be left.
  const result = hasLiveKey(changed) ? changed : applyChange(ring, change, { retired, pruned: [] }, now);
  assertUsable(result);
  return result;
}

function applyChange(
  ring: KeyRing,
  change: KeyChange,
  { retired, pruned }: Pick<ChangedRing, 'retired' | 'pruned'>,
  now: number,
): ChangedRing {
  const gone = new Set([...retired, ...pruned]);
  const keys = new Map(ring.keys.filter(({ kid }) => !gone.has(kid)).map((key) => [key.kid, key] as const));
  const records = new Map([...ring.records].filter(([kid]) => keys.has(kid)));
  const done: Record<Admission, string[]> = { added: [], promoted: [], prolonged: [], unchanged: [] };
  const admit = (jwk: Jwk, staged: boolean) => {
    const before = keys.has(jwk.kid) ? (records.get(jwk.kid) ?? {}) : undefined;
    const after = updateRecord(before, staged, change.neededSeconds, now);
    done[classify(keys.get(jwk.kid), jwk, before, after)].push(jwk.kid);
    if (!isSameKey(keys.get(jwk.kid), jwk)) keys.set(jwk.kid, { ...jwk });
    records.set(jwk.kid, after);
  };
  for (const jwk of change.live) admit(jwk, false);
  for (const jwk of change.staged) admit(jwk, true);
  const released = change.release.filter((kid) => keys.has(kid) && !hasExpired(records.get(kid), now));
  for (const kid of released) records.set(kid, { ...records.get(kid), until: Math.floor(now) });
  const { added, promoted, prolonged } = done;
  return { keys: [...keys.values()], records, added, promoted, prolonged, retired, pruned, released };
}

function hasExpired(record: KeyRecord | undefined, now: number): boolean {
  return record?.until !== undefined && record.until <= now;
}

function hasLiveKey(ring: KeyRing): boolean {
  return ring.keys.some(({ kid }) => !ring.records.get(kid)?.staged);
}

type Admission = 'added' | 'promoted' | 'prolonged' | 'unchanged';

function classify(
  existing: RingKey | undefined,
  jwk: Jwk,
  before: KeyRecord | undefined,
  after: KeyRecord,
): Admission {
  if (!isSameKey(existing, jwk)) return 'added';
  if (before?.staged && !after.staged) return 'promoted';
  return before?.until === after.until ? 'unchanged' : 'prolonged';
}

// An entry with other numbers than the key of its ID is damaged and verifies nothing.
function isSameKey(existing: RingKey | undefined, jwk: Jwk): boolean {
  return existing !== undefined && computePublishedKeyId(existing) === computePublishedKeyId({ ...jwk });
}

function updateRecord(
  before: KeyRecord | undefined,
  staged: boolean,
  neededSeconds: number | undefined,
  now: number,
): KeyRecord {
  const until = extend(before, neededSeconds === undefined ? undefined : deadline(now, neededSeconds));
  const added = before === undefined ? Math.floor(now) : before.added;
  // A key that a cluster already signs with does not become staged again.
  const stillStaged = staged && (before === undefined || before.staged === true);
  return {
    ...(added !== undefined && { added }),
    ...(until !== undefined && { until }),
    ...(stillStaged && { staged: true }),
  };
}

// The lifetime of a key is only ever extended: the publisher with the longest still relies on it.
function extend(before: KeyRecord | undefined, until: number | undefined): number | undefined {
  if (before === undefined) return until;
  if (before.until === undefined || until === undefined) return undefined;
  return Math.max(before.until, until);
}

// Rounded up by at most a tenth of the lifetime, so that the same run a little later changes nothing.
function deadline(now: number, neededSeconds: number): number {
  const grain = Math.max(60, Math.floor(neededSeconds / 10));
  return Math.ceil((now + neededSeconds) / grain) * grain;
}

function assertUsable(ring: ChangedRing): void {
  if (!hasLiveKey(ring)) {
    const action = ring.retired.length > 0 ? `retire ${ring.retired.join(', ')}` : 'publish the keys';
    throw new FederationError('last-live-key', { action });
  }
  // Removing keys from a ring that is already too long is allowed.
  if (ring.keys.length > maximumKeys && ring.added.length > 0) {
    const values = { action: 'publish the keys', limit: maximumKeys, found: ring.keys.length };
    throw new FederationError('too-many-keys', values);
  }
}
