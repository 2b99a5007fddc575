import { buildDiscovery } from '../../src/issuer/index.ts';
import { type Jwk, toJwk } from '../../src/keys/index.ts';
import { discoveryPath, type HostedIssuer, jwksPath, storageError } from './hosted-issuer.ts';
import type { Answer, WebServer } from './web-server.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the documents are served with: two hosts, the key that signs and another one. */
export interface Served {
  readonly hosted: HostedIssuer;
  readonly elsewhere: WebServer;
  readonly own: Jwk;
  readonly other: Jwk;
  /** Serves another discovery document. */
  discovery(edit: (fields: Fields) => Fields): void;
  /** Serves another key set. */
  keys(...keys: readonly unknown[]): void;
  /** Serves something else in place of a document. */
  answer(path: string, answer: Answer): void;
}

export function openServed(hosted: HostedIssuer, elsewhere: WebServer): Served {
  const answer: Served['answer'] = (path, given) => hosted.server.answer(path, given);
  return {
    hosted,
    elsewhere,
    own: toJwk(hosted.key.publicKey),
    other: toJwk(hosted.other.publicKey),
    discovery: (edit) =>
      answer(discoveryPath, { body: JSON.stringify(edit({ ...buildDiscovery(hosted.issuerUrl) })) }),
    keys: (...keys) => answer(jwksPath, { body: JSON.stringify({ keys }) }),
    answer,
  };
}

/** Returns the same number with two zero bytes before it. */
function addLeadingZeros(n: string): string {
  return Buffer.concat([Buffer.alloc(2), Buffer.from(n, 'base64url')]).toString('base64url');
}

function encodeWithPadding({ n, ...key }: Jwk): unknown {
  return { ...key, n: Buffer.from(n, 'base64url').toString('base64') };
}

function redirect({ hosted, answer }: Served, path: string, body: unknown): void {
  answer(path, { status: 302, headers: { location: '/moved' } });
  hosted.server.answer('/moved', { body: JSON.stringify(body) });
}

const elliptic = { kty: 'EC', kid: 'elliptic', crv: 'P-256', x: 'AA', y: 'AA', use: 'sig' };
const createFillers = (key: Jwk) => Array.from({ length: 100 }, (_, at) => ({ ...key, kid: `filler-${at}` }));

/** What is served, and the code with which every action rejects it. */
export type RejectedRow = readonly [what: string, serve: (served: Served) => void, code: string];

/** Answers in place of a document. */
export const rejectedAnswers: readonly RejectedRow[] = [
  [
    'a discovery document behind a redirect',
    (served) => redirect(served, discoveryPath, buildDiscovery(served.hosted.issuerUrl)),
    'issuer-redirects',
  ],
  [
    'a JWKS behind a redirect',
    (served) => redirect(served, jwksPath, { keys: [served.own] }),
    'issuer-redirects',
  ],
  [
    'a document of more than 1 MB',
    ({ keys, own }) => keys({ ...own, padding: 'x'.repeat(1024 * 1024) }),
    'document-too-large',
  ],
  [
    'an HTML page',
    ({ answer }) => answer(discoveryPath, { body: '<!doctype html><title>Sign in</title>' }),
    'document-not-json',
  ],
  ['a list', ({ answer }) => answer(discoveryPath, { body: '[]' }), 'document-not-json'],
  ['half a document', ({ answer }) => answer(jwksPath, { body: '{"keys":[' }), 'document-not-json'],
  [
    'the firewall of a storage account',
    ({ answer }) => answer(discoveryPath, { status: 403, ...storageError('AuthorizationFailure') }),
    'issuer-firewalled',
  ],
  ['a host that requires a sign-in', ({ answer }) => answer(jwksPath, { status: 401 }), 'issuer-not-public'],
  ['a host that forbids the request', ({ answer }) => answer(jwksPath, { status: 403 }), 'issuer-not-public'],
  ['a missing document', ({ answer }) => answer(jwksPath, { status: 404 }), 'document-missing'],
  [
    'a private container',
    ({ answer }) => answer(discoveryPath, { status: 404, ...storageError('ResourceNotFound') }),
    'storage-container-private',
  ],
  [
    'an account without anonymous access',
    ({ answer }) => answer(discoveryPath, { status: 409, ...storageError('PublicAccessNotPermitted') }),
    'public-access-forbidden',
  ],
  ['an unknown status', ({ answer }) => answer(discoveryPath, { status: 418 }), 'document-refused'],
];

