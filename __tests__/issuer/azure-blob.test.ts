import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { cleanUp } from '../../src/issuer/index.ts';
import { toJwks } from '../../src/keys/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import {
  type Given,
  get,
  inEmulator,
  inputsOf,
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
let accounts = 0;
/** Returns inputs for a new storage account. */
let given: Given;
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
  given = { ...inEmulator(emulator), 'storage-account': `issuer${accounts++}`, 'public-key-file': key.file };
});

function accountNamed(name: string | undefined) {
  return emulator.azure.resources.storageAccounts.find((account) => account.name === name);
}

describe('storage: azure-blob', () => {
  test('creates the account and the container, publishes both documents, and changes nothing in a second run', async () => {
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
    expect(jwks.body).toEqual(toJwks([key.publicKey]));
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

  test('creates an account that allows only what an issuer needs, in the region of its resource group', async () => {
    await publish(given, deps);
    expect(accountNamed(given['storage-account'])).toMatchObject({
      kind: 'StorageV2',
      sku: 'Standard_LRS',
      location: 'westeurope',
      allowBlobPublicAccess: true,
      allowSharedKeyAccess: false,
      minimumTlsVersion: 'TLS1_2',
      tags: { 'created-by': 'entra-kubernetes-federation' },
    });
  });

  test('waits for an account that takes long to create', async () => {
    emulator.behaviour.storageAccountCreationSeconds = 1;
    try {
      expect(await publish(given, deps)).toMatchObject({ changed: true });
    } finally {
      emulator.behaviour.storageAccountCreationSeconds = 0;
    }
  });

  test('uses the blob endpoint of the account with the path and a trailing slash as the issuer', async () => {
    const { issuerUrl, jwksUrl } = await publish({ ...given, path: 'clusters/blue' }, deps);
    const endpoint = emulator.environment.blob.replace('{name}', given['storage-account'] ?? '');
    expect(issuerUrl).toBe(`${endpoint}/oidc/clusters/blue/`);
    expect(jwksUrl).toBe(`${issuerUrl}openid/v1/jwks`);
  });

  test('keeps an issuer without a trailing slash as it is', async () => {
    const withSlash = (await publish({ ...given, container: 'with' }, deps)).issuerUrl;
    const bare = withSlash.replace(/with\/$/, 'without');
    const made = await publish({ ...given, container: 'without', 'issuer-url': bare }, deps);
    expect(made).toMatchObject({ issuerUrl: bare, discoveryUrl: `${bare}/.well-known/openid-configuration` });
    expect((await get(made.discoveryUrl)).body).toMatchObject({
      issuer: bare,
      jwks_uri: `${bare}/openid/v1/jwks`,
    });
    // A later run without `issuer-url` keeps the spelling that clusters and credentials rely on.
    expect(await publish({ ...given, container: 'without' }, deps)).toMatchObject({
      issuerUrl: bare,
      changed: false,
    });
    await expect(
      publish({ ...given, container: 'without', 'issuer-url': `${bare}/` }, deps),
    ).rejects.toMatchObject({
      code: 'issuer-conflict',
      hint: expect.stringContaining(`issuer-url: ${bare}`),
    });
  });

  test('makes an existing private container public only if it contains nothing else', async () => {
    await publish(given, deps);
    const { storage } = emulator.azure;
    const account = accountNamed(given['storage-account']);
    if (!account) throw new Error('the account is missing');
    await storage.putContainer(account, 'empty', 'None');
    expect(await publish({ ...given, container: 'empty' }, deps)).toMatchObject({ changed: true });
    await storage.putContainer(account, 'oidc', 'None');
    expect(await publish(given, deps)).toMatchObject({ changed: false });
    await storage.putContainer(account, 'private', 'None');
    await storage.azurite?.asAccount(account, {
      method: 'PUT',
      path: 'private/payroll.xlsx',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: 'x',
    });
    await expect(publish({ ...given, container: 'private' }, deps)).rejects.toMatchObject({
      code: 'container-private',
      message: expect.stringContaining('payroll.xlsx'),
    });
    expect((await storage.container(account, 'private'))?.publicAccess).toBe('None');
  });

  test('reads and writes only blobs without `resource-group`', async () => {
    const { 'resource-group': _, ...rest } = given;
    await publish(given, deps);
    const other = keyFile(folder);
    const before = emulator.requests.length;
    expect(await publish({ ...rest, 'public-key-file': other.file }, deps)).toMatchObject({
      changed: true,
      keyIds: [key.kid, other.kid],
    });
    expect(new Set(emulator.requests.slice(before).map(({ service }) => service))).toEqual(
      new Set(['authority', 'blob']),
    );
  });

  test('stores the key records in the metadata of the JWKS, and not in its text', async () => {
    const { jwksUrl } = await publish({ ...given, 'prune-after': '6h' }, deps);
    const { body, headers } = await get(jwksUrl);
    expect(body).toEqual(toJwks([key.publicKey]));
    expect(headers.get('x-ms-meta-keyrecords')).toMatch(new RegExp(`^${key.kid}:[0-9a-z]+:[0-9a-z]+$`));
  });

  test('publishes a hundred keys, and rejects the next one before it writes anything', async () => {
    const keys = Array.from({ length: 101 }, () => keyFile(folder));
    const all = (count: number) =>
      keys
        .slice(0, count)
        .map(({ file }) => file)
        .join('\n');
    const full = await publish({ ...given, 'public-key-file': all(100), 'prune-after': '6h' }, deps);
    expect(full.keyIds).toHaveLength(100);
    await expect(publish({ ...given, 'public-key-file': all(101) }, deps)).rejects.toMatchObject({
      code: 'too-many-keys',
    });
    expect((await get(full.jwksUrl)).body.keys).toHaveLength(100);
    expect(await publish({ ...given, 'public-key-file': all(100), 'prune-after': '6h' }, deps)).toMatchObject(
      { changed: false },
    );
  });

  test('lets a hundred jobs share the issuer: each retires its own key in its post step', async () => {
    await publish(given, deps);
    const job = keyFile(folder);
    const inputs = { ...given, 'public-key-file': job.file, 'on-exit': 'retire' };
    const { jwksUrl } = await publish(inputs, deps);
    const before = emulator.requests.length;
    await cleanUp(inputsOf(inputs, deps), deps);
    expect((await get(jwksUrl)).body).toEqual(toJwks([key.publicKey]));
    expect(emulator.requests.slice(before).some(({ service }) => service === 'resourceManager')).toBe(false);
  });

  test('keeps the keys that another tool uploaded, and corrects the headers of its documents', async () => {
    const first = await publish(given, deps);
    const account = accountNamed(given['storage-account']);
    if (!account) throw new Error('the account is missing');
    const foreign = toJwks([keyFile(folder).publicKey]).keys[0];
    await emulator.azure.storage.azurite?.asAccount(account, {
      method: 'PUT',
      path: 'oidc/openid/v1/jwks',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: JSON.stringify({ keys: [foreign] }),
    });
    await publish(given, deps);
    const { body, headers } = await get(first.jwksUrl);
    expect(body.keys).toEqual([foreign, ...toJwks([key.publicKey]).keys]);
    expect(headers.get('content-type')).toBe('application/json');
  });
});
