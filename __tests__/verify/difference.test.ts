import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { kindOfDifference, markDifference } from '../../src/verify/refusals/difference.ts';

const marked = (one: string, other: string) =>
  markDifference({ label: 'a', value: one }, { label: 'bb', value: other });

describe('two strings that should be the same', () => {
  test.each([
    ['https://x/oidc', 'https://x/oidc/', 'slash'],
    ['https://x/oidc/', 'https://x/oidc//', 'slash'],
    ['system:serviceaccount:ns:App', 'system:serviceaccount:ns:app', 'case'],
    ['https://x/oidc/ ', 'https://x/oidc/', 'white-space'],
    ['https://x/oidc\u200b', 'https://x/oidc', 'white-space'],
    ['https://x/\u043eidc', 'https://x/oidc', 'look-alike'],
    ['api://AzureADTokenExchange', 'api://AzureADT\u03bfkenExchange', 'look-alike'],
    ['system:serviceaccount:a\u2011b:c', 'system:serviceaccount:a-b:c', 'look-alike'],
    ['https://x/oidc', 'https://y/oidc', 'other'],
    ['same', 'same', 'none'],
  ])('%j and %j: %s', (one, other, kind) => {
    expect(kindOfDifference(one, other)).toBe(kind);
    expect(kindOfDifference(other, one)).toBe(kind);
  });

  test('are shown below each other with a mark under what differs', () => {
    expect(marked('https://x/oidc', 'https://x/oidc/')).toEqual([
      'a   https://x/oidc',
      'bb  https://x/oidc/',
      '                  ^',
      'they differ in the slash at the end',
    ]);
    expect(marked('ns:App:x', 'ns:app:x').slice(2)).toEqual([
      '       ^',
      'they differ in capital and small letters',
    ]);
  });

  test('show what the eye does not see as its code point', () => {
    expect(marked('a b', 'ab')).toEqual([
      'a   a<U+0020>b',
      'bb  ab',
      '     ^^^^^^^^',
      'they differ in white space',
    ]);
    expect(marked('\u043e', 'o')[0]).toBe('a   <U+043E>');
  });

  test('always have a mark, within the longer line, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        fc.pre(one !== other);
        const [left = '', right = '', marks = ''] = marked(one, other);
        const first = marks.indexOf('^');
        expect(first).toBeGreaterThanOrEqual(4);
        expect(first).toBeLessThanOrEqual(Math.max(left.length, right.length));
        expect(left.slice(0, first).slice(4)).toBe(right.slice(0, first).slice(4));
      }),
    );
  });

  test('of no kind but the slash are the same once slashes at the end are ignored', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const bare = url.replace(/\/+$/, '');
        expect(kindOfDifference(bare, `${bare}/`)).toBe('slash');
      }),
    );
  });
});
