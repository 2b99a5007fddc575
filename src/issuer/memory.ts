/** What an issuer remembers of one key beside the JWKS, where Entra ID never looks. Times are whole seconds since the epoch. */
export interface KeyMemory {
  /** When it was first published; unknown for a key that something else put there. */
  readonly added?: number;
  /** From when on any publisher may take it out; absent for a key that stays until it is retired. */
  readonly until?: number;
  /** Published ahead of time: no cluster signs with it yet. */
  readonly staged?: true;
}

/**
 * The memory of all keys as one line of printable ASCII that fits into a blob's metadata (8 KB) with a hundred keys:
 * `kid:added:until:staged`, times in base 36, separated by commas.
 */
export function encodeMemory(memories: ReadonlyMap<string, KeyMemory>): string {
  return [...memories]
    .map(([kid, { added, until, staged }]) =>
      [kid, added?.toString(36) ?? '', until?.toString(36) ?? '', staged ? 's' : ''].join(':'),
    )
    .map((entry) => entry.replace(/:+$/, ''))
    .join(',');
}

/** Reads what `encodeMemory` wrote; entries that are not of its form are left out, as if nothing were known of those keys. */
export function decodeMemory(text: string): ReadonlyMap<string, KeyMemory> {
  const memories = new Map<string, KeyMemory>();
  for (const entry of text.split(',')) {
    const match = /^([A-Za-z0-9_-]+)(?::([0-9a-z]*))?(?::([0-9a-z]*))?(?::(s?))?$/.exec(entry);
    const kid = match?.[1];
    if (kid === undefined) continue;
    const [added, until] = [seconds(match?.[2]), seconds(match?.[3])];
    memories.set(kid, {
      ...(added !== undefined && { added }),
      ...(until !== undefined && { until }),
      ...(match?.[4] === 's' && { staged: true }),
    });
  }
  return memories;
}

function seconds(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const value = Number.parseInt(text, 36);
  return Number.isSafeInteger(value) ? value : undefined;
}
