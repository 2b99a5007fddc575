import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { classifyDifference, markDifference } from '../../src/verify/refusals/difference.ts';

const marked = (one: string, other: string) =>
  markDifference({ label: 'a', value: one }, { label: 'bb', value: other });

describe('classifyDifference', () => {
  test.each([
    ['https://x/oidc', 'https://x/oidc/', 'slash'],
    ['https://x/oidc/', 'https://x/oidc//', 'slash'],
    ['system:serviceaccount:ns:App', 'system:serviceaccount:ns:app', 'case'],
    ['https://x/oidc/ ', 'https://x/oidc/', 'whitespace'],
    ['https://x/oidc\u200b', 'https://x/oidc', 'whitespace'],
    ['https://x/\u043eidc', 'https://x/oidc', 'look-alike'],
    ['api://AzureADTokenExchange', 'api://AzureADT\u03bfkenExchange', 'look-alike'],
    ['system:serviceaccount:a\u2011b:c', 'system:serviceaccount:a-b:c', 'look-alike'],
    ['https://x/oidc', 'https://y/oidc', 'other'],
    ['same', 'same', 'none'],
  ])('compares %j with %j: %s', (one, other, kind) => {
    expect(classifyDifference(one, other)).toBe(kind);
    expect(classifyDifference(other, one)).toBe(kind);
  });

  test('finds a slash at the end of any URL', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const bare = url.replace(/\/+$/, '');
        expect(classifyDifference(bare, `${bare}/`)).toBe('slash');
      }),
    );
  });
});

describe('markDifference', () => {
  test('marks what differs below the two strings', () => {
    expect(marked('https://x/oidc', 'https://x/oidc/')).toEqual([
      'a   https://x/oidc',
      'bb  https://x/oidc/',
      '                  ^',
      'the values differ only in a slash at the end',
    ]);
    expect(marked('ns:App:x', 'ns:app:x').slice(2)).toEqual(['       ^', 'the values differ only in case']);
  });

  test('shows whitespace and characters outside ASCII as code points', () => {
    expect(marked('a b', 'ab')).toEqual([
      'a   a<U+0020>b',
      'bb  ab',
      '     ^^^^^^^^',
      'the values differ only in whitespace',
    ]);
    expect(marked('\u043e', 'o')[0]).toBe('a   <U+043E>');
  });

  test('marks a character of the longer line, whatever the strings are', () => {
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
});
