import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/identity/credentials/credential.ts';
import { accounts, actionsOf, issuer, openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let vault: string;

beforeAll(async () => {
  tenant = await openTenant();
  vault = tenant.emulator.keyVaultUrl;
});
afterAll(() => tenant.close());

const credentialsOf = async (objectId: unknown) =>
  (
    await tenant.graph<{ value: Credential[] }>(
      'GET',
      `/applications/${objectId}/federatedIdentityCredentials`,
    )
  ).value;

describe.each([
  { identity: 'application', first: ['create application', 'create service-principal'] },
  { identity: 'managed-identity', first: ['create managed-identity'] },
])('$identity', ({ identity, first }) => {
  const inputs = {
    identity,
    name: `three-runs-${identity}`,
    'resource-group': 'federation',
    'service-accounts': 'demo/app\ndemo/other',
  };

  test('creates in the first run and writes nothing in the second', async () => {
    const withVault = { ...inputs, 'key-vault': vault };
    const created = await tenant.federate(withVault);
    expect(actionsOf(created.changes)).toEqual([
      ...first,
      'create federated-credential',
      'create federated-credential',
      'create role-assignment',
    ]);
    expect(created.outputs).toMatchObject({
      'tenant-id': tenant.emulator.tenantId,
      'client-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'principal-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });

    const again = await tenant.federate(withVault);
    expect(again.writes).toEqual([]);
    expect(new Set(again.changes.map(({ action }) => action))).toEqual(new Set(['unchanged']));
    expect(again.lines).toContain('info Nothing had to be changed');
    expect({ ...again.outputs, changes: undefined }).toEqual({ ...created.outputs, changes: undefined });
  });

  test('repairs what has drifted', async () => {
    const withVault = { ...inputs, name: `drift-${identity}` };
    const created = await tenant.federate(withVault);
    const owner = tenant.emulator.azure.directory.findOwner(String(created.outputs['client-id']));
    const [one, ...others] = owner?.credentials.current ?? [];
    if (!owner || !one) throw new Error('nothing was created');
    for (const drift of [
      { issuer: 'https://elsewhere.example/' },
      { subject: 'system:serviceaccount:demo:intruder' },
      { audiences: ['api://other'] },
      ...(identity === 'application' ? [{ description: 'something else' }] : []),
    ]) {
      owner.credentials.set([{ ...one, ...drift }, ...others], 0);
      const repaired = await tenant.federate(withVault);
      expect(repaired.writes).toHaveLength(1);
      expect(repaired.changes.find(({ action }) => action === 'update')).toMatchObject({
        kind: 'federated-credential',
        name: one.name,
        differences: [{ property: Object.keys(drift)[0] }],
      });
      expect(repaired.summary).toContain('| update |');
      expect(owner.credentials.current).toContainEqual(one);
    }
    expect((await tenant.federate(withVault)).writes).toEqual([]);
  });

  test.each([1, 20])(
    'writes at most eight times more than once per account for %i service accounts',
    async (count) => {
      const many = {
        ...inputs,
        name: `many-${count}-${identity}`,
        'service-accounts': accounts(count),
        'key-vault': vault,
      };
      const created = await tenant.federate(many);
      expect(created.writes.length).toBeLessThanOrEqual(count + 8);
      expect(created.outputs['federated-credentials']).toHaveLength(count);
      expect((await tenant.federate(many)).writes).toEqual([]);
    },
  );

  test('rejects 21 service accounts before the first write, and names those without room', async () => {
    const from = tenant.emulator.requests.length;
    await expect(
      tenant.federate({ ...inputs, name: `too-many-${identity}`, 'service-accounts': accounts(21) }),
    ).rejects.toMatchObject({
      code: 'too-many-federated-credentials',
      message: expect.stringMatching(/These fit: demo\/app-1, .*demo\/app-20\. These do not: demo\/app-21$/),
      hint: expect.stringMatching(/several identities[\s\S]*one service account/),
    });
    const methods = tenant.emulator.requests.slice(from).filter(({ service }) => service !== 'authority');
    expect(new Set(methods.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('shows all changes and writes nothing with `plan: true`', async () => {
    const planned = await tenant.federate({
      ...inputs,
      name: `planned-${identity}`,
      plan: 'true',
      'key-vault': vault,
    });
    expect(planned.writes).toEqual([]);
    expect(new Set(planned.changes.map(({ action }) => action))).toEqual(new Set(['create']));
    expect(planned.outputs['client-id']).toBeUndefined();
    expect(planned.lines).toContain(`info Would create ${identity.replace('-', ' ')} "planned-${identity}"`);
    expect(planned.summary).toContain('known after creation');
  });

  test('rejects values that Azure would accept and Entra ID would never match, before any request', async () => {
    const from = tenant.emulator.requests.length;
    for (const wrong of [
      { 'issuer-url': 'http://issuer.example/' },
      { 'issuer-url': 'https://Issuer.example/' },
      { 'issuer-url': 'https://issuer.example//' },
      { 'issuer-url': 'https://issuer.example/?a=b' },
      { 'issuer-url': 'https://sts.windows.net/x/' },
      { 'issuer-url': 'https://issuer.example/a b' },
      { audience: 'api://azureadtokenexchange' },
      { audience: 'one two' },
      { owner: 'two words' },
      { 'service-accounts': 'demo/App' },
      { 'service-accounts': 'demo/app\ndemo/app' },
      { 'service-accounts': '' },
      { 'client-id': '11111111-2222-3333-4444-555555555555' },
    ])
      await expect(tenant.federate({ ...inputs, ...wrong })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(tenant.emulator.requests).toHaveLength(from);
  });
});

describe('federated credentials of other owners', () => {
  test('are used under their own name if issuer and subject match, and their audience is repaired', async () => {
    const name = 'adopting';
    const { outputs } = await tenant.federate({ name, 'service-accounts': 'demo/first' });
    const path = `/applications/${outputs['object-id']}/federatedIdentityCredentials`;
    const subject = 'system:serviceaccount:demo:second';
    const audiences = ['api://AzureADTokenExchange'];
    await tenant.graph('POST', path, { name: 'by-hand', issuer, subject, audiences, description: 'mine' });
    const adopted = await tenant.federate({ name, 'service-accounts': 'demo/first\ndemo/second' });
    expect(adopted.writes).toEqual([]);
    expect(adopted.changes.at(-1)).toMatchObject({ action: 'adopt', name: 'by-hand' });
    await tenant.graph('PATCH', `${path}(name='by-hand')`, { issuer, subject, audiences: ['api://other'] });
    const repaired = await tenant.federate({ name, 'service-accounts': 'demo/first\ndemo/second' });
    expect(repaired.writes).toHaveLength(1);
    expect(await credentialsOf(outputs['object-id'])).toContainEqual(
      expect.objectContaining({ name: 'by-hand', audiences, subject }),
    );
  });

  test('cause a warning if they only differ in case, because no token matches them', async () => {
    const name = 'near-miss';
    const { outputs } = await tenant.federate({ name });
    await tenant.graph('POST', `/applications/${outputs['object-id']}/federatedIdentityCredentials`, {
      name: 'near-miss',
      issuer: 'https://issuer.example/',
      subject: 'system:serviceaccount:Demo:app',
      audiences: ['api://AzureADTokenExchange'],
    });
    const { lines } = await tenant.federate({ name });
    expect(lines.filter((line) => line.startsWith('warning'))).toEqual([
      expect.stringContaining('"near-miss" differs from a wanted one only in uppercase'),
    ]);
  });
});

describe('unused credentials', () => {
  const wide = { name: 'pruning', 'service-accounts': 'demo/a\ndemo/b' };

  test('are kept by default, and deleted for the same or any issuer if the same owner created them', async () => {
    const { outputs } = await tenant.federate(wide);
    await tenant.federate({ ...wide, 'issuer-url': 'https://older.example/' });
    const path = `/applications/${outputs['object-id']}/federatedIdentityCredentials`;
    await tenant.graph('POST', path, {
      name: 'by-hand',
      issuer,
      subject: 'system:serviceaccount:demo:c',
      audiences: ['api://AzureADTokenExchange'],
    });
    const narrow = { ...wide, 'service-accounts': 'demo/a' };
    expect((await tenant.federate(narrow)).writes).toEqual([]);
    const same = await tenant.federate({ ...narrow, 'prune-credentials': 'same-issuer' });
    expect(actionsOf(same.changes).filter((action) => action.startsWith('delete'))).toHaveLength(1);
    const any = await tenant.federate({ ...narrow, 'prune-credentials': 'any-issuer' });
    expect(actionsOf(any.changes).filter((action) => action.startsWith('delete'))).toHaveLength(2);
    const left = await credentialsOf(outputs['object-id']);
    expect(left.map(({ subject }) => subject).toSorted()).toEqual([
      'system:serviceaccount:demo:a',
      'system:serviceaccount:demo:c',
    ]);
    const other = await tenant.federate({
      ...narrow,
      owner: 'somebody/else',
      'prune-credentials': 'any-issuer',
    });
    expect(other.writes).toEqual([]);
  });

  test('are deleted if the identity would exceed its limit otherwise', async () => {
    const old = { name: 'full', 'issuer-url': 'https://older.example/', 'service-accounts': accounts(20) };
    await tenant.federate(old);
    const wanted = { name: 'full', 'service-accounts': accounts(3) };
    await expect(tenant.federate(wanted)).rejects.toMatchObject({
      code: 'too-many-federated-credentials',
      hint: expect.stringContaining('`prune-credentials: any-issuer` would delete 20'),
    });
    const pruned = await tenant.federate({ ...wanted, 'prune-credentials': 'any-issuer' });
    expect(
      actionsOf(pruned.changes).filter((action) => action === 'delete federated-credential'),
    ).toHaveLength(20);
    expect(pruned.outputs['federated-credentials']).toHaveLength(3);
  });
});
