import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeCertificates } from '../../emulator/certificates.ts';
import { discoveryOf } from '../../src/issuer/index.ts';
import { jwksOf } from '../../src/keys/index.ts';
import { loadX509 } from '../../src/runtime/x509.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, type KeyFile, keyFile, publish, temporaryFolder } from './support.ts';
import { type Answer, startWebServer, trust, type WebServer } from './web-server.ts';

const discoveryPath = '/.well-known/openid-configuration';
const jwksPath = '/openid/v1/jwks';
const html = '<!DOCTYPE html><html><title>Sign in to your account</title></html>';

let folder: string;
let server: WebServer;
let key: KeyFile;
let other: KeyFile;
let issuerUrl: string;
let deps: TestDeps;
let clock: ReturnType<typeof manualClock>;
beforeAll(async () => {
  folder = temporaryFolder();
  server = await startWebServer();
  issuerUrl = `${server.origin}/`;
  key = keyFile(folder);
  other = keyFile(folder);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  clock = manualClock();
  deps = testDeps({ clock });
  server.answer(discoveryPath, { body: JSON.stringify(discoveryOf(issuerUrl)) });
  server.answer(jwksPath, { body: JSON.stringify(jwksOf([key.publicKey])) });
});

/** Only checks what is published, as `storage: none` does. */
function prove(given: Given = {}) {
  return publish(
    {
      storage: 'none',
      'issuer-url': issuerUrl,
      'public-key-file': key.file,
      'propagation-timeout': '1m',
      ...given,
    },
    deps,
  );
}

describe('an issuer that somebody else hosts', () => {
  test('is proven by reading both documents as a stranger', async () => {
    expect(await prove()).toEqual({
      issuerUrl,
      discoveryUrl: `${server.origin}${discoveryPath}`,
      jwksUrl: `${server.origin}${jwksPath}`,
      keyIds: [key.kid],
      changed: false,
    });
    expect(clock.slept).toEqual([]);
  });

  test('is proven with an issuer that has no slash at its end', async () => {
    server.answer(discoveryPath, { body: JSON.stringify(discoveryOf(server.origin)) });
    expect(await prove({ 'issuer-url': server.origin })).toMatchObject({ issuerUrl: server.origin });
  });

  test('may keep its JWKS at another path of its origin', async () => {
    server.answer(discoveryPath, {
      body: JSON.stringify({ ...discoveryOf(issuerUrl), jwks_uri: `${server.origin}/keys.json` }),
    });
    server.answer('/keys.json', { body: JSON.stringify(jwksOf([other.publicKey, key.publicKey])) });
    expect(await prove()).toMatchObject({
      jwksUrl: `${server.origin}/keys.json`,
      keyIds: [other.kid, key.kid],
    });
  });

  test('may serve the documents with another content type, which is warned of', async () => {
    server.answer(jwksPath, {
      headers: { 'content-type': 'application/octet-stream' },
      body: JSON.stringify(jwksOf([key.publicKey])),
    });
    server.answer(discoveryPath, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(discoveryOf(issuerUrl)),
    });
    await prove();
    expect(deps.lines.filter((line) => line.startsWith('warning'))).toEqual([
      `warning ${server.origin}${jwksPath} is served as "application/octet-stream", not as application/json: Entra ID reads it all the same, other verifiers may not`,
    ]);
  });
});

const azure = (code: string) => ({
  headers: { 'x-ms-error-code': code, 'content-type': 'application/xml' },
  body: '<Error/>',
});

