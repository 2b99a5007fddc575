import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import { resolveAccess } from '../../src/issuer/stores/azure/access.ts';
import * as keys from '../../src/keys/index.ts';
import { runAction } from '../support/actions.ts';
import { testDeps } from '../support/deps.ts';
import { get, inEmulator, inputsOf, signInTo, temporaryFolder } from './support.ts';

let folder: string;
let emulator: Emulator;
beforeAll(async () => {
  folder = temporaryFolder();
  emulator = await startEmulator({ directory: folder });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

describe('generate-keys and publish-issuer in one job', () => {
  test('publish the documents of the manual steps with openssl, a template and azwi', async () => {
    const deps = testDeps({ temporaryDirectory: folder, env: signInTo(emulator) });
    const made = await runAction(keys, {}, deps);
    const publicKeyFile = String(made.outputs['public-key-file']);
    const { outputs } = await runAction(
      issuer,
      { ...inEmulator(emulator), 'public-key-file': publicKeyFile },
      deps,
    );

    // The manual steps use https://ACCOUNT.blob.core.windows.net/CONTAINER/. The emulated account has another
    // address.
    const endpoint = emulator.environment.blob.replace('{name}', emulator.storageAccount);
    const manual = 'https://account.blob.core.windows.net/oidc/';
    const withManualUrl = (document: unknown) =>
      JSON.parse(JSON.stringify(document).replaceAll(`${endpoint}/oidc/`, manual)) as unknown;
    const discovery = await get(String(outputs['discovery-url']));
    expect(withManualUrl(discovery.body)).toEqual({
      issuer: manual,
      jwks_uri: `${manual}openid/v1/jwks`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const jwks = await get(String(outputs['jwks-url']));
    expect(jwks.body).toEqual(computeJwks(readFileSync(publicKeyFile, 'utf8')));
    expect(readFileSync(String(made.outputs['jwks-file']), 'utf8')).toBe(JSON.stringify(jwks.body, null, 2));
    expect(outputs['key-ids']).toEqual([made.outputs['key-id']]);
  });

  test.each([
    ['public', 'core.windows.net'],
    ['us-government', 'core.usgovcloudapi.net'],
    ['china', 'core.chinacloudapi.cn'],
  ])('use the blob endpoint of the cloud %s, %s', async (cloud, suffix) => {
    const deps = testDeps();
    const inputs = inputsOf(
      { 'azure-environment': cloud, 'storage-account': 'account', 'storage-account-key': 'eA==' },
      deps,
    );
    expect((await resolveAccess(inputs, deps)).blobEndpoint).toBe(`https://account.blob.${suffix}`);
  });
});

/** Computes the JWKS of a PEM file from its bytes, without the code under test. */
function computeJwks(pem: string) {
  const der = Buffer.from(pem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  // SubjectPublicKeyInfo: a sequence of the algorithm and a bit string, which contains a sequence of modulus
  // and exponent.
  const [algorithm, bits] = readElements(readElements(der)[0] ?? Buffer.of());
  expect(algorithm?.toString('hex')).toContain('2a864886f70d010101');
  const [modulus, exponent] = readElements(readElements((bits ?? Buffer.of()).subarray(1))[0] ?? Buffer.of());
  const number = (bytes: Buffer | undefined) => bytes?.subarray(bytes[0] === 0 ? 1 : 0).toString('base64url');
  const kid = createHash('sha256').update(der).digest('base64url');
  return { keys: [{ use: 'sig', kty: 'RSA', kid, alg: 'RS256', n: number(modulus), e: number(exponent) }] };
}

/** Returns the contents of the DER elements that follow each other in `bytes`. */
function readElements(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1] ?? 0;
    const size = first < 0x80 ? 0 : first & 0x7f;
    const length = size === 0 ? first : bytes.readUIntBE(at + 2, size);
    found.push(bytes.subarray(at + 2 + size, at + 2 + size + length));
    at += 2 + size + length;
  }
  return found;
}
