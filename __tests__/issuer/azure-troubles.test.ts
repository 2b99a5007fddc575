import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, type Fault, startEmulator } from '../../emulator/index.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';
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

// The emulated cloud and the action live by one clock, on which waiting takes no time.
const clock = manualClock();
let folder: string;
let emulator: Emulator;
let deps: TestDeps;
let key: KeyFile;
let accounts = 0;
let given: Given;
beforeAll(async () => {
  folder = temporaryFolder();
  emulator = await startEmulator({
    directory: folder,
    clock,
    seed: { takenStorageAccountNames: ['somebodyelses'] },
  });
  key = keyFile(folder);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  deps = testDeps({ clock, env: signInTo(emulator) });
  clock.slept.length = 0;
  emulator.behaviour.faults.length = 0;
  given = { ...inEmulator(emulator), 'storage-account': `trouble${accounts++}`, 'public-key-file': key.file };
});

const slept = () => clock.slept.reduce((sum, seconds) => sum + seconds, 0);

describe('what cannot work is one clear error at once', () => {
  test('a name that somebody else has', async () => {
    await expect(publish({ ...given, 'storage-account': 'somebodyelses' }, deps)).rejects.toMatchObject({
      code: 'storage-account-name-taken',
    });
    expect(slept()).toBe(0);
  });

  test('an absent account that is not to be created', async () => {
    await expect(publish({ ...given, 'create-storage-account': 'false' }, deps)).rejects.toMatchObject({
      code: 'storage-account-missing',
    });
    expect(emulator.azure.resources.storageAccounts.map(({ name }) => name)).not.toContain(
      given['storage-account'],
    );
    expect(slept()).toBe(0);
  });

  test('a resource group that is missing', async () => {
    await expect(publish({ ...given, 'resource-group': 'nowhere' }, deps)).rejects.toMatchObject({
      code: 'resource-group-missing',
    });
    expect(slept()).toBe(0);
  });

  test('an account that forbids public access, which is left as it is', async () => {
    await publish(given, deps);
    const { storageAccounts } = emulator.azure.resources;
    const index = storageAccounts.findIndex(({ name }) => name === given['storage-account']);
    const account = storageAccounts[index];
    if (!account) throw new Error('the account is missing');
    storageAccounts[index] = { ...account, allowBlobPublicAccess: false };
    await expect(publish(given, deps)).rejects.toMatchObject({
      code: 'public-access-forbidden',
      hint: expect.stringContaining('storage: azure-static-website'),
    });
    expect(storageAccounts[index]?.allowBlobPublicAccess).toBe(false);
    const { 'resource-group': _, ...withoutManager } = given;
    await expect(publish(withoutManager, deps)).rejects.toMatchObject({
      code: 'public-access-forbidden',
      message: expect.stringContaining('HTTP 409 PublicAccessNotPermitted'),
    });
  });

  test('a container that is missing, where only blobs may be written', async () => {
    await publish(given, deps);
    const { 'resource-group': _, ...rest } = given;
    await expect(publish({ ...rest, container: 'absent' }, deps)).rejects.toMatchObject({
      code: 'container-missing',
    });
    expect(slept()).toBe(0);
  });

  test('an account key, where shared keys are off', async () => {
    await publish(given, deps);
    const withKey = { ...given, 'storage-account-key': Buffer.from('a key').toString('base64') };
    await expect(publish(withKey, deps)).rejects.toMatchObject({ code: 'storage-key-forbidden' });
    expect(slept()).toBe(0);
  });

  test('a sign-in that Entra ID refuses', async () => {
    const env = { ...signInTo(emulator), AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000' };
    await expect(publish(given, testDeps({ clock, env }))).rejects.toMatchObject({
      code: 'azure-sign-in-unknown',
    });
  });

  test('a refusal that nobody here knows is reported as it came', async () => {
    emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'GET',
      path: given['storage-account'] ?? '',
      status: 418,
      body: { error: { code: 'Teapot', message: 'Short and stout.' } },
    });
    await expect(publish(given, deps)).rejects.toMatchObject({
      code: 'azure-refused',
      message: expect.stringContaining('Short and stout. (HTTP 418 Teapot'),
    });
    expect(slept()).toBe(0);
  });
});

describe('a role that is not yet effective', () => {
  const delayed = async (role: string, delay: number, work: () => Promise<void>) => {
    const { roleAssignments } = emulator.azure.resources;
    const before = [...roleAssignments];
    const { roleOf } = await import('../../emulator/arm/roles.ts');
    emulator.azure.resources.roleAssignments = before.map((one) =>
      roleOf(one.roleId)?.name === role ? { ...one, createdAt: clock.now() } : one,
    );
    emulator.behaviour.propagationSeconds.roleAssignment = delay;
    try {
      await work();
    } finally {
      emulator.behaviour.propagationSeconds.roleAssignment = 0;
      emulator.azure.resources.roleAssignments = before;
    }
  };

  test('on blobs is waited for by name', async () => {
    await delayed('Storage Blob Data Contributor', 200, async () => {
      expect(await publish(given, deps)).toMatchObject({ changed: true });
    });
    expect(slept()).toBeGreaterThan(190);
    expect(
      deps.lines.some((line) =>
        /waiting .* for the role Storage Blob Data Contributor to take effect/.test(line),
      ),
    ).toBe(true);
  });

  test('on blobs beyond the given time is an error that says how to assign it', async () => {
    await delayed('Storage Blob Data Contributor', 1000, async () => {
      await expect(publish({ ...given, 'propagation-timeout': '2m' }, deps)).rejects.toMatchObject({
        code: 'storage-role-missing',
        hint: expect.stringContaining('az role assignment create --role "Storage Blob Data Contributor"'),
      });
    });
    expect(slept()).toBeLessThanOrEqual(120);
  });

  test('on the resource group is waited for by name', async () => {
    await delayed('Owner', 40, async () => {
      expect(await publish(given, deps)).toMatchObject({ changed: true });
    });
    expect(
      deps.lines.some((line) => line.includes('for the role on the resource group to take effect')),
    ).toBe(true);
  });
});