export const rejectedDiscoveries: readonly RejectedRow[] = [
  [
    'another issuer',
    ({ discovery, hosted }) => discovery((fields) => ({ ...fields, issuer: `${hosted.issuerUrl}other/` })),
    'published-issuer-differs',
  ],
  [
    'the issuer without its trailing slash',
    ({ discovery, hosted }) => discovery((fields) => ({ ...fields, issuer: hosted.server.origin })),
    'published-issuer-differs',
  ],
  [
    'no issuer',
    ({ discovery }) => discovery(({ issuer: _, ...fields }) => fields),
    'discovery-field-missing',
  ],
  [
    'no jwks_uri',
    ({ discovery }) => discovery(({ jwks_uri: _, ...fields }) => fields),
    'discovery-field-missing',
  ],
  [
    'a list that is not a list',
    ({ discovery }) => discovery((fields) => ({ ...fields, subject_types_supported: 'public' })),
    'discovery-field-missing',
  ],
  [
    'a jwks_uri without TLS',
    ({ discovery }) => discovery((fields) => ({ ...fields, jwks_uri: 'http://10.0.0.1/openid/v1/jwks' })),
    'jwks-uri-invalid',
  ],
  [
    'a jwks_uri with a double slash',
    ({ discovery, hosted }) =>
      discovery((fields) => ({ ...fields, jwks_uri: `${hosted.issuerUrl}/openid/v1/jwks` })),
    'jwks-uri-invalid',
  ],
  [
    'an empty list of response types',
    ({ discovery }) => discovery((fields) => ({ ...fields, response_types_supported: [] })),
    'discovery-field-empty',
  ],
  [
    'an empty authorization endpoint',
    ({ discovery }) => discovery((fields) => ({ ...fields, authorization_endpoint: '' })),
    'discovery-field-empty',
  ],
  [
    'ES256 as the only algorithm',
    ({ discovery }) =>
      discovery((fields) => ({ ...fields, id_token_signing_alg_values_supported: ['ES256'] })),
    'algorithm-unsupported',
  ],
];

export const rejectedKeys: readonly RejectedRow[] = [
  ['no list of keys', ({ answer }) => answer(jwksPath, { body: '{}' }), 'jwks-malformed'],
  ['an empty list of keys', ({ keys }) => keys(), 'jwks-empty'],
  ['an entry that is not an object', ({ keys, own }) => keys(own, null), 'jwks-malformed'],
  ['another key', ({ keys, other }) => keys(other), 'key-not-published'],
  ['another key under the key ID', ({ keys, own, other }) => keys({ ...other, kid: own.kid }), 'key-differs'],
  [
    'another key under the key ID after the right one',
    ({ keys, own, other }) => keys(own, { ...other, kid: own.kid }),
    'key-differs',
  ],
  ['the key without a key ID', ({ keys, own }) => keys({ ...own, kid: undefined }), 'jwks-key-without-id'],
  [
    'the key under the key ID of a JOSE library',
    ({ keys, own }) => keys({ ...own, kid: 'thumbprint' }),
    'jwks-key-id-wrong',
  ],
  ['the key for encryption', ({ keys, own }) => keys({ ...own, use: 'enc' }), 'jwks-key-not-for-signing'],
  ['an EC key under the key ID', ({ keys, own }) => keys({ ...elliptic, kid: own.kid }), 'jwks-key-not-rsa'],
  ['the key without a modulus', ({ keys, own }) => keys({ ...own, n: '!' }), 'jwks-key-malformed'],
  ['the private part of the key', ({ keys, own }) => keys({ ...own, d: 'AQAB' }), 'private-key-published'],
  [
    'the private part of another key',
    ({ keys, own }) => keys(own, { ...elliptic, d: 'AQAB' }),
    'private-key-published',
  ],
  [
    'the key after a hundred others',
    ({ keys, own, other }) => keys(...createFillers(other), own),
    'too-many-keys',
  ],
];

/** What is served, and the remark that every action makes. */
export type AcceptedRow = readonly [what: string, serve: (served: Served) => void, remark?: RegExp];

export const accepted: readonly AcceptedRow[] = [
  ['the documents that publish-issuer writes', () => undefined],
  [
    'a JWKS on another origin',
    ({ discovery, elsewhere, own }) => {
      discovery((fields) => ({ ...fields, jwks_uri: `${elsewhere.origin}/keys` }));
      elsewhere.answer('/keys', { body: JSON.stringify({ keys: [own] }) });
    },
    /another origin/,
  ],
  ['a modulus with leading zeros', ({ keys, own }) => keys({ ...own, n: addLeadingZeros(own.n) })],
  ['a modulus in base64 with padding', ({ keys, own }) => keys(encodeWithPadding(own))],
  ['an exponent with leading zeros', ({ keys, own }) => keys({ ...own, e: 'AAEAAQ' })],
  [
    'a discovery document without the lists',
    ({ discovery }) => discovery(({ issuer, jwks_uri }) => ({ issuer, jwks_uri })),
    /response_types_supported/,
  ],
  [
    'another content type',
    ({ answer, own }) =>
      answer(jwksPath, {
        headers: { 'content-type': 'application/octet-stream' },
        body: JSON.stringify({ keys: [own] }),
      }),
    /application\/octet-stream/,
  ],
  ['an EC key next to the key', ({ keys, own }) => keys(own, elliptic), /EC for the key `elliptic`/],
  [
    'a key without a key ID next to the key',
    ({ keys, own, other }) => keys(own, { ...other, kid: '' }),
    /#2/,
  ],
  [
    'a key under another kind of key ID next to the key',
    ({ keys, own, other }) => keys(own, { ...other, kid: 'c0ffee' }),
    /c0ffee/,
  ],
  [
    'a key for encryption next to the key',
    ({ keys, own, other }) => keys({ ...other, use: 'enc' }, own),
    /enc/,
  ],
  ['the key twice', ({ keys, own }) => keys(own, own), /2 times/],
  ['a hundred keys after the key', ({ keys, own, other }) => keys(own, ...createFillers(other)), /found 101/],
];
