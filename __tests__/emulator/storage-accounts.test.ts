import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ResourceManager, readError, startResourceManager } from './resource-manager.ts';
import { call, startTenant } from './tenant.ts';

let arm: ResourceManager;
beforeAll(async () => {
  arm = await startResourceManager({ seed: { takenStorageAccountNames: ['taken'] } });
});
afterAll(() => arm?.close());

describe('Resource Manager: storage accounts', () => {
  const account = { kind: 'StorageV2', location: 'westeurope', sku: { name: 'Standard_LRS' } };
  const getPath = (name: string) => `${arm.group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  const check = async (name: string) =>
    (
      await arm.send(
        'POST',
        `/subscriptions/${arm.tenant.emulator.subscriptionId}/providers/Microsoft.Storage/checkNameAvailability`,
        { name, type: 'Microsoft.Storage/storageAccounts' },
      )
    ).body;

  test('answers whether a name is available, taken or invalid', async () => {
    expect(await check('freename')).toEqual({ nameAvailable: true });
    expect(await check('taken')).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
    expect(await check('Wrong_Name')).toMatchObject({ nameAvailable: false, reason: 'AccountNameInvalid' });
    expect(readError(await arm.send('PUT', getPath('taken'), account))).toEqual([
      409,
      'StorageAccountAlreadyTaken',
    ]);
    expect(readError(await arm.send('PUT', getPath('wrong-name'), account))).toEqual([
      400,
      'AccountNameInvalid',
    ]);
  });

  test('creates accounts without public access by default, and returns endpoints and keys', async () => {
    const made = await arm.send('PUT', getPath('plain'), account);
    const { blob } = arm.tenant.emulator.azure.urls;
    expect([made.status, made.body.properties.allowBlobPublicAccess]).toEqual([200, false]);
    expect(made.body.properties.primaryEndpoints.blob).toBe(`${blob}/plain/`);
    expect(made.body.properties.primaryEndpoints.web).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    const changed = await arm.send('PATCH', getPath('plain'), {
      properties: { allowBlobPublicAccess: true },
    });
    expect(changed.body.properties).toMatchObject({
      allowBlobPublicAccess: true,
      allowSharedKeyAccess: true,
    });
    expect((await arm.send('POST', `${getPath('plain')}/listKeys`)).body.keys).toHaveLength(2);
    expect(await check('plain')).toMatchObject({ reason: 'AlreadyExists' });
    expect(readError(await arm.send('PUT', getPath('plain'), { ...account, location: 'uksouth' }))).toEqual([
      409,
      'InvalidResourceLocation',
    ]);
    expect((await arm.send('DELETE', getPath('plain'))).status).toBe(200);
    expect((await arm.send('DELETE', getPath('plain'))).status).toBe(204);
  });

  test('answers 202 with a status URL until a slow creation is complete', async () => {
    arm.tenant.emulator.behaviour.storageAccountCreationSeconds = 20;
    try {
      const started = await arm.send('PUT', getPath('slow'), account);
      const operation = started.headers.get('location') ?? '';
      expect([started.status, started.headers.get('retry-after')]).toEqual([202, '17']);
      expect((await call(operation, { token: arm.token })).status).toBe(202);
      expect(readError(await arm.send('PUT', getPath('slow'), account))).toEqual([
        409,
        'StorageAccountOperationInProgress',
      ]);
      await arm.tenant.clock.sleep(20);
      const done = await call(operation, { token: arm.token });
      expect([done.status, done.body.properties.provisioningState]).toEqual([200, 'Succeeded']);
    } finally {
      arm.tenant.emulator.behaviour.storageAccountCreationSeconds = 0;
    }
  });

  test('rejects public access if a policy denies it', async () => {
    const strict = await startTenant({ seed: { deniesPublicBlobAccess: true } });
    try {
      const path = `${strict.emulator.environment.resourceManager}${getPath('strict')}?api-version=2024-01-01`;
      const own = await strict.token('https://management.azure.com');
      const put = (properties: object) =>
        call(path, { method: 'PUT', token: own, body: { ...account, properties } });
      expect(readError(await put({ allowBlobPublicAccess: true }))).toEqual([
        403,
        'RequestDisallowedByPolicy',
      ]);
      expect((await put({ allowBlobPublicAccess: false })).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
