import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCertificates } from '../../emulator/certificates.ts';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { loadX509 } from '../../src/webhook/certificates/index.ts';
import { discoveryPath, type HostedIssuer, hostIssuer, jwksPath, storageError } from './hosted-issuer.ts';
import { type Answer, startWebServer, trust } from './web-server.ts';

let hosted: HostedIssuer;
beforeAll(async () => {
  hosted = await hostIssuer();
});
afterAll(() => hosted?.close());

describe('publish-issuer with storage: none', () => {
  test('reads both documents as an anonymous client', async () => {
    const { clock, prove } = hosted.begin();
    expect(await prove()).toEqual({
      issuerUrl: hosted.issuerUrl,
      discoveryUrl: `${hosted.server.origin}${discoveryPath}`,
      jwksUrl: `${hosted.server.origin}${jwksPath}`,
      keyIds: [hosted.key.kid],
      changed: false,
    });
    expect(clock.slept).toEqual([]);
  });

  test('accepts an issuer without a trailing slash', async () => {
    const { prove } = hosted.begin();
    hosted.server.answer(discoveryPath, { body: JSON.stringify(buildDiscovery(hosted.server.origin)) });
    expect(await prove({ 'issuer-url': hosted.server.origin })).toMatchObject({
      issuerUrl: hosted.server.origin,
    });
  });

  test('returns the JWKS at the path that the discovery document names', async () => {
    const { prove } = hosted.begin();
    const jwks_uri = `${hosted.server.origin}/keys.json`;
    hosted.server.answer(discoveryPath, {
      body: JSON.stringify({ ...buildDiscovery(hosted.issuerUrl), jwks_uri }),
    });
    hosted.server.answer('/keys.json', {
      body: JSON.stringify(toJwks([hosted.other.publicKey, hosted.key.publicKey])),
    });
    expect(await prove()).toMatchObject({ jwksUrl: jwks_uri, keyIds: [hosted.other.kid, hosted.key.kid] });
  });

  test('rejects an empty JWKS even if no key is expected', async () => {
    const { prove } = hosted.begin();
    hosted.server.answer(jwksPath, { body: '{"keys":[]}' });
    await expect(prove({ 'public-key-file': '' })).rejects.toMatchObject({ code: 'jwks-empty' });
  });

  test('remarks once on a content type, however often it retries', async () => {
    const { deps, prove } = hosted.begin();
    const contentType = { 'content-type': 'text/plain' };
    const stale = { headers: contentType, body: JSON.stringify(toJwks([hosted.other.publicKey])) };
    const body = JSON.stringify(toJwks([hosted.key.publicKey]));
    hosted.server.answer(jwksPath, stale, stale, { headers: contentType, body });
    await prove();
    expect(deps.lines.filter((line) => line.startsWith('warning'))).toHaveLength(1);
  });
});

/** Problems that may pass: what is served meanwhile, the code, and what is waited for. */
const passing: readonly [what: string, path: string, answer: Answer, code: string, waitsFor: string][] = [
  [
    'a private container',
    discoveryPath,
    { status: 404, ...storageError('ResourceNotFound') },
    'storage-container-private',
    'the document to appear',
  ],
  [
    'a missing blob',
    jwksPath,
    { status: 404, ...storageError('BlobNotFound') },
    'document-missing',
    'the document to appear',
  ],
  [
    'public access that is forbidden',
    discoveryPath,
    { status: 409, ...storageError('PublicAccessNotPermitted') },
    'public-access-forbidden',
    'public access to take effect',
  ],
  [
    'an empty JWKS from a cache',
    jwksPath,
    { headers: { age: '55' }, body: '{"keys":[]}' },
    'jwks-empty',
    'the current JWKS to be served',
  ],
  [
    'another issuer from a cache',
    discoveryPath,
    { headers: { age: '55' }, body: JSON.stringify(buildDiscovery('https://old.example/')) },
    'published-issuer-differs',
    'a cache to expire',
  ],
  ['a server that is unavailable', jwksPath, { status: 503 }, 'issuer-unavailable', 'to recover'],
  ['a connection that breaks off', discoveryPath, { reset: true }, 'issuer-unreachable', 'to answer'],
];

describe('reading back', () => {
  test.each(passing)('waits for %s to pass', async (_, path, answer, code, waitsFor) => {
    const { clock, deps, prove } = hosted.begin();
    hosted.server.answer(path, answer);
    await expect(prove()).rejects.toMatchObject({ code });
    const waited = clock.slept.reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThan(30);
    expect(waited).toBeLessThanOrEqual(60);
    const waits = deps.lines.filter((line) => line.startsWith('info Waiting for') && line.includes(waitsFor));
    expect(waits.length).toBeGreaterThan(3);
    const good = path === jwksPath ? toJwks([hosted.key.publicKey]) : buildDiscovery(hosted.issuerUrl);
    hosted.server.answer(path, answer, answer, { body: JSON.stringify(good) });
    expect(await prove()).toMatchObject({ keyIds: [hosted.key.kid] });
  });

  test('does not wait for what does not pass', async () => {
    const { clock, prove } = hosted.begin();
    hosted.server.answer(discoveryPath, { body: '<html>' });
    await expect(prove()).rejects.toMatchObject({ code: 'document-not-json' });
    expect(clock.slept).toEqual([]);
  });

  test('waits as long as Retry-After asks for', async () => {
    const { clock, prove } = hosted.begin();
    const good = { body: JSON.stringify(toJwks([hosted.key.publicKey])) };
    hosted.server.answer(jwksPath, { status: 429, headers: { 'retry-after': '17' } }, good);
    await prove();
    expect(clock.slept).toEqual([17]);
  });

  test('reports a host name that DNS does not know', async () => {
    const { prove } = hosted.begin();
    await expect(prove({ 'issuer-url': 'https://account.invalid/' })).rejects.toMatchObject({
      code: 'document-host-unknown',
      message: expect.stringContaining('account.invalid'),
    });
  });

  test('stops reading a document that does not end', async () => {
    const { prove } = hosted.begin();
    hosted.server.answer(jwksPath, { endless: true });
    await expect(prove()).rejects.toMatchObject({ code: 'document-too-large' });
  });

  test('shows no more than a line of an untrusted document', async () => {
    const { prove } = hosted.begin();
    const issuer = `https://other.example/\n::error::injected${'x'.repeat(100_000)}`;
    hosted.server.answer(discoveryPath, {
      body: JSON.stringify({ ...buildDiscovery(hosted.issuerUrl), issuer }),
    });
    const error = await prove().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'published-issuer-differs' });
    expect(error.message).not.toContain('\n');
    expect(error.message.length).toBeLessThan(1000);
  });

  test('rejects a certificate of an unknown CA, for another name, or out of date', async () => {
    const { clock, prove } = hosted.begin();
    const elsewhere = await createCertificates(['elsewhere.test']);
    trust(elsewhere.authority);
    const cases = [
      [await createCertificates(['127.0.0.1']), 'its certificate is signed by an unknown CA'],
      [elsewhere, 'its certificate is for another name'],
      [await createExpiredCertificate(), 'its certificate has expired'],
    ] as const;
    for (const [certificates, problem] of cases) {
      const server = await startWebServer(certificates);
      const refusal = prove({ 'issuer-url': `${server.origin}/` }).finally(() => server.close());
      await expect(refusal).rejects.toMatchObject({
        code: 'issuer-tls-invalid',
        message: expect.stringContaining(problem),
      });
    }
    expect(clock.slept).toEqual([]);
  });
});

async function createExpiredCertificate() {
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
