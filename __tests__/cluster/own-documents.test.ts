import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCertificates } from '../../emulator/certificates.ts';
import { prove } from '../../src/cluster/proof.ts';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { type Jwk, toJwk } from '../../src/keys/index.ts';
import { connectCluster } from '../../src/kubernetes/index.ts';
import { temporaryFolder } from '../issuer/support.ts';
import { startWebServer, type WebServer } from '../issuer/web-server.ts';
import { testDeps } from '../support/deps.ts';

const issuerUrl = 'https://issuer.example.org/cluster/';
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = toJwk(publicKey);
const other = toJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);

let folder: string;
let server: WebServer;
beforeAll(async () => {
  folder = temporaryFolder();
  const certificates = await createCertificates(['127.0.0.1']);
  server = await startWebServer(certificates);
  const authority = Buffer.from(certificates.authority).toString('base64');
  const cluster = { server: server.origin, 'certificate-authority-data': authority };
  const kubeconfig = {
    clusters: [{ name: 'fake', cluster }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    users: [{ name: 'fake', user: { token: 'fake' } }],
    'current-context': 'fake',
  };
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig));
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

/** Proves a cluster with these documents of its own, and returns the error. It issues no tokens. */
async function proveWith(discovery: object, keys: readonly unknown[]): Promise<unknown> {
  server.answer('/.well-known/openid-configuration', {
    body: JSON.stringify({ ...buildDiscovery(issuerUrl), ...discovery }),
  });
  server.answer('/openid/v1/jwks', { body: JSON.stringify({ keys }) });
  const key = { privateKeyFile: 'sa.key', publicKeyFile: 'sa.pub', publicKey, keyId: own.kid };
  const expected = { issuerUrl, jwksUrl: `${issuerUrl}openid/v1/jwks`, key };
  const cluster = await connectCluster({ kubeconfig: join(folder, 'kubeconfig') }, { env: {} });
  return prove(cluster, expected, testDeps()).catch((error) => error);
}

const rejected: readonly [what: string, discovery: object, keys: readonly unknown[], code: string][] = [
  ['another issuer', { issuer: 'https://issuer.example.org/cluster' }, [own], 'cluster-issuer-differs'],
  [
    'the default issuer',
    { issuer: 'https://kubernetes.default.svc.cluster.local' },
    [own],
    'cluster-issuer-default',
  ],
  ['an internal JWKS URL', { jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks' }, [own], 'jwks-url-mismatch'],
  ['EC keys only', { id_token_signing_alg_values_supported: ['ES256'] }, [own], 'algorithm-unsupported'],
  ['another key', {}, [other], 'signing-key-mismatch'],
  ['another key under the key ID', {}, [{ ...other, kid: own.kid }], 'key-differs'],
  ['no keys', {}, [], 'jwks-empty'],
  ['the private part of a key', {}, [own, { ...other, d: 'AQAB' }], 'private-key-published'],
];

const accepted: readonly [what: string, keys: readonly unknown[]][] = [
  ['the key', [own]],
  ['the key with leading zeros', [{ ...own, n: addLeadingZero(own) }]],
  ['the key next to an EC key', [{ kty: 'EC', kid: 'ec', crv: 'P-256', x: 'AA', y: 'AA' }, own]],
];

function addLeadingZero({ n }: Jwk): string {
  return Buffer.concat([Buffer.alloc(1), Buffer.from(n, 'base64url')]).toString('base64url');
}

describe("the proof of a cluster's own documents", () => {
  test.each(rejected)('rejects %s', async (_, discovery, keys, code) => {
    expect(await proveWith(discovery, keys)).toMatchObject({ code, fault: 'user' });
  });

  test.each(accepted)('accepts %s and requests a token', async (_, keys) => {
    expect(await proveWith({}, keys)).toMatchObject({
      code: 'cluster-unreadable',
      message: expect.stringContaining('failed to read a token of the cluster'),
    });
  });

  test('names the flags of kube-apiserver', async () => {
    const hint = async (discovery: object, keys: readonly unknown[]) =>
      ((await proveWith(discovery, keys)) as { readonly hint: string }).hint;
    expect(await hint({ issuer: 'https://other.example' }, [own])).toContain('--service-account-issuer');
    expect(await hint({ jwks_uri: 'https://other.example' }, [own])).toContain('--service-account-jwks-uri');
    expect(await hint({}, [other])).toContain('--service-account-signing-key-file');
  });
});
