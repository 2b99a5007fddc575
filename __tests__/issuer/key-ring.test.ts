import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PublishedJwk, parseJwks, renderDocument } from '../../src/issuer/documents.ts';
import {
  type ChangedRing,
  changeKeys,
  hasChanged,
  type KeyChange,
  type KeyRing,
  noChange,
} from '../../src/issuer/key-ring.ts';
import { decodeMemory, encodeMemory } from '../../src/issuer/memory.ts';
import type { Jwk } from '../../src/keys/index.ts';

const empty: KeyRing = { keys: [], memories: new Map() };
const now = 1_800_000_000;
const hour = 3600;

function jwk(kid: string): Jwk & PublishedJwk {
  return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n: `modulus-of-${kid}`, e: 'AQAB' };
}
function change(ring: KeyRing, wanted: Partial<KeyChange>, at = now): ChangedRing {
  return changeKeys(ring, { ...noChange, ...wanted }, at);
}
function idsOf(ring: KeyRing): string[] {
  return ring.keys.map(({ kid }) => kid);
}

describe('publishing', () => {
  test('adds behind what is there, and a second time nothing changes', () => {
    const one = change(empty, { live: [jwk('a')] });
    const two = change(one, { live: [jwk('b'), jwk('a')] }, now + 5);
    expect(idsOf(two)).toEqual(['a', 'b']);
    expect(two.added).toEqual(['b']);
    expect(hasChanged(change(two, { live: [jwk('a'), jwk('b')] }, now + 9))).toBe(false);
  });

  test('remembers when a key was added, and does not forget it when the key is published again', () => {
    const ring = change(change(empty, { live: [jwk('a')] }), { live: [jwk('a')] }, now + hour);
    expect(ring.memories.get('a')).toEqual({ added: now });
  });

  test('leaves keys of others as they are, fields that nobody here knows included', () => {
    const foreign: PublishedJwk = { kid: 'x', kty: 'EC', crv: 'P-256', x5t: 'y', note: 'ours' };
    const ring = change({ keys: [foreign], memories: new Map() }, { live: [jwk('a')] });
    expect(ring.keys[0]).toEqual(foreign);
    expect(ring.memories.has('x')).toBe(false);
  });

  test('puts a damaged entry under its key id right', () => {
    const ring = change({ keys: [{ ...jwk('a'), n: 'other' }], memories: new Map() }, { live: [jwk('a')] });
    expect(ring.keys).toEqual([jwk('a')]);
    expect(ring.added).toEqual(['a']);
  });

  test('of a 101st key is refused, while an overfull set may still shrink', () => {
    const full: KeyRing = { keys: Array.from({ length: 100 }, (_, i) => jwk(`k${i}`)), memories: new Map() };
    expect(() => change(full, { live: [jwk('new')] })).toThrow(
      expect.objectContaining({ code: 'too-many-keys' }),
    );
    expect(idsOf(change(full, { live: [jwk('new')], retire: ['k0'] }))).toHaveLength(100);
    const overfull: KeyRing = { ...full, keys: [...full.keys, jwk('x'), jwk('y')] };
    expect(idsOf(change(overfull, { retire: ['x'] }))).toHaveLength(101);
  });
});

