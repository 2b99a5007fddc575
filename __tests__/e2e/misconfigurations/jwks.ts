import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { computeKeyId } from '../../../src/keys/index.ts';
import type { Jwk, Misconfiguration } from './world.ts';

const publish = /publish-issuer/;
const jwks = 'openid/v1/jwks';
const otherKey = (): Jwk => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    ...publicKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: computeKeyId(createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }))),
  };
};

/** Misconfigurations of the JWKS: missing, outdated, of the wrong type, under other key IDs. */
export const jwksRows: readonly Misconfiguration[] = [
  {
    what: 'the JWKS was not uploaded with the document',
    how: (world) => world.answer({ service: 'blob', path: jwks, status: 404, body: '' }),
    at: 'published-jwks',
    code: 'document-missing',
    advice: publish,
  },
  {
    what: 'the JWKS is empty',
    how: (world) => world.keys(() => []),
    at: 'published-jwks',
    code: 'jwks-empty',
    advice: publish,
  },
  {
    what: 'the JWKS is not a list',
    how: (world) => world.answer({ service: 'blob', path: jwks, status: 200, body: { keys: 'none' } }),
    at: 'published-jwks',
    code: 'jwks-malformed',
    advice: publish,
  },
  {
    what: 'the JWKS is older than the keys',
    how: (world) => world.keys(() => [otherKey()]),
    at: 'published-jwks',
    code: 'key-not-published',
    advice: /`public-key-file` of publish-issuer/,
  },
  {
    what: 'the JWKS contains a private key',
    how: (world) => world.keys((keys) => keys.map((key) => ({ ...key, d: 'AAAA' }))),
    at: 'published-jwks',
    code: 'private-key-published',
    advice: /new key pair/,
  },
  {
    what: 'the key has no key ID',
    how: (world) => world.keys((keys) => keys.map(({ kid: _, ...key }) => key)),
    at: 'published-jwks',
    code: 'jwks-key-without-id',
    advice: publish,
  },
  {
    what: 'the key has the key ID that a JOSE library computes',
    how: (world) =>
      world.keys((keys) =>
        keys.map((key) => ({ ...key, kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' })),
      ),
    at: 'published-jwks',
    code: 'jwks-key-id-wrong',
    advice: /azwi jwks/,
  },
  {
    what: 'the key is marked for encryption',
    how: (world) => world.keys((keys) => keys.map((key) => ({ ...key, use: 'enc' }))),
    at: 'published-jwks',
    code: 'jwks-key-not-for-signing',
    advice: publish,
  },
  {
    what: 'the JWKS contains an EC key under the ID of the key that signs, and the job has no key files',
    how: async (world) => {
      await world.keys((keys) => keys.map(({ kid }) => ({ ...ellipticKey, kid })));
      return { 'private-key-file': '', 'public-key-file': '' };
    },
    at: 'cluster-key',
    code: 'jwks-key-not-rsa',
    advice: publish,
  },
  {
    what: 'a different key is published under the key ID of the cluster',
    how: (world) => world.keys((keys) => keys.map(({ kid }) => ({ ...otherKey(), kid }))),
    at: 'published-jwks',
    code: 'key-differs',
    advice: publish,
  },
  {
    what: 'the JWKS contains the key only after the hundred keys that Entra ID reads',
    how: (world) =>
      world.keys((keys) => [
        ...Array.from({ length: 100 }, (_, at) => ({ ...keys[0], kid: `${at}` })),
        ...keys,
      ]),
    at: 'published-jwks',
    code: 'too-many-keys',
    advice: publish,
  },
];

const ellipticKey = { kty: 'EC', kid: 'ec', crv: 'P-256', x: 'AA', y: 'AA', use: 'sig' };

/** Key sets that look odd and work: what is published, and the remark. */
export const oddKeySets: readonly {
  readonly what: string;
  readonly keys: (keys: readonly Jwk[]) => readonly Jwk[];
  readonly remark: RegExp;
}[] = [
  { what: 'an EC key', keys: (keys) => [ellipticKey, ...keys], remark: /EC for the key `ec`/ },
  {
    what: 'a key with a hexadecimal ID',
    keys: (keys) => [{ ...otherKey(), kid: 'c0ffee' }, ...keys],
    remark: /c0ffee/,
  },
  {
    what: 'a key with an empty ID',
    keys: (keys) => [{ ...otherKey(), kid: '' }, ...keys],
    remark: /#1.*without its key ID/,
  },
  { what: 'the same key twice', keys: (keys) => [...keys, ...keys], remark: /2 times/ },
  {
    what: 'a hundred more keys',
    keys: (keys) => [...keys, ...Array.from({ length: 100 }, (_, at) => ({ ...keys[0], kid: `${at}` }))],
    remark: /found 101/,
  },
];
