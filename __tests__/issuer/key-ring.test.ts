import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeKeyRecords, encodeKeyRecords } from '../../src/issuer/key-records.ts';
import {
  type ChangedRing,
  changeKeys,
  hasChanged,
  type KeyChange,
  type KeyRing,
  noChange,
  type RingKey,
} from '../../src/issuer/key-ring.ts';
import type { Jwk } from '../../src/keys/index.ts';

const empty: KeyRing = { keys: [], records: new Map() };
const now = 1_800_000_000;
const hour = 3600;

function jwk(kid: string): Jwk & RingKey {
  return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n: `modulus-of-${kid}`, e: 'AQAB' };
}
function change(ring: KeyRing, wanted: Partial<KeyChange>, at = now): ChangedRing {
  return changeKeys(ring, { ...noChange, ...wanted }, at);
}
function idsOf(ring: KeyRing): string[] {
  return ring.keys.map(({ kid }) => kid);
}

describe('changeKeys', () => {
  test('appends new keys, and changes nothing a second time', () => {
    const one = change(empty, { live: [jwk('a')] });
    const two = change(one, { live: [jwk('b'), jwk('a')] }, now + 5);
    expect(idsOf(two)).toEqual(['a', 'b']);
    expect(two.added).toEqual(['b']);
    expect(hasChanged(change(two, { live: [jwk('a'), jwk('b')] }, now + 9))).toBe(false);
  });

  test('records when a key was added, also when it is published again', () => {
    const ring = change(change(empty, { live: [jwk('a')] }), { live: [jwk('a')] }, now + hour);
    expect(ring.records.get('a')).toEqual({ added: now });
  });

  test('keeps the keys of other tools with all of their fields', () => {
    const foreign: RingKey = { kid: 'x', kty: 'EC', crv: 'P-256', x5t: 'y', note: 'ours' };
    const ring = change({ keys: [foreign], records: new Map() }, { live: [jwk('a')] });
    expect(ring.keys[0]).toEqual(foreign);
    expect(ring.records.has('x')).toBe(false);
  });

  test('corrects a damaged entry', () => {
    const ring = change({ keys: [{ ...jwk('a'), n: 'other' }], records: new Map() }, { live: [jwk('a')] });
    expect(ring.keys).toEqual([jwk('a')]);
    expect(ring.added).toEqual(['a']);
  });

  test('rejects a 101st key, and lets a set that is too long shrink', () => {
    const full: KeyRing = { keys: Array.from({ length: 100 }, (_, i) => jwk(`k${i}`)), records: new Map() };
    expect(() => change(full, { live: [jwk('new')] })).toThrow(
      expect.objectContaining({ code: 'too-many-keys' }),
    );
    expect(idsOf(change(full, { live: [jwk('new')], retire: ['k0'] }))).toHaveLength(100);
    const overfull: KeyRing = { ...full, keys: [...full.keys, jwk('x'), jwk('y')] };
    expect(idsOf(change(overfull, { retire: ['x'] }))).toHaveLength(101);
  });
});

describe('changeKeys in a rotation', () => {
  test('keeps at least one live key published at every step', () => {
    const before = change(empty, { live: [jwk('old')] });
    const staged = change(before, { staged: [jwk('new')] });
    expect(idsOf(staged)).toEqual(['old', 'new']);
    expect(staged.records.get('new')).toMatchObject({ staged: true });
    const promoted = change(staged, { live: [jwk('new')] });
    expect(promoted.promoted).toEqual(['new']);
    const retired = change(promoted, { retire: ['old'] });
    expect(idsOf(retired)).toEqual(['new']);
    expect(retired.retired).toEqual(['old']);
  });

  test('does not retire the last live key, and does not count a staged one', () => {
    const ring = change(change(empty, { live: [jwk('old')] }), { staged: [jwk('new')] });
    expect(() => change(ring, { retire: ['old'] })).toThrow(
      expect.objectContaining({ code: 'last-live-key' }),
    );
    expect(() => change(empty, { staged: [jwk('new')] })).toThrow(
      expect.objectContaining({ code: 'last-live-key' }),
    );
    expect(() => change(empty, { retire: ['old'] })).toThrow(
      expect.objectContaining({ code: 'last-live-key' }),
    );
  });

  test('does not turn a live key into a staged one', () => {
    const ring = change(empty, { live: [jwk('a')] });
    expect(hasChanged(change(ring, { staged: [jwk('a')] }))).toBe(false);
  });

  test('changes nothing when it retires a missing key', () => {
    expect(hasChanged(change(change(empty, { live: [jwk('a')] }), { retire: ['gone'] }))).toBe(false);
  });
});