describe('rotation', () => {
  test('stage, promote, retire: at every step at least one live key is published', () => {
    const before = change(empty, { live: [jwk('old')] });
    const staged = change(before, { staged: [jwk('new')] });
    expect(idsOf(staged)).toEqual(['old', 'new']);
    expect(staged.memories.get('new')).toMatchObject({ staged: true });
    const promoted = change(staged, { live: [jwk('new')] });
    expect(promoted.promoted).toEqual(['new']);
    const retired = change(promoted, { retire: ['old'] });
    expect(idsOf(retired)).toEqual(['new']);
    expect(retired.retired).toEqual(['old']);
  });

  test('the last live key cannot be retired, a staged one does not count', () => {
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

  test('a live key is not taken back to staged', () => {
    const ring = change(empty, { live: [jwk('a')] });
    expect(hasChanged(change(ring, { staged: [jwk('a')] }))).toBe(false);
  });

  test('retiring a key that is not there changes nothing', () => {
    expect(hasChanged(change(change(empty, { live: [jwk('a')] }), { retire: ['gone'] }))).toBe(false);
  });
});

describe('keys with a stated time', () => {
  test('are taken out by the next publisher once it is over, not a second before', () => {
    const ring = change(change(empty, { live: [jwk('ci')], neededSeconds: 6 * hour }), {
      live: [jwk('stable')],
    });
    const until = ring.memories.get('ci')?.until ?? 0;
    expect(until).toBeGreaterThanOrEqual(now + 6 * hour);
    expect(until).toBeLessThanOrEqual(now + 6.6 * hour);
    expect(idsOf(change(ring, { live: [jwk('stable')] }, until - 1))).toEqual(['ci', 'stable']);
    const later = change(ring, { live: [jwk('stable')] }, until);
    expect(later.pruned).toEqual(['ci']);
    expect(idsOf(later)).toEqual(['stable']);
  });

  test('live longer when they are published again, and the same run at once changes nothing', () => {
    const ring = change(empty, { live: [jwk('ci')], neededSeconds: 6 * hour });
    expect(hasChanged(change(ring, { live: [jwk('ci')], neededSeconds: 6 * hour }, now))).toBe(false);
    const later = change(ring, { live: [jwk('ci')], neededSeconds: 6 * hour }, now + 5 * hour);
    expect(later.prolonged).toEqual(['ci']);
    expect(later.memories.get('ci')?.until).toBeGreaterThanOrEqual(now + 11 * hour);
  });

  test('are never cut short by a later publisher with less time, nor is a key without one given one', () => {
    const ring = change(empty, { live: [jwk('a')], neededSeconds: 24 * hour });
    expect(hasChanged(change(ring, { live: [jwk('a')], neededSeconds: hour }))).toBe(false);
    const lasting = change(ring, { live: [jwk('a')] });
    expect(lasting.memories.get('a')?.until).toBeUndefined();
    expect(hasChanged(change(lasting, { live: [jwk('a')], neededSeconds: hour }))).toBe(false);
  });

  test('a released key stays until somebody publishes another one', () => {
    const released = change(change(empty, { live: [jwk('ci')] }), { release: ['ci'] }, now + 1);
    expect(idsOf(released)).toEqual(['ci']);
    expect(hasChanged(change(released, { release: ['ci'] }, now + 2))).toBe(false);
    const next = change(released, { live: [jwk('next')] }, now + 2);
    expect(idsOf(next)).toEqual(['next']);
  });

  test('stay beyond it while no other live key is there', () => {
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

test('whatever is done in whatever order: no published key of a run is lost, one live key stays, and doing it again changes nothing', () => {
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
        expect(next.keys.some((key) => !next.memories.get(key.kid)?.staged)).toBe(true);
        expect(new Set(idsOf(next)).size).toBe(next.keys.length);
        // A released key may go at once; everything else is settled after one go.
        const again = changeKeys(next, { ...wanted, release: [] }, time);
        if (next.released.length === 0) expect(hasChanged(again)).toBe(false);
        ring = next;
      }
    }),
  );
});

describe('what an issuer remembers', () => {
  const anyKid = fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/);
  const time = fc.option(fc.integer({ min: 1, max: 4_000_000_000 }), { nil: undefined });
  const memory = fc
    .record({ added: time, until: time, staged: fc.boolean() })
    .map(({ added, until, staged }) => ({
      ...(added !== undefined && { added }),
      ...(until !== undefined && { until }),
      ...(staged && { staged: true as const }),
    }));

  test('comes back from its text as it went in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(anyKid, memory), { selector: ([id]) => id }), (entries) => {
        const memories = new Map(entries);
        expect(decodeMemory(encodeMemory(memories))).toEqual(memories);
      }),
    );
  });

  test('of a hundred keys fits into the metadata of a blob', () => {
    const full = new Map(
      Array.from({ length: 100 }, (_, i) => [
        `${i}`.padStart(43, '-'),
        { added: now, until: now + 1, staged: true as const },
      ]),
    );
    expect(encodeMemory(full).length).toBeLessThan(8 * 1024 - 'signingkeys'.length);
  });

  test('is nothing where something else wrote the text', () => {
    expect(decodeMemory('')).toEqual(new Map());
    expect(decodeMemory('{"a":1},::,x:?:,a b')).toEqual(new Map());
  });
});

describe('JWKS text', () => {
  test('comes back as it went in', () => {
    const keys: PublishedJwk[] = [jwk('a'), { kid: 'b', kty: 'EC', extra: [1, { two: null }] }];
    expect(parseJwks(renderDocument({ keys }), 'x')).toEqual(keys);
  });
  test.each(['', '<html>', '[]', 'null', '{}', '{"keys":{}}', '{"keys":[1]}', '{"keys":[{"kty":"RSA"}]}'])(
    'that is %j is refused rather than written over',
    (text) =>
      expect(() => parseJwks(text, 'x')).toThrow(expect.objectContaining({ code: 'jwks-unreadable' })),
  );
});
