import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ResourceManager, readError, startResourceManager } from './resource-manager.ts';
import { call, clientId } from './tenant.ts';

let arm: ResourceManager;
beforeAll(async () => {
  arm = await startResourceManager();
});
afterAll(() => arm?.close());

describe('Resource Manager: access', () => {
  test('rejects a request without a token or an API version', async () => {
    const url = `${arm.tenant.emulator.environment.resourceManager}${arm.group}`;
    expect(readError(await call(`${url}?api-version=1`))).toEqual([401, 'AuthenticationFailed']);
    const wrong = await arm.tenant.token('https://graph.microsoft.com');
    expect(readError(await call(`${url}?api-version=1`, { token: wrong }))).toEqual([
      401,
      'InvalidAuthenticationTokenAudience',
    ]);
    expect(readError(await call(url, { token: arm.token }))).toEqual([400, 'MissingApiVersionParameter']);
  });

  test('answers 403 without a role, with client, action and scope', async () => {
    const own = await arm.tenant.token('https://management.azure.com', 'workload');
    const { status, body } = await arm.send('GET', arm.group, undefined, own);
    expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
    const principal = arm.tenant.emulator.azure.directory.findPrincipal(clientId);
    expect(body.error.message).toContain(`The client '${clientId}' with object id '${principal?.id}'`);
    expect(body.error.message).toContain(
      `'Microsoft.Resources/subscriptions/resourceGroups/read' over scope '${arm.group}'`,
    );
  });

  test('answers 404 for unknown subscriptions, groups and resources', async () => {
    expect(readError(await arm.send('GET', '/subscriptions/00000000-1111-4222-8333-444455556666'))).toEqual([
      404,
      'SubscriptionNotFound',
    ]);
    const absent = arm.group.replace('federation', 'absent');
    expect(readError(await arm.send('GET', absent))).toEqual([404, 'ResourceGroupNotFound']);
    expect(
      readError(await arm.send('GET', `${arm.group}/providers/Microsoft.Storage/storageAccounts/absent`)),
    ).toEqual([404, 'ResourceNotFound']);
    expect(
      readError(await arm.send('GET', `${arm.group}/providers/Microsoft.Compute/virtualMachines`)),
    ).toEqual([404, 'InvalidResourceType']);
  });

  test('accepts paths in any case', async () => {
    expect(
      (await arm.send('GET', arm.group.toUpperCase().replace('/SUBSCRIPTIONS', '/Subscriptions'))).status,
    ).toBe(200);
  });
});

describe('Resource Manager: resource groups', () => {
  test('creates, lists and deletes groups with their resources', async () => {
    const path = arm.group.replace('federation', 'temporary');
    expect((await arm.send('PUT', path, { location: 'westeurope' })).status).toBe(201);
    expect((await arm.send('PUT', path, { location: 'westeurope' })).status).toBe(200);
    expect(readError(await arm.send('PUT', path, { location: 'uksouth' }))).toEqual([
      409,
      'InvalidResourceGroupLocation',
    ]);
    const identity = `${path}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inside`;
    await arm.send('PUT', identity, { location: 'westeurope' });
    expect((await arm.send('DELETE', path)).status).toBe(200);
    expect(readError(await arm.send('GET', identity))).toEqual([404, 'ResourceGroupNotFound']);
    expect(arm.tenant.emulator.azure.directory.identities).toEqual([]);
  });
});

describe('Resource Manager: vaults', () => {
  test('returns vaults with their URL', async () => {
    const one = await arm.send('GET', `${arm.group}/providers/Microsoft.KeyVault/vaults/federation-vault`);
    expect(one.body.properties).toMatchObject({
      vaultUri: `${arm.tenant.emulator.keyVaultUrl}/`,
      enableRbacAuthorization: true,
    });
    const listed = await arm.send(
      'GET',
      `/subscriptions/${arm.tenant.emulator.subscriptionId}/providers/Microsoft.KeyVault/vaults`,
    );
    expect(listed.body.value).toEqual([one.body]);
  });
});
