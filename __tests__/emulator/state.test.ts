import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { defaultState, stateFrom } from '../../emulator/state.ts';
import { call, startTenant } from './tenant.ts';

describe('the state file', () => {
  test('may hold all that the default state has', () => {
    expect(stateFrom(JSON.parse(JSON.stringify(defaultState)))).toEqual(defaultState);
  });

  test('replaces the parts that it has, and the names that follow from them', () => {
    const state = stateFrom({
      vaults: [{ name: 'mine', resourceGroup: 'group', secrets: {} }],
      tenant: { domain: 'my.example' },
    });
    expect(state.vaults.map(({ name }) => name)).toEqual(['mine']);
    expect(state.hints).toEqual({ ...defaultState.hints, vault: 'mine' });
    expect(state.tenant).toEqual({ ...defaultState.tenant, domain: 'my.example' });
    expect(state.applications).toBe(defaultState.applications);
  });

  test.each([
    [[], 'the state file must be an object'],
    [{ vualts: [] }, 'the state file.vualts is not known; there are tenant, subscription'],
    [{ vaults: {} }, 'the state file.vaults must be a list'],
    [{ tenant: 'x' }, 'the state file.tenant must be an object'],
    [{ deniesPublicBlobAccess: 'yes' }, 'deniesPublicBlobAccess must be true or false'],
    [{ vaults: [{ name: 'x', resourceGroup: 'y' }] }, 'vaults[0] needs "secrets"'],
    [{ vaults: [{ name: 'x', resourceGroup: 'y', secrets: { a: 1 } }] }, 'vaults[0].secrets.a must be text'],
    [
      {
        storageAccounts: [
          { name: 'x', resourceGroup: 'y', containers: [{ name: 'z', publicAccess: 'blob' }] },
        ],
      },
      'publicAccess must be one of None, Blob, Container',
    ],
    [{ behaviour: { propagationSecond: {} } }, 'behaviour.propagationSecond is not known'],
    [
      { behaviour: { faults: [{ service: 'storage' }] } },
      'faults[0].service must be one of authority, graph',
    ],
    [{ behaviour: { listLagSeconds: -1 } }, 'listLagSeconds must be a number that is not negative'],
  ])('is refused where it is wrong: %j', (file, why) => {
    expect(() => stateFrom(file)).toThrow(why);
  });

  test.each([
    [{ role: 'Sorcerer', clientId: defaultState.job.clientId, scope: '' }, 'unknown role "Sorcerer"'],
    [{ role: 'Owner', clientId: 'nobody', scope: '' }, 'nobody, which has no service principal'],
  ])('is refused where a role assignment is: %j', async (assignment, why) => {
    await expect(startTenant({ seed: { roleAssignments: [assignment] } })).rejects.toThrow(why);
  });

  test('in the documentation is one that the emulator takes', async () => {
    const readme = await readFile('emulator/README.md', 'utf8');
    const example = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const tenant = await startTenant({ storage: true, seed: stateFrom(JSON.parse(example)) });
    try {
      const { tenantId } = tenant.emulator;
      expect(tenantId).toBe(JSON.parse(example).tenant.id);
    } finally {
      await tenant.close();
    }
  });
});

describe('where the emulator listens', () => {
  test('its URLs carry the first host name, and its certificate is good for all of them', async () => {
    const tenant = await startTenant({ hostnames: ['localhost', 'azure.example'] });
    try {
      const { authority } = tenant.emulator.environment;
      expect(authority).toMatch(/^https:\/\/localhost:\d+$/);
      expect(
        (await call(`${authority}/${tenant.emulator.tenantId}/v2.0/.well-known/openid-configuration`)).status,
      ).toBe(200);
    } finally {
      await tenant.close();
    }
  });

  test('on all addresses its URLs carry one that others can reach', async () => {
    const tenant = await startTenant({ host: '0.0.0.0' });
    try {
      expect(tenant.emulator.environment.authority).not.toContain('0.0.0.0');
      expect((await tenant.exchange()).status).toBe(200);
    } finally {
      await tenant.close();
    }
  });

  test('nothing of it listens any longer when it is closed', async () => {
    const tenant = await startTenant({ storage: true });
    const { environment, keyVaultUrl, azure } = tenant.emulator;
    await tenant.close();
    for (const url of [
      environment.authority,
      environment.graph,
      environment.resourceManager,
      keyVaultUrl,
      azure.urls.blob,
    ])
      await expect(call(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});