describe('an account that was made a moment ago', () => {
  test.each([
    ['ParentResourceNotFound', 404],
    ['StorageAccountIsNotProvisioned', 409],
    ['AnotherOperationInProgress', 409],
  ])('and is not ready everywhere (%s) is waited for', async (code, status) => {
    const body = { error: { code, message: 'Not yet.' } };
    emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'PUT',
      path: '/containers/oidc',
      nth: 1,
      times: 2,
      status,
      body,
    });
    expect(await publish(given, deps)).toMatchObject({ changed: true });
    expect(clock.slept).toHaveLength(2);
  });

  test('is not waited for when it has been there for long', async () => {
    await publish(given, deps);
    const body = { error: { code: 'ParentResourceNotFound', message: 'Gone.' } };
    emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'GET',
      path: '/containers/oidc',
      status: 404,
      body,
    });
    await expect(publish(given, deps)).rejects.toMatchObject({ code: 'storage-account-missing' });
    expect(slept()).toBe(0);
  });
});

/** Every kind of request that publishing makes, to be troubled one by one. */
const requests: readonly Pick<Fault, 'service' | 'method' | 'path'>[] = [
  { service: 'resourceManager', method: 'GET', path: 'storageAccounts/trouble\\d+\\?' },
  { service: 'resourceManager', method: 'POST', path: 'checkNameAvailability' },
  { service: 'resourceManager', method: 'PUT', path: 'storageAccounts/trouble\\d+\\?' },
  { service: 'resourceManager', method: 'GET', path: '/containers/oidc' },
  { service: 'resourceManager', method: 'PUT', path: '/containers/oidc' },
  { service: 'blob', method: 'GET', path: 'openid-configuration' },
  { service: 'blob', method: 'GET', path: 'jwks' },
  { service: 'blob', method: 'PUT', path: 'jwks' },
  { service: 'blob', method: 'PUT', path: 'openid-configuration' },
];
const troubles: readonly [string, Omit<Fault, 'service'>][] = [
  ['429 with Retry-After', { status: 429, retryAfter: 21 }],
  ['500', { status: 500 }],
  ['503 twice', { status: 503, times: 2 }],
  ['a connection cut before', { reset: 'before' }],
  ['a connection cut after it was done', { reset: 'after' }],
];

describe.each(troubles)('%s', (_name, trouble) => {
  test.each(requests)('at $service $method $path is overcome, and the issuer is whole', async (request) => {
    emulator.behaviour.faults.push({ ...request, nth: 1, ...trouble });
    const { discoveryUrl, jwksUrl, issuerUrl } = await publish(given, deps);
    expect((await get(discoveryUrl)).body).toMatchObject({ issuer: issuerUrl, jwks_uri: jwksUrl });
    expect((await get(jwksUrl)).body).toMatchObject({ keys: [{ kid: key.kid }] });
    expect(clock.slept.length).toBeGreaterThan(0);
    if (trouble.retryAfter !== undefined) expect(clock.slept[0]).toBe(21);
    expect(await publish(given, deps)).toMatchObject({ changed: false });
  });
});

test.each(requests)(
  '500s without end at $service $method $path: one clear error, and an issuer that was whole stays whole',
  async (request) => {
    const other = keyFile(folder);
    const whole = await publish(given, deps);
    // A run with something to write everywhere: new account, container and key; the older issuer beside it is not touched.
    emulator.behaviour.faults.push({ ...request, status: 500 });
    const { resourceGroup } = emulator;
    const fresh = { ...given, 'storage-account': `trouble${accounts++}`, 'resource-group': resourceGroup };
    await expect(publish({ ...fresh, 'public-key-file': other.file }, deps)).rejects.toMatchObject({
      code: expect.stringMatching(/azure-unavailable|issuer-unavailable/),
    });
    await publish({ ...given, 'public-key-file': other.file }, deps).catch(() => undefined);
    emulator.behaviour.faults.length = 0;
    expect((await get(whole.discoveryUrl)).body).toMatchObject({ issuer: whole.issuerUrl });
    const { keys } = (await get(whole.jwksUrl)).body as { keys: { kid: string }[] };
    expect(keys[0]?.kid).toBe(key.kid);
    // Once the trouble is over the same run completes what was begun.
    expect(await publish({ ...fresh, 'public-key-file': other.file }, deps)).toMatchObject({
      keyIds: [other.kid],
    });
  },
);
