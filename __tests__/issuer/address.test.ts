import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  documentUrl,
  parseContainer,
  parseIssuerUrl,
  parsePrefix,
  parseStorageAccount,
} from '../../src/issuer/address.ts';

describe('parseIssuerUrl', () => {
  test.each([
    'https://acct.blob.core.windows.net/oidc/',
    'https://acct.blob.core.windows.net/oidc',
    'https://acct.z6.web.core.windows.net/',
    'https://acct.blob.core.usgovcloudapi.net/oidc/',
    'https://acct.blob.core.chinacloudapi.cn/oidc/a/b/',
    'https://example.com',
    'https://127.0.0.1:8443/acct/oidc/',
  ])('returns %s byte for byte', (url) => expect(parseIssuerUrl(url)).toBe(url));

  test.each([
    ['http://example.com/', 'https URL'],
    ['example.com', 'absolute URL'],
    ['https://Example.com/', 'https://example.com/'],
    ['https://example.com:443/', 'https://example.com/'],
    ['https://example.com/a/../b', 'https://example.com/b'],
    ['https://example.com//', 'double slash'],
    ['https://example.com/a//b/', 'double slash'],
    ['https://example.com/?a=b', 'query'],
    ['https://example.com/?', 'query'],
    ['https://example.com/#', 'query'],
    ['https://user@example.com/', 'user name'],
    ['https://example.com/ ', 'whitespace'],
    ['https://example.com/a b', 'whitespace'],
    ['https://sts.windows.net/tenant/', 'an issuer of your own'],
    [`https://example.com/${'a'.repeat(600)}`, '600 characters'],
  ])('rejects %s and says what to write', (url, message) => {
    expect(() => parseIssuerUrl(url)).toThrow(message);
  });
});

describe('documentUrl', () => {
  test('is the same with and without a trailing slash, and never has a double slash', () => {
    const segment = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/);
    fc.assert(
      fc.property(fc.domain(), fc.array(segment, { maxLength: 3 }), (host, path) => {
        const bare = ['https:/', host, ...path].join('/');
        for (const name of ['discovery', 'jwks'] as const) {
          expect(documentUrl(`${bare}/`, name)).toBe(documentUrl(bare, name));
          expect(new URL(documentUrl(bare, name)).pathname).not.toContain('//');
        }
      }),
    );
  });
});

describe('parseStorageAccount', () => {
  test.each(['abc', 'a1b2', '0123456789abcdefghijklmn'])('accepts %s', (name) =>
    expect(parseStorageAccount(name)).toBe(name),
  );
  test.each(['ab', 'Abc', 'a-b', 'a.b', '0123456789abcdefghijklmno'])('rejects %s', (name) =>
    expect(() => parseStorageAccount(name)).toThrow('3 to 24'),
  );
});

describe('parseContainer', () => {
  test.each(['oidc', 'a-b-c', '0-9', 'a'.repeat(63)])('accepts %s', (name) =>
    expect(parseContainer(name)).toBe(name),
  );
  test.each(['ab', 'Oidc', '-abc', 'abc-', 'a--b', '$web', 'a_b', 'a'.repeat(64)])('rejects %s', (name) =>
    expect(() => parseContainer(name)).toThrow('3 to 63'),
  );
});

describe('parsePrefix', () => {
  test.each([
    ['a', 'a'],
    ['/a/b/', 'a/b'],
    ['clusters/prod.eu', 'clusters/prod.eu'],
  ])('returns %s without slashes at its ends', (path, prefix) => expect(parsePrefix(path)).toBe(prefix));
  test.each(['a//b', '../a', 'a/..', './a', 'a b', 'a?b', 'a%2fb', '/', 'ä'])('rejects %s', (path) =>
    expect(() => parsePrefix(path)).toThrow('folder names'),
  );
});
