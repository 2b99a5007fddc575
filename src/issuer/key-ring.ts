import { FederationError } from '../errors/index.ts';
import type { Jwk } from '../keys/index.ts';
import type { PublishedJwk } from './documents.ts';
import type { KeyMemory } from './memory.ts';

/** Entra ID keeps the first hundred keys of a JWKS and does not see the others. */
const mostKeys = 100;

/** The keys of an issuer, in the order of the JWKS, and what it remembers of each. */
export interface KeyRing {
  readonly keys: readonly PublishedJwk[];
  readonly memories: ReadonlyMap<string, KeyMemory>;
}

/** What one run wants of the ring. */
export interface KeyChange {
  /** Keys that clusters sign with. */
  readonly live: readonly Jwk[];
  /** Keys published ahead of time. */
  readonly staged: readonly Jwk[];
  /** Key ids to take out. */
  readonly retire: readonly string[];
  /** Key ids that any later publisher may take out, for when they are the last ones. */
  readonly release: readonly string[];
  /** Seconds that `live` and `staged` are needed; undefined for until they are retired. */
  readonly neededSeconds: number | undefined;
}

/** The ring after a change, and what became of which key id. All lists empty: nothing is to be written. */
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

/** Whether a change did anything. */
export function hasChanged(ring: ChangedRing): boolean {
  const { added, promoted, prolonged, retired, pruned, released } = ring;
  return [added, promoted, prolonged, retired, pruned, released].some((list) => list.length > 0);
}

/**
 * Applies a change at time `now` (seconds). Keys of others stay as they are, but for those whose own time is over.
 * Throws FederationError `last-live-key` or `too-many-keys`; the ring itself is never modified.
 */
export function changeKeys(ring: KeyRing, change: KeyChange, now: number): ChangedRing {
  const wanted = new Set([...change.live, ...change.staged].map(({ kid }) => kid));
  const present = [...new Set(ring.keys.map(({ kid }) => kid))].filter((kid) => !wanted.has(kid));
  const retired = present.filter((kid) => change.retire.includes(kid));
  const pruned = present.filter((kid) => !retired.includes(kid) && isOver(ring.memories.get(kid), now));
  const changed = applied(ring, change, { retired, pruned }, now);
  // Tidying up is no reason to leave nothing: without a live key beside them, keys stay beyond their time.
  const result = isAlive(changed) ? changed : applied(ring, change, { retired, pruned: [] }, now);
  assertSound(result);
  return result;
}

function applied(
  ring: KeyRing,
  change: KeyChange,
  { retired, pruned }: Pick<ChangedRing, 'retired' | 'pruned'>,
  now: number,
): ChangedRing {
  const gone = new Set([...retired, ...pruned]);
  const keys = new Map(ring.keys.filter(({ kid }) => !gone.has(kid)).map((key) => [key.kid, key] as const));
  const memories = new Map([...ring.memories].filter(([kid]) => keys.has(kid)));
  const done: Record<Admission, string[]> = { added: [], promoted: [], prolonged: [], unchanged: [] };
  const admit = (jwk: Jwk, staged: boolean) => {
    const before = keys.has(jwk.kid) ? (memories.get(jwk.kid) ?? {}) : undefined;
    const after = remembered(before, staged, change.neededSeconds, now);
    done[admission(keys.get(jwk.kid), jwk, before, after)].push(jwk.kid);
    if (!isSameKey(keys.get(jwk.kid), jwk)) keys.set(jwk.kid, { ...jwk });
    memories.set(jwk.kid, after);
  };
  for (const jwk of change.live) admit(jwk, false);
  for (const jwk of change.staged) admit(jwk, true);
  const released = change.release.filter((kid) => keys.has(kid) && !isOver(memories.get(kid), now));
  for (const kid of released) memories.set(kid, { ...memories.get(kid), until: Math.floor(now) });
  const { added, promoted, prolonged } = done;
  return { keys: [...keys.values()], memories, added, promoted, prolonged, retired, pruned, released };
}

function isOver(memory: KeyMemory | undefined, now: number): boolean {
  return memory?.until !== undefined && memory.until <= now;
}

function isAlive(ring: KeyRing): boolean {
  return ring.keys.some(({ kid }) => !ring.memories.get(kid)?.staged);
}

type Admission = 'added' | 'promoted' | 'prolonged' | 'unchanged';

function admission(
  existing: PublishedJwk | undefined,
  jwk: Jwk,
  before: KeyMemory | undefined,
  after: KeyMemory,
): Admission {
  if (!isSameKey(existing, jwk)) return 'added';
  if (before?.staged && !after.staged) return 'promoted';
  return before?.until === after.until ? 'unchanged' : 'prolonged';
}

// A key id is the hash of its key, so an entry with other numbers under it is damaged and verifies nothing.
function isSameKey(existing: PublishedJwk | undefined, jwk: Jwk): boolean {
  return existing?.n === jwk.n && existing.e === jwk.e;
}

function remembered(
  before: KeyMemory | undefined,
  staged: boolean,
  neededSeconds: number | undefined,
  now: number,
): KeyMemory {
  const until = longest(before, neededSeconds === undefined ? undefined : deadline(now, neededSeconds));
  const added = before === undefined ? Math.floor(now) : before.added;
  // What a cluster signs with already is not taken back to "staged" by somebody who publishes it as such.
  const stillStaged = staged && (before === undefined || before.staged === true);
  return {
    ...(added !== undefined && { added }),
    ...(until !== undefined && { until }),
    ...(stillStaged && { staged: true }),
  };
}

// The time of a key only ever gets longer: whoever published it with the longest still relies on it.
function longest(before: KeyMemory | undefined, until: number | undefined): number | undefined {
  if (before === undefined) return until;
  if (before.until === undefined || until === undefined) return undefined;
  return Math.max(before.until, until);
}

// Rounded up by a tenth of the time at most, so that the same run a little later has nothing to prolong.
function deadline(now: number, neededSeconds: number): number {
  const grain = Math.max(60, Math.floor(neededSeconds / 10));
  return Math.ceil((now + neededSeconds) / grain) * grain;
}

function assertSound(ring: ChangedRing): void {
  if (!isAlive(ring)) {
    const what = ring.retired.length > 0 ? `retire ${ring.retired.join(', ')}` : 'publish the keys';
    throw new FederationError(`failed to ${what}: no key would be left that a cluster signs with`, {
      code: 'last-live-key',
      hint: 'Publish the new key as public-key-file first, switch the cluster to it, and then retire the old one.',
    });
  }
  // A ring that something else overfilled may still be made smaller.
  if (ring.keys.length > mostKeys && ring.added.length > 0) {
    throw new FederationError(
      `failed to publish the keys: the JWKS would hold ${ring.keys.length}, and Entra ID reads no more than ${mostKeys}`,
      {
        code: 'too-many-keys',
        hint: 'Take old ones out with retire-key-ids; let each job take out its own with `on-exit: retire` and `prune-after: 6h`.',
      },
    );
  }
}
