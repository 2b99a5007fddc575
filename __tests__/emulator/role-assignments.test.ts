import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ResourceManager, readError, startResourceManager } from './resource-manager.ts';
import { clientId } from './tenant.ts';

const reader = 'e3d0c9b8-1111-4222-8333-444455556666';
const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';

let arm: ResourceManager;
beforeAll(async () => {
  arm = await startResourceManager({ seed: { applications: [{ clientId: reader, displayName: 'Reader' }] } });
});
afterAll(() => arm?.close());

const principalId = () => arm.tenant.emulator.azure.directory.findPrincipal(clientId)?.id ?? '';

describe('Resource Manager: role assignments', () => {
  const id = (end: string) => `0b7c6d5e-1111-4222-8333-44445555${end}`;
  const at = (scope: string, end: string) =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${id(end)}`;
  const grant = (more: object = {}) => ({
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`,
      principalId: principalId(),
      ...more,
    },
  });

  test('creates an assignment once, and rejects a duplicate and a change', async () => {
    expect((await arm.send('PUT', at(arm.group, '0001'), grant())).status).toBe(201);
    expect((await arm.send('PUT', at(arm.group, '0001'), grant())).status).toBe(200);
    expect(readError(await arm.send('PUT', at(arm.group, '0002'), grant()))).toEqual([
      409,
      'RoleAssignmentExists',
    ]);
    const other = arm.tenant.emulator.azure.directory.findPrincipal(reader)?.id;
    expect(readError(await arm.send('PUT', at(arm.group, '0001'), grant({ principalId: other })))).toEqual([
      400,
      'RoleAssignmentUpdateNotPermitted',
    ]);
  });

  test('rejects an unknown principal, role or scope', async () => {
    const absent = '00000000-1111-4222-8333-444455556666';
    expect(readError(await arm.send('PUT', at(arm.group, '0003'), grant({ principalId: absent })))).toEqual([
      400,
      'PrincipalNotFound',
    ]);
    expect(
      readError(await arm.send('PUT', at(arm.group, '0003'), grant({ roleDefinitionId: `/x/${absent}` }))),
    ).toEqual([404, 'RoleDefinitionDoesNotExist']);
    expect(readError(await arm.send('PUT', at(arm.group, '0003'), grant({ principalType: 'User' })))).toEqual(
      [400, 'UnmatchedPrincipalType'],
    );
    const vault = `${arm.group}/providers/Microsoft.KeyVault/vaults/absent`;
    expect(readError(await arm.send('PUT', at(vault, '0003'), grant()))).toEqual([404, 'ResourceNotFound']);
    expect(
      readError(
        await arm.send('PUT', `${arm.group}/providers/Microsoft.Authorization/roleAssignments/name`, grant()),
      ),
    ).toEqual([400, 'InvalidRoleAssignmentId']);
  });

  test('accepts a new principal at once if its type is given', async () => {
    arm.tenant.emulator.behaviour.propagationSeconds.servicePrincipal = 30;
    try {
      const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/fresh`;
      const fresh = (await arm.send('PUT', path, { location: 'westeurope' })).body.properties.principalId;
      expect(readError(await arm.send('PUT', at(arm.group, '0004'), grant({ principalId: fresh })))).toEqual([
        400,
        'PrincipalNotFound',
      ]);
      const typed = grant({ principalId: fresh, principalType: 'ServicePrincipal' });
      expect((await arm.send('PUT', at(arm.group, '0004'), typed)).status).toBe(201);
    } finally {
      arm.tenant.emulator.behaviour.propagationSeconds.servicePrincipal = 0;
    }
  });

  test('lists assignments at, above and below a scope, by principal', async () => {
    const vault = `${arm.group}/providers/Microsoft.KeyVault/vaults/federation-vault`;
    await arm.send('PUT', at(vault, '0005'), grant());
    const list = async (scope: string, filter: string) =>
      (
        await arm.send(
          'GET',
          `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(filter)}`,
        )
      ).body.value.map(({ properties }: { properties: { scope: string } }) => properties.scope);
    expect(await list(arm.group, `principalId eq '${principalId()}'`)).toEqual([arm.group, vault]);
    expect(await list(vault, `principalId eq '${principalId()}'`)).toEqual([arm.group, vault]);
    expect(await list(arm.group, 'atScope()')).not.toContain(vault);
    expect((await arm.send('DELETE', at(vault, '0005'))).status).toBe(200);
    expect((await arm.send('DELETE', at(vault, '0005'))).status).toBe(204);
  });

  test('rejects a caller with the role Contributor', async () => {
    const contributor = at(`/subscriptions/${arm.tenant.emulator.subscriptionId}`, '0006');
    const role = '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c';
    await arm.send('PUT', contributor, grant({ roleDefinitionId: role }));
    const own = await arm.tenant.token('https://management.azure.com', 'workload');
    expect((await arm.send('GET', arm.group, undefined, own)).status).toBe(200);
    const refused = await arm.send('PUT', at(arm.group, '0007'), grant(), own);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('roleAssignments/write'),
    ]);
    await arm.send('DELETE', contributor);
  });

  test('finds role definitions by name', async () => {
    const filter = encodeURIComponent("roleName eq 'Key Vault Secrets User'");
    const { body } = await arm.send(
      'GET',
      `${arm.group}/providers/Microsoft.Authorization/roleDefinitions?$filter=${filter}`,
    );
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual([secretsUser]);
    expect((await arm.send('GET', body.value[0].id)).body.properties.roleName).toBe('Key Vault Secrets User');
  });
});