/** What a stranger gets, the code and the words of the refusal. None of these pass by themselves. */
const final: readonly [what: string, path: string, answer: () => Answer, code: string, words: string][] = [
  [
    'a redirect to a sign-in page',
    discoveryPath,
    () => ({ status: 302, headers: { location: 'https://login.example/' } }),
    'issuer-redirects',
    'HTTP 302 to https://login.example/',
  ],
  [
    'an HTML page',
    discoveryPath,
    () => ({ headers: { 'content-type': 'text/html' }, body: html }),
    'document-not-json',
    'an HTML page came instead of JSON',
  ],
  [
    'an HTML page that claims to be JSON',
    jwksPath,
    () => ({ body: html }),
    'document-not-json',
    'an HTML page came instead of JSON',
  ],
  [
    'text',
    jwksPath,
    () => ({ body: 'keys: []' }),
    'document-not-json',
    'this is not a JSON object: "keys: []"',
  ],
  [
    'half a document',
    jwksPath,
    () => ({ body: '{"keys":[' }),
    'document-not-json',
    'this is not a JSON object',
  ],
  ['401', discoveryPath, () => ({ status: 401 }), 'issuer-not-public', 'it asks strangers to sign in'],
  [
    'the firewall of a storage account',
    discoveryPath,
    () => ({ status: 403, ...azure('AuthorizationFailure') }),
    'issuer-firewalled',
    'keep strangers out',
  ],
  ['no issuer', discoveryPath, () => ({ body: '{}' }), 'discovery-invalid', 'it has no "issuer"'],
  [
    'the issuer without its slash',
    discoveryPath,
    () => ({ body: JSON.stringify(discoveryOf(server.origin)) }),
    'issuer-mismatch',
    `its issuer is "${'https://127.0.0.1'}`,
  ],
  [
    'another issuer',
    discoveryPath,
    () => ({ body: JSON.stringify(discoveryOf('https://other.example/')) }),
    'issuer-mismatch',
    'its issuer is "https://other.example/"',
  ],
  [
    'a JWKS at another origin',
    discoveryPath,
    () => ({
      body: JSON.stringify({ ...discoveryOf(issuerUrl), jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks' }),
    }),
    'jwks-uri-invalid',
    'is at another origin',
  ],
  [
    'a JWKS behind a double slash',
    discoveryPath,
    () => ({ body: JSON.stringify({ ...discoveryOf(issuerUrl), jwks_uri: `${issuerUrl}/openid/v1/jwks` }) }),
    'jwks-uri-invalid',
    'has a double slash',
  ],
  [
    'no jwks_uri',
    discoveryPath,
    () => ({ body: JSON.stringify({ issuer: issuerUrl }) }),
    'jwks-uri-invalid',
    'its jwks_uri is undefined',
  ],
  [
    'an empty list',
    discoveryPath,
    () => ({ body: JSON.stringify({ ...discoveryOf(issuerUrl), subject_types_supported: [] }) }),
    'discovery-invalid',
    '"subject_types_supported" is missing or empty',
  ],
  [
    'no RS256',
    discoveryPath,
    () => ({
      body: JSON.stringify({ ...discoveryOf(issuerUrl), id_token_signing_alg_values_supported: ['ES256'] }),
    }),
    'discovery-invalid',
    'lists ES256 and not RS256',
  ],
  [
    'an empty optional field',
    discoveryPath,
    () => ({ body: JSON.stringify({ ...discoveryOf(issuerUrl), authorization_endpoint: '' }) }),
    'discovery-invalid',
    '"authorization_endpoint" is empty',
  ],
  ['a JWKS without keys', jwksPath, () => ({ body: '{}' }), 'jwks-invalid', 'it has no list "keys"'],
  [
    'another modulus under the key id',
    jwksPath,
    () => ({ body: JSON.stringify({ keys: [{ ...jwksOf([other.publicKey]).keys[0], kid: key.kid }] }) }),
    'key-differs',
    `under the key id`,
  ],
];

describe('what is wrong is said precisely and at once', () => {
  test.each(final)('%s', async (_what, path, answer, code, words) => {
    server.answer(path, answer());
    await expect(prove()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
      hint: expect.stringMatching(/.{20}/),
    });
    expect(clock.slept).toEqual([]);
  });

  test('a certificate of an unknown CA, for another name, or out of date', async () => {
    const elsewhere = await makeCertificates(['elsewhere.test']);
    trust(elsewhere.authority);
    const cases = [
      [await makeCertificates(['127.0.0.1']), 'no certificate authority that is known here'],
      [elsewhere, 'its certificate is for another name'],
      [await expiredCertificate(), 'its certificate has expired'],
    ] as const;
    for (const [certificates, words] of cases) {
      const strange = await startWebServer(certificates);
      const refusal = prove({ 'issuer-url': `${strange.origin}/` }).finally(() => strange.close());
      await expect(refusal).rejects.toMatchObject({
        code: 'issuer-tls-invalid',
        message: expect.stringContaining(words),
      });
    }
    expect(clock.slept).toEqual([]);
  });
});

/** Refusals that may pass: what is waited for. */
const passing: readonly [what: string, path: string, answer: Answer, code: string, waitsFor: string][] = [
  [
    'a private or missing container',
    discoveryPath,
    { status: 404, ...azure('ResourceNotFound') },
    'document-missing',
    'the document to appear',
  ],
  [
    'a missing blob',
    jwksPath,
    { status: 404, ...azure('BlobNotFound') },
    'document-missing',
    'the document to appear',
  ],
  ['a missing page', jwksPath, { status: 404 }, 'document-missing', 'the document to appear'],
  [
    'public access that is forbidden',
    discoveryPath,
    { status: 409, ...azure('PublicAccessNotPermitted') },
    'public-access-forbidden',
    'public access to take effect',
  ],
  [
    'a stale cache',
    jwksPath,
    { headers: { age: '55' }, body: '{"keys":[]}' },
    'key-not-published',
    'the current JWKS to be served',
  ],
  ['a server in trouble', jwksPath, { status: 503 }, 'issuer-unavailable', 'to recover'],
  ['a connection that breaks off', discoveryPath, { reset: true }, 'issuer-unreachable', 'to answer'],
];

describe('what may pass is waited for, by name and no longer than was said', () => {
  test.each(passing)('%s', async (_what, path, answer, code, waitsFor) => {
    server.answer(path, answer);
    await expect(prove()).rejects.toMatchObject({ code });
    const waited = clock.slept.reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThan(30);
    expect(waited).toBeLessThanOrEqual(60);
    expect(
      deps.lines.filter((line) => line.startsWith('info waiting') && line.includes(waitsFor)).length,
    ).toBeGreaterThan(3);
    const good = path === jwksPath ? jwksOf([key.publicKey]) : discoveryOf(issuerUrl);
    server.answer(path, answer, answer, { body: JSON.stringify(good) });
    expect(await prove()).toMatchObject({ keyIds: [key.kid] });
  });

  test('a server that says when to come back is believed', async () => {
    server.answer(
      jwksPath,
      { status: 429, headers: { 'retry-after': '17' } },
      { body: JSON.stringify(jwksOf([key.publicKey])) },
    );
    await prove();
    expect(clock.slept).toEqual([17]);
  });

  test('a name that DNS does not know', async () => {
    await expect(prove({ 'issuer-url': 'https://account.invalid/' })).rejects.toMatchObject({
      code: 'issuer-unreachable',
      message: expect.stringContaining('account.invalid'),
    });
  });
});

async function expiredCertificate() {
  const x509 = await loadX509();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=expired',
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2020-02-01'),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const pem = certificate.toString('pem');
  trust(pem);
  return {
    authority: pem,
    certificate: pem,
    privateKey: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}
