import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { buildDiscovery } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import {
  type Given,
  get,
  inEmulator,
  type KeyFile,
  keyFile,
  publish,
  signInTo,
  temporaryFolder,
} from './support.ts';

let folder: string;
let emulator: Emulator;
let deps: TestDeps;
let key: KeyFile;
let given: Given;
beforeAll(async () => {
  folder = temporaryFolder();
  // The policy for which a static website is the alternative.
  emulator = await startEmulator({ directory: folder, seed: { deniesPublicBlobAccess: true } });
  key = keyFile(folder);
  given = { ...inEmulator(emulator), storage: 'azure-static-website', 'public-key-file': key.file };
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  deps = testDeps({ env: signInTo(emulator) });
});

describe('storage: azure-static-website', () => {
  test('publishes although a policy forbids public containers, and changes nothing in a second run', async () => {
    await expect(publish({ ...given, storage: 'azure-blob' }, deps)).rejects.toMatchObject({
      code: 'public-access-forbidden',
      hint: expect.stringContaining('storage: azure-static-website'),
    });
    const first = await publish(given, deps);
    const [account] = emulator.azure.resources.storageAccounts;
    expect(account).toMatchObject({ allowBlobPublicAccess: false, allowSharedKeyAccess: false });
    expect((await get(first.discoveryUrl)).body).toEqual(buildDiscovery(first.issuerUrl));
    expect((await get(first.jwksUrl)).body).toEqual(toJwks([key.publicKey]));
    const before = emulator.requests.length;
    expect(await publish(given, deps)).toEqual({ ...first, changed: false });
    const writes = emulator.requests
      .slice(before)
      .filter(({ service, method }) => service !== 'authority' && method !== 'GET');
    expect(writes).toEqual([]);
  });

  test('uses the address that the account states as the issuer', async () => {
    const { issuerUrl } = await publish(given, deps);
    const website = emulator.requests.findLast(({ service }) => service === 'website');
    expect(website?.path).toBe('/.well-known/openid-configuration');
    expect(issuerUrl).not.toContain(emulator.storageAccount);
    expect(new URL(issuerUrl).pathname).toBe('/');
  });

  test('requires `resource-group` or `issuer-url`', async () => {
    const { 'resource-group': _, ...rest } = given;
    const { issuerUrl } = await publish(given, deps);
    await expect(publish(rest, deps)).rejects.toMatchObject({ code: 'issuer-url-missing' });
    expect(await publish({ ...rest, 'issuer-url': issuerUrl }, deps)).toMatchObject({
      issuerUrl,
      changed: false,
    });
  });
});
