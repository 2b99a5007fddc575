import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCertificates } from '../../emulator/certificates.ts';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { loadX509 } from '../../src/webhook/certificates/index.ts';
import { discoveryPath, type HostedIssuer, hostIssuer, jwksPath, storageError } from './hosted-issuer.ts';
import { type Answer, startWebServer, trust } from './web-server.ts';

const html = '<!DOCTYPE html><html><title>Sign in to your account</title></html>';

let hosted: HostedIssuer;
beforeAll(async () => {
  hosted = await hostIssuer();
});
afterAll(() => hosted?.close());

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
    () => ({ status: 403, ...storageError('AuthorizationFailure') }),
    'issuer-firewalled',
    'keep strangers out',
  ],
  ['no issuer', discoveryPath, () => ({ body: '{}' }), 'discovery-invalid', 'it has no "issuer"'],
  [
    'the issuer without its slash',
    discoveryPath,
    () => ({ body: JSON.stringify(buildDiscovery(hosted.server.origin)) }),
    'issuer-mismatch',
    `its issuer is "${'https://127.0.0.1'}`,
  ],
  [
    'another issuer',
    discoveryPath,
    () => ({ body: JSON.stringify(buildDiscovery('https://other.example/')) }),
    'issuer-mismatch',
    'its issuer is "https://other.example/"',
  ],
  [
    'a JWKS at another origin',
    discoveryPath,
    () => ({
      body: JSON.stringify({
        ...buildDiscovery(hosted.issuerUrl),
        jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks',
      }),
    }),
    'jwks-uri-invalid',
    'is at another origin',
  ],
  [
    'a JWKS behind a double slash',
    discoveryPath,
    () => ({
      body: JSON.stringify({
        ...buildDiscovery(hosted.issuerUrl),
        jwks_uri: `${hosted.issuerUrl}/openid/v1/jwks`,
      }),
    }),
    'jwks-uri-invalid',
    'has a double slash',
  ],
  [
    'no jwks_uri',
    discoveryPath,
    () => ({ body: JSON.stringify({ issuer: hosted.issuerUrl }) }),
    'jwks-uri-invalid',
    'its jwks_uri is undefined',
  ],
  [
    'an empty list',
    discoveryPath,
    () => ({ body: JSON.stringify({ ...buildDiscovery(hosted.issuerUrl), subject_types_supported: [] }) }),
    'discovery-invalid',
    '"subject_types_supported" is missing or empty',
  ],
  [
    'no RS256',
    discoveryPath,
    () => ({
      body: JSON.stringify({
        ...buildDiscovery(hosted.issuerUrl),
        id_token_signing_alg_values_supported: ['ES256'],
      }),
    }),
    'discovery-invalid',
    'lists ES256 and not RS256',
  ],
  [
    'an empty optional field',
    discoveryPath,
    () => ({ body: JSON.stringify({ ...buildDiscovery(hosted.issuerUrl), authorization_endpoint: '' }) }),
    'discovery-invalid',
    '"authorization_endpoint" is empty',
  ],
  ['a JWKS without keys', jwksPath, () => ({ body: '{}' }), 'jwks-invalid', 'it has no list "keys"'],
  [
    'another modulus under the key id',
    jwksPath,
    () => ({
      body: JSON.stringify({ keys: [{ ...toJwks([hosted.other.publicKey]).keys[0], kid: hosted.key.kid }] }),
    }),
    'key-differs',
    `under the key id`,
  ],
];

describe('what is wrong is said precisely and at once', () => {
  test.each(final)('%s', async (_what, path, answer, code, words) => {
    const { clock, prove } = hosted.begin();
    hosted.server.answer(path, answer());
    await expect(prove()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
      hint: expect.stringMatching(/.{20}/),
    });
    expect(clock.slept).toEqual([]);
  });

  test('a certificate of an unknown CA, for another name, or out of date', async () => {
    const { clock, prove } = hosted.begin();
    const elsewhere = await createCertificates(['elsewhere.test']);
    trust(elsewhere.authority);
    const cases = [
      [await createCertificates(['127.0.0.1']), 'no certificate authority that is known here'],
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
