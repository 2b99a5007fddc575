import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  documentUrl,
  parseContainer,
  parseIssuerUrl,
  parsePrefix,
  parseStorageAccount,
} from '../../src/issuer/address.ts';

describe('issuer URL', () => {
  test.each([
    'https://acct.blob.core.windows.net/oidc/',
    'https://acct.blob.core.windows.net/oidc',
    'https://acct.z6.web.core.windows.net/',
    'https://acct.blob.core.usgovcloudapi.net/oidc/',
    'https://acct.blob.core.chinacloudapi.cn/oidc/a/b/',
    'https://example.com',
    'https://127.0.0.1:8443/acct/oidc/',
  ])('%s comes back byte for byte', (url) => expect(parseIssuerUrl(url)).toBe(url));

  test.each([
    ['http://example.com/', 'https URL'],
    ['example.com', 'whole URL'],
    ['https://Example.com/', 'https://example.com/'],
    ['https://example.com:443/', 'https://example.com/'],
    ['https://example.com/a/../b', 'https://example.com/b'],
    ['https://example.com//', 'double slash'],
    ['https://example.com/a//b/', 'double slash'],
    ['https://example.com/?a=b', 'query'],
    ['https://example.com/?', 'query'],
    ['https://example.com/#', 'query'],
    ['https://user@example.com/', 'user name'],
    ['https://example.com/ ', 'white space'],
    ['https://example.com/a b', 'white space'],
    [`https://example.com/${'a'.repeat(600)}`, '600 characters'],
  ])('%s is refused with what to write instead', (url, message) => {
    expect(() => parseIssuerUrl(url)).toThrow(message);
  });

  test('with and without its slash it has the same documents, never with a double slash', () => {
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

describe('names are checked before any call', () => {
  test.each(['abc', 'a1b2', '0123456789abcdefghijklmn'])('storage account %s', (name) =>
    expect(parseStorageAccount(name)).toBe(name),
  );
  test.each(['ab', 'Abc', 'a-b', 'a.b', '0123456789abcdefghijklmno'])(
    'storage account %s is refused',
    (name) => expect(() => parseStorageAccount(name)).toThrow('3 to 24'),
  );
  test.each(['oidc', 'a-b-c', '0-9', 'a'.repeat(63)])('container %s', (name) =>
    expect(parseContainer(name)).toBe(name),
  );
  test.each(['ab', 'Oidc', '-abc', 'abc-', 'a--b', '$web', 'a_b', 'a'.repeat(64)])(
    'container %s is refused',
    (name) => expect(() => parseContainer(name)).toThrow('3 to 63'),
  );
  test.each([
    ['a', 'a'],
    ['/a/b/', 'a/b'],
    ['clusters/prod.eu', 'clusters/prod.eu'],
  ])('path %s', (path, prefix) => expect(parsePrefix(path)).toBe(prefix));
  test.each(['a//b', '../a', 'a/..', './a', 'a b', 'a?b', 'a%2fb', '/', 'ä'])('path %s is refused', (path) =>
    expect(() => parsePrefix(path)).toThrow('folder names'),
  );
});
