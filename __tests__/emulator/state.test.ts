import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { defaultState, parseState } from '../../emulator/state.ts';
import { call, startTenant } from './tenant.ts';

describe('parseState', () => {
  test('accepts the default state', () => {
    expect(parseState(JSON.parse(JSON.stringify(defaultState)))).toEqual(defaultState);
  });

  test('replaces the parts in the file, and the names that depend on them', () => {
    const state = parseState({
      vaults: [{ name: 'mine', resourceGroup: 'group', secrets: {} }],
      tenant: { domain: 'my.example' },
    });
    expect(state.vaults.map(({ name }) => name)).toEqual(['mine']);
    expect(state.hints).toEqual({ ...defaultState.hints, vault: 'mine' });
    expect(state.tenant).toEqual({ ...defaultState.tenant, domain: 'my.example' });
    expect(state.applications).toEqual(defaultState.applications);
  });

  test.each([
    ['x', 'the file: expected Object, found "x"'],
    [{ vualts: [] }, 'vualts: unknown property'],
    [{ vaults: {} }, 'vaults: expected Array, found Object'],
    [{ tenant: 'x' }, 'tenant: expected Object, found "x"'],
    [{ deniesPublicBlobAccess: 'yes' }, 'deniesPublicBlobAccess: expected boolean'],
    [{ vaults: [{ name: 'x', resourceGroup: 'y' }] }, 'vaults.0.secrets: missing'],
    [
      { vaults: [{ name: 'x', resourceGroup: 'y', secrets: { a: 1 } }] },
      'vaults.0.secrets.a: expected string',
    ],
    [
      {
        storageAccounts: [
          { name: 'x', resourceGroup: 'y', containers: [{ name: 'z', publicAccess: 'blob' }] },
        ],
      },
      'storageAccounts.0.containers.0.publicAccess: expected ("None" | "Blob" | "Container")',
    ],
    [{ behaviour: { propagationSecond: {} } }, 'behaviour.propagationSecond: unknown property'],
    [
      { behaviour: { faults: [{ service: 'storage' }] } },
      'behaviour.faults.0.service: expected ("authority" | "graph"',
    ],
    [{ behaviour: { listLagSeconds: -1 } }, 'behaviour.listLagSeconds: expected >=0, found -1'],
  ])('rejects %j', (file, why) => {
    expect(() => parseState(file)).toThrow(why);
  });

  test('reports everything that is wrong', () => {
    expect(() => parseState({ vualts: [], tenant: 'x' })).toThrow(/tenant(.|\n)*vualts|vualts(.|\n)*tenant/);
  });
});

describe('startEmulator', () => {
  test.each([
    [{ role: 'Sorcerer', clientId: defaultState.job.clientId, scope: '' }, 'unknown role "Sorcerer"'],
    [{ role: 'Owner', clientId: 'absent', scope: '' }, 'absent has no service principal'],
  ])('rejects the role assignment %j', async (assignment, why) => {
    await expect(startTenant({ seed: { roleAssignments: [assignment] } })).rejects.toThrow(why);
  });

  test('accepts the state file in emulator/README.md', async () => {
    const readme = await readFile('emulator/README.md', 'utf8');
    const example = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const tenant = await startTenant({ storage: true, seed: parseState(JSON.parse(example)) });
    try {
      const { tenantId } = tenant.emulator;
      expect(tenantId).toBe(JSON.parse(example).tenant.id);
    } finally {
      await tenant.close();
    }
  });
});

describe('listeners', () => {
  test('have URLs with the first hostname, and a certificate for all of them', async () => {
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

  test('on all addresses have URLs with an address that other machines can reach', async () => {
    const tenant = await startTenant({ host: '0.0.0.0' });
    try {
      expect(tenant.emulator.environment.authority).not.toContain('0.0.0.0');
      expect((await tenant.exchange()).status).toBe(200);
    } finally {
      await tenant.close();
    }
  });

  test('stop listening when the emulator is closed', async () => {
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
