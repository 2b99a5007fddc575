import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { manualClock } from '../support/deps.ts';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await openTenant({ clock: manualClock() });
});
afterAll(() => tenant.close());
afterEach(() => {
  tenant.emulator.behaviour.faults.splice(0);
});

describe('run with client-id', () => {
  test.each(['application', 'managed-identity'])(
    'federates an existing %s without changing it',
    async (identity) => {
      const kind = { identity, 'resource-group': 'federation' };
      const made = await tenant.federate({ ...kind, name: `existing-${identity}` });
      const byId = { ...kind, name: '', 'client-id': String(made.outputs['client-id']) };
      const more = await tenant.federate({ ...byId, 'service-accounts': 'demo/app\ndemo/more' });
      expect(more.writes).toHaveLength(1);
      expect(more.outputs).toMatchObject({
        'object-id': made.outputs['object-id'],
        'principal-id': made.outputs['principal-id'],
      });
      expect((await tenant.federate({ ...byId, 'service-accounts': 'demo/app\ndemo/more' })).writes).toEqual(
        [],
      );
    },
  );

  test('only adds the missing service principal to an application', async () => {
    const made = await tenant.graph<{ appId: string; id: string }>('POST', '/applications', {
      displayName: 'bare',
    });
    const { changes } = await tenant.federate({ name: '', 'client-id': made.appId });
    expect(changes.slice(0, 2)).toMatchObject([
      { kind: 'application', action: 'unchanged' },
      { kind: 'service-principal', action: 'create' },
    ]);
    expect(await tenant.graph('GET', `/applications/${made.id}`)).toMatchObject({
      displayName: 'bare',
      tags: [],
    });
  });

  test.each([
    { identity: 'application', code: 'application-not-found' },
    { identity: 'managed-identity', code: 'managed-identity-not-found' },
  ])('fails at once if the $identity does not exist', async ({ identity, code }) => {
    await expect(
      tenant.federate({ identity, name: '', 'client-id': '11111111-2222-4333-8444-555555555555' }),
    ).rejects.toMatchObject({ code });
  });
});

