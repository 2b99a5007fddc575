import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { jwksOf } from '../../src/keys/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { get, inEmulator, type KeyFile, keyFile, publish, signInTo, temporaryFolder } from './support.ts';

let folder: string;
let emulator: Emulator;
let deps: TestDeps;
let key: KeyFile;
beforeAll(async () => {
  folder = temporaryFolder();
  emulator = await startEmulator({ directory: folder });
  key = keyFile(folder);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  deps = testDeps({ env: signInTo(emulator) });
});

describe('azure-blob', () => {
  test('creates account and container, publishes both documents, and a second run changes nothing', async () => {
    const given = { ...inEmulator(emulator), 'public-key-file': key.file };
    const first = await publish(given, deps);
    expect(first).toMatchObject({ changed: true, keyIds: [key.kid] });
    const discovery = await get(first.discoveryUrl);
    expect(discovery.body).toEqual({
      issuer: first.issuerUrl,
      jwks_uri: first.jwksUrl,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const jwks = await get(first.jwksUrl);
    expect(jwks.body).toEqual(jwksOf([key.publicKey]));
    for (const { headers } of [discovery, jwks]) {
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('cache-control')).toBe('public, max-age=60');
    }
    const before = emulator.requests.length;
    expect(await publish(given, deps)).toEqual({ ...first, changed: false });
    const writes = emulator.requests
      .slice(before)
      .filter(({ service, method }) => service !== 'authority' && method !== 'GET');
    expect(writes).toEqual([]);
  });
});
