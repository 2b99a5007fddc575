/** What an issuer records of one key outside the JWKS. Times are whole seconds since the epoch. */
export interface KeyRecord {
  /** When it was first published; unknown for a key that something else published. */
  readonly added?: number;
  /** When any later publisher may remove it. Absent for a key that stays until it is retired. */
  readonly until?: number;
  /** Published ahead of time: no cluster signs with it yet. */
  readonly staged?: true;
}

/**
 * Encodes the records of all keys as one line of printable ASCII that fits into a blob's metadata (8 KB) with
 * a hundred keys: `kid:added:until:staged`, times in base 36, separated by commas.
 */
export function encodeKeyRecords(records: ReadonlyMap<string, KeyRecord>): string {
  return [...records]
    .map(([kid, { added, until, staged }]) =>
      [kid, added?.toString(36) ?? '', until?.toString(36) ?? '', staged ? 's' : ''].join(':'),
    )
    .map((entry) => entry.replace(/:+$/, ''))
    .join(',');
}

/** Decodes what `encodeKeyRecords` wrote. Ignores entries of another form. */
export function decodeKeyRecords(text: string): ReadonlyMap<string, KeyRecord> {
  const records = new Map<string, KeyRecord>();
  for (const entry of text.split(',')) {
    const match = /^([A-Za-z0-9_-]+)(?::([0-9a-z]*))?(?::([0-9a-z]*))?(?::(s?))?$/.exec(entry);
    const kid = match?.[1];
    if (kid === undefined) continue;
    const [added, until] = [decodeTime(match?.[2]), decodeTime(match?.[3])];
    records.set(kid, {
      ...(added !== undefined && { added }),
      ...(until !== undefined && { until }),
      ...(match?.[4] === 's' && { staged: true }),
    });
  }
  return records;
}

function decodeTime(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const seconds = Number.parseInt(text, 36);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}