describe('role assignments', () => {
  const assigned = (changes: readonly { kind: string; name: string }[]) =>
    changes.filter(({ kind }) => kind === 'role-assignment').map(({ name }) => name);

  test('are created with the principal type, so that replicas do not have to know a new principal', async () => {
    const { propagationSeconds } = tenant.emulator.behaviour;
    propagationSeconds.servicePrincipal = 60;
    try {
      const { lines } = await tenant.federate({ name: 'told', 'key-vault': 'federation-vault' });
      expect(lines.filter((line) => line.includes('Waiting'))).toEqual([]);
    } finally {
      propagationSeconds.servicePrincipal = 0;
    }
  });

  test('accept any role at any scope by name or GUID, and a key vault by name, URL or ID', async () => {
    const { subscriptionId, keyVaultUrl } = tenant.emulator;
    const group = `/subscriptions/${subscriptionId}/resourceGroups/federation`;
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/federation-vault`;
    const { changes } = await tenant.federate({
      name: 'roles',
      'key-vault': `${keyVaultUrl}/`,
      'role-assignments': [
        'Reader @ subscription',
        'key vault administrator @ resource-group/federation',
        'ba92f5b4-2d11-453d-a403-e96b0029c9fe @ resource-group/federation',
        'Key Vault Administrator @ key-vault/federation-vault',
        `Contributor @ ${vault}`,
      ].join('\n'),
    });
    expect(assigned(changes)).toEqual([
      `Key Vault Secrets User @ ${vault}`,
      `Reader @ /subscriptions/${subscriptionId}`,
      `key vault administrator @ ${group}`,
      `ba92f5b4-2d11-453d-a403-e96b0029c9fe @ ${group}`,
      `Key Vault Administrator @ ${vault}`,
      `Contributor @ ${vault}`,
    ]);
    const byName = await tenant.federate({ name: 'roles', 'key-vault': 'federation-vault' });
    const byId = await tenant.federate({ name: 'roles', 'key-vault': vault });
    expect([...byName.writes, ...byId.writes]).toEqual([]);
  });

  test.each([
    { inputs: { 'key-vault': 'absent' }, code: 'key-vault-not-found', message: /federation-vault/ },
    { inputs: { 'role-assignments': 'Wizard @ subscription' }, code: 'role-not-found', message: /"Wizard"/ },
    { inputs: { 'role-assignments': 'Reader' }, code: 'invalid-input', message: /role @ scope/ },
    {
      inputs: { 'role-assignments': 'Reader @ vault/x' },
      code: 'invalid-input',
      message: /resource-group\/<name>/,
    },
  ])('fail with $code before anything is written', async ({ inputs, code, message }) => {
    const from = tenant.emulator.requests.length;
    await expect(tenant.federate({ name: 'wrong-role', ...inputs })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(
      tenant.emulator.requests
        .slice(from)
        .every(({ method, service }) => method === 'GET' || service === 'authority'),
    ).toBe(true);
  });

  test.each([
    ['false', { enableRbacAuthorization: false }],
    ['null', { enableRbacAuthorization: null }],
    ['absent', {}],
  ])(
    'are rejected for a key vault whose enableRbacAuthorization is %s, which ignores roles',
    async (_, rbac) => {
      const id = `/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation/providers/Microsoft.KeyVault/vaults/old`;
      const vault = {
        id,
        name: 'old',
        properties: { vaultUri: 'https://old.vault.azure.net/', ...rbac },
      };
      tenant.emulator.behaviour.faults.push({
        ...{
          service: 'resourceManager',
          method: 'GET',
          path: 'Microsoft.KeyVault/vaults\\?',
          status: 200,
          body: { value: [vault] },
        },
      });
      tenant.emulator.behaviour.faults.push({
        service: 'resourceManager',
        method: 'GET',
        path: `${id}\\?`,
        status: 200,
        body: vault,
        times: 2,
      });
      for (const vaultInput of [
        { 'key-vault': 'old' },
        { 'key-vault': id },
        { 'role-assignments': `Reader @ ${id}/secrets/one` },
      ]) {
        const from = tenant.emulator.requests.length;
        await expect(tenant.federate({ name: 'old-vault', ...vaultInput })).rejects.toMatchObject({
          code: 'key-vault-without-roles',
          hint: expect.stringContaining('--enable-rbac-authorization true'),
        });
        const writes = tenant.emulator.requests
          .slice(from)
          .filter(({ method, service }) => method !== 'GET' && service !== 'authority');
        expect(writes).toEqual([]);
      }
    },
  );

  test('are given at a key vault that the job may not read', async () => {
    const id = `/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation/providers/Microsoft.KeyVault/vaults/federation-vault`;
    tenant.emulator.behaviour.faults.push({
      ...{ service: 'resourceManager', method: 'GET', path: `${id}\\?`, status: 403 },
      body: { error: { code: 'AuthorizationFailed', message: 'The client may not read the vault.' } },
    });
    const { changes } = await tenant.federate({ name: 'unreadable-vault', 'key-vault': id });
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'role-assignment', action: 'create' }));
  });

  test('require a subscription, which an identity alone does not', async () => {
    const { AZURE_SUBSCRIPTION_ID, ...env } = tenant.env;
    await expect(
      tenant.federate({ name: 'no-subscription', 'key-vault': 'federation-vault' }, { env }),
    ).rejects.toMatchObject({
      code: 'subscription-missing',
      hint: expect.stringContaining('azure-subscription-id'),
    });
    await expect(tenant.federate({ name: 'no-subscription' }, { env })).resolves.toBeTruthy();
    expect(AZURE_SUBSCRIPTION_ID).toBe(tenant.emulator.subscriptionId);
  });
});

test('run restores what an application lost, and keeps what others added', async () => {
  const [addedByHand, wanted] = ['by-hand', 'drifting'].map(
    (name) => `api://${tenant.emulator.tenantId}/${name}`,
  );
  const inputs = { name: 'drifting', 'identifier-uris': wanted ?? '' };
  const { outputs } = await tenant.federate(inputs);
  const path = `/applications/${outputs['object-id']}`;
  await tenant.graph('PATCH', path, {
    displayName: 'renamed by hand',
    identifierUris: [addedByHand],
    signInAudience: 'AzureADMultipleOrgs',
    requiredResourceAccess: [],
    tags: ['theirs', 'entra-kubernetes-federation', 'owner:octo/cluster'],
  });
  const repaired = await tenant.federate(inputs);
  expect(repaired.changes[0]?.differences?.map(({ property }) => property)).toEqual([
    'displayName',
    'identifierUris',
    'signInAudience',
    'requiredResourceAccess',
  ]);
  expect(await tenant.graph('GET', path)).toMatchObject({
    displayName: 'drifting',
    identifierUris: [addedByHand, wanted],
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: [
      { resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }] },
    ],
    tags: ['theirs', 'entra-kubernetes-federation', 'owner:octo/cluster'],
  });
  expect((await tenant.federate(inputs)).writes).toEqual([]);
});

test('run uses the audience of the cloud unless `audience` is set', async () => {
  const environment = {
    ...tenant.emulator.environment,
    tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
  };
  const file = `${tenant.folder}/government.json`;
  writeFileSync(file, JSON.stringify(environment));
  const audienceOf = ({ outputs }: { outputs: Readonly<Record<string, unknown>> }) =>
    (outputs['federated-credentials'] as { audience: string }[])[0]?.audience;
  const inputs = { name: 'government', 'azure-environment': file };
  expect(audienceOf(await tenant.federate(inputs))).toBe('api://AzureADTokenExchangeUSGov');
  expect(audienceOf(await tenant.federate({ ...inputs, audience: 'api://my-audience' }))).toBe(
    'api://my-audience',
  );
});
