import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testDeps } from '../support/deps.ts';
import { type EmulatedCloud, openCloud } from './emulated-cloud.ts';
import { publish, signInTo } from './support.ts';

let cloud: EmulatedCloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud?.close());

describe('publish-issuer', () => {
  test('rejects an account name that is taken', async () => {
    const { deps, given } = cloud.begin();
    await expect(publish({ ...given, 'storage-account': 'somebodyelses' }, deps)).rejects.toMatchObject({
      code: 'storage-account-name-taken',
    });
    expect(cloud.slept()).toBe(0);
  });

  test('rejects a missing account with `create-storage-account: false`', async () => {
    const { deps, given } = cloud.begin();
    await expect(publish({ ...given, 'create-storage-account': 'false' }, deps)).rejects.toMatchObject({
      code: 'storage-account-missing',
    });
    expect(cloud.emulator.azure.resources.storageAccounts.map(({ name }) => name)).not.toContain(
      given['storage-account'],
    );
    expect(cloud.slept()).toBe(0);
  });

  test('rejects a missing resource group', async () => {
    const { deps, given } = cloud.begin();
    await expect(publish({ ...given, 'resource-group': 'nowhere' }, deps)).rejects.toMatchObject({
      code: 'resource-group-missing',
    });
    expect(cloud.slept()).toBe(0);
  });

  test('rejects an account that forbids public access, and does not change it', async () => {
    const { deps, given } = cloud.begin();
    await publish(given, deps);
    const { storageAccounts } = cloud.emulator.azure.resources;
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

  test('rejects a missing container without `resource-group`', async () => {
    const { deps, given } = cloud.begin();
    await publish(given, deps);
    const { 'resource-group': _, ...rest } = given;
    await expect(publish({ ...rest, container: 'absent' }, deps)).rejects.toMatchObject({
      code: 'container-missing',
    });
    expect(cloud.slept()).toBe(0);
  });

  test('rejects an account key if shared keys are disabled', async () => {
    const { deps, given } = cloud.begin();
    await publish(given, deps);
    const withKey = { ...given, 'storage-account-key': Buffer.from('a key').toString('base64') };
    await expect(publish(withKey, deps)).rejects.toMatchObject({ code: 'storage-key-forbidden' });
    expect(cloud.slept()).toBe(0);
  });

  test('reports a sign-in that Entra ID rejects', async () => {
    const { given } = cloud.begin();
    const env = { ...signInTo(cloud.emulator), AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000' };
    await expect(publish(given, testDeps({ clock: cloud.clock, env }))).rejects.toMatchObject({
      code: 'azure-sign-in-unknown',
    });
  });

  test('reports an unknown refusal as it was received', async () => {
    const { deps, given } = cloud.begin();
    cloud.emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'GET',
      path: given['storage-account'] ?? '',
      status: 418,
      body: { error: { code: 'Teapot', message: 'Short and stout.' } },
    });
    await expect(publish(given, deps)).rejects.toMatchObject({
      code: 'azure-refused',
      message: expect.stringContaining('Short and stout. (Azure Storage: HTTP 418 Teapot'),
    });
    expect(cloud.slept()).toBe(0);
  });
});