describe('changeKeys with a lifetime', () => {
  test('removes a key once it has expired, and not a second earlier', () => {
    const ring = change(change(empty, { live: [jwk('ci')], neededSeconds: 6 * hour }), {
      live: [jwk('stable')],
    });
    const until = ring.records.get('ci')?.until ?? 0;
    expect(until).toBeGreaterThanOrEqual(now + 6 * hour);
    expect(until).toBeLessThanOrEqual(now + 6.6 * hour);
    expect(idsOf(change(ring, { live: [jwk('stable')] }, until - 1))).toEqual(['ci', 'stable']);
    const later = change(ring, { live: [jwk('stable')] }, until);
    expect(later.pruned).toEqual(['ci']);
    expect(idsOf(later)).toEqual(['stable']);
  });

  test('extends the lifetime of a key that is published again, and the same run at once changes nothing', () => {
    const ring = change(empty, { live: [jwk('ci')], neededSeconds: 6 * hour });
    expect(hasChanged(change(ring, { live: [jwk('ci')], neededSeconds: 6 * hour }, now))).toBe(false);
    const later = change(ring, { live: [jwk('ci')], neededSeconds: 6 * hour }, now + 5 * hour);
    expect(later.prolonged).toEqual(['ci']);
    expect(later.records.get('ci')?.until).toBeGreaterThanOrEqual(now + 11 * hour);
  });

  test('never shortens a lifetime, and never gives one to a key without', () => {
    const ring = change(empty, { live: [jwk('a')], neededSeconds: 24 * hour });
    expect(hasChanged(change(ring, { live: [jwk('a')], neededSeconds: hour }))).toBe(false);
    const lasting = change(ring, { live: [jwk('a')] });
    expect(lasting.records.get('a')?.until).toBeUndefined();
    expect(hasChanged(change(lasting, { live: [jwk('a')], neededSeconds: hour }))).toBe(false);
  });

  test('keeps a released key until another key is published', () => {
    const released = change(change(empty, { live: [jwk('ci')] }), { release: ['ci'] }, now + 1);
    expect(idsOf(released)).toEqual(['ci']);
    expect(hasChanged(change(released, { release: ['ci'] }, now + 2))).toBe(false);
    const next = change(released, { live: [jwk('next')] }, now + 2);
    expect(idsOf(next)).toEqual(['next']);
  });

  test('keeps an expired key while there is no other live key', () => {
    const ring = change(empty, { live: [jwk('ci')], neededSeconds: hour });
    const staged = change(ring, { staged: [jwk('next')] }, now + 3 * hour);
    expect(idsOf(staged)).toEqual(['ci', 'next']);
    expect(idsOf(change(staged, { live: [jwk('next')] }, now + 4 * hour))).toEqual(['next']);
  });
});

const kid = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const operation = fc.record({
  live: fc.uniqueArray(kid, { maxLength: 2 }),
  staged: fc.uniqueArray(kid, { maxLength: 1 }),
  retire: fc.uniqueArray(kid, { maxLength: 2 }),
  release: fc.uniqueArray(kid, { maxLength: 1 }),
  neededSeconds: fc.option(fc.integer({ min: 1, max: 10 * hour }), { nil: undefined }),
  later: fc.integer({ min: 0, max: 2 * hour }),
});

test('changeKeys loses no published key, keeps one live key and changes nothing the second time, in any order of operations', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
      let ring: KeyRing = empty;
      let time = now;
      for (const { live, staged, retire, later, ...rest } of operations) {
        time += later;
        const wanted: KeyChange = { ...rest, live: live.map(jwk), staged: staged.map(jwk), retire };
        let next: ChangedRing;
        try {
          next = changeKeys(ring, wanted, time);
        } catch (error) {
          expect(error).toMatchObject({ code: 'last-live-key' });
          continue;
        }
        for (const published of [...live, ...staged]) expect(idsOf(next)).toContain(published);
        expect(next.keys.some((key) => !next.records.get(key.kid)?.staged)).toBe(true);
        expect(new Set(idsOf(next)).size).toBe(next.keys.length);
        // A released key may be removed at once. Everything else is settled after one change.
        const again = changeKeys(next, { ...wanted, release: [] }, time);
        if (next.released.length === 0) expect(hasChanged(again)).toBe(false);
        ring = next;
      }
    }),
  );
});

describe('key records', () => {
  const anyKid = fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/);
  const time = fc.option(fc.integer({ min: 1, max: 4_000_000_000 }), { nil: undefined });
  const record = fc
    .record({ added: time, until: time, staged: fc.boolean() })
    .map(({ added, until, staged }) => ({
      ...(added !== undefined && { added }),
      ...(until !== undefined && { until }),
      ...(staged && { staged: true as const }),
    }));

  test('survive encoding and decoding', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(anyKid, record), { selector: ([id]) => id }), (entries) => {
        const records = new Map(entries);
        expect(decodeKeyRecords(encodeKeyRecords(records))).toEqual(records);
      }),
    );
  });

  test('of a hundred keys fit into the metadata of a blob', () => {
    const full = new Map(
      Array.from({ length: 100 }, (_, i) => [
        `${i}`.padStart(43, '-'),
        { added: now, until: now + 1, staged: true as const },
      ]),
    );
    expect(encodeKeyRecords(full).length).toBeLessThan(8 * 1024 - 'keyrecords'.length);
  });

  test('are empty if another tool wrote the text', () => {
    expect(decodeKeyRecords('')).toEqual(new Map());
    expect(decodeKeyRecords('{"a":1},::,x:?:,a b')).toEqual(new Map());
  });
});
