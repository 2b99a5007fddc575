import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';
import { actionsOf, openTenant, type Tenant, writesOf } from './tenant.ts';

let tenant: Tenant;
let clock: Clock;

beforeAll(async () => {
  clock = manualClock();
  tenant = await openTenant({ clock });
});
afterAll(() => tenant.close());
afterEach(() => {
  tenant.emulator.behaviour.faults.splice(0);
});

/** Everything that a run leaves in the tenant beside the job's own application, and what was deleted and not purged. */
function remains(name: string) {
  const { directory, resources } = tenant.emulator.azure;
  const principals = directory.servicePrincipals.filter(({ properties }) => properties.displayName === name);
  const ids = principals.map(({ id }) => id);
  return {
    applications: directory.applications.filter(({ properties }) => properties.uniqueName === name).length,
    identities: resources.identities.filter((identity) => identity.name === name).length,
    principals: principals.length,
    roles: tenant.assignments().filter(({ principalId }) => ids.includes(principalId)).length,
  };
}
const nothing = { applications: 0, identities: 0, principals: 0, roles: 0 };

describe.each(['application', 'managed-identity'])('on-exit: remove with %s', (identity) => {
  const inputs = (name: string) => ({
    ...{ name: `${name}-${identity}`, identity, 'resource-group': 'federation', 'on-exit': 'remove' },
    'key-vault': tenant.emulator.keyVaultUrl,
  });

  test('takes away everything that the run made, for good', async () => {
    const mine = inputs('mine');
    await tenant.federate(mine);
    expect(remains(mine.name)).toMatchObject({ principals: 1, roles: 1 });
    expect((await tenant.federate(mine)).writes).toEqual([]);
    const from = tenant.emulator.requests.length;
    await tenant.leave(mine);
    expect(remains(mine.name)).toEqual(nothing);
    expect(tenant.assignments().filter(({ description }) => description?.includes('job-since'))).toEqual([]);
    if (identity === 'application') {
      const deletes = writesOf(tenant.emulator, from).map((write) =>
        write.replace(/^DELETE \w+ \d+ (?:\/v1.0)?/, ''),
      );
      expect(deletes.map((path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}.*/, '…'))).toEqual([
        '/applications/…', // its credential
        '/subscriptions/…', // its role
        '/servicePrincipals/…',
        '/directory/deletedItems/…',
        '/applications/…',
        '/directory/deletedItems/…',
      ]);
    }
    await tenant.leave(mine); // a second time there is nothing to do
  });

  test('leaves alone what carries no mark: an identity and a credential made by hand, and what other runs keep', async () => {
    const kept = { ...inputs('kept'), 'on-exit': 'keep' };
    await tenant.federate(kept);
    const job = { ...kept, 'on-exit': 'remove', 'service-accounts': 'demo/app\ndemo/job' };
    const run = await tenant.federate(job);
    expect(actionsOf(run.changes)).toContain('create federated-credential');
    await tenant.leave(job);
    expect(remains(kept.name)).toMatchObject({ principals: 1, roles: 1 });
    const after = await tenant.federate(kept);
    expect(after.writes).toEqual([]);
    expect(after.outputs['federated-credentials']).toHaveLength(1);
    const owner = tenant.emulator.azure.directory.ownerOf(String(after.outputs['client-id']));
    expect(owner?.credentials.current.map(({ subject }) => subject)).toEqual([
      'system:serviceaccount:demo:app',
    ]);
  });

  test('of two jobs that share an identity the first leaves it to the second, which takes it away', async () => {
    const one = { ...inputs('shared'), 'issuer-url': 'https://one.example/' };
    const two = { ...inputs('shared'), 'issuer-url': 'https://two.example/' };
    await tenant.federate(one);
    await tenant.federate(two);
    await tenant.leave(one);
    expect(remains(one.name)).toMatchObject({ principals: 1, roles: 1 });
    await tenant.leave(two);
    expect(remains(one.name)).toEqual(nothing);
  });

  test('works behind a run that was cut off in the middle, and without what the run never reached', async () => {
    const cut = inputs('cut');
    tenant.emulator.behaviour.faults.push({
      ...{ service: 'resourceManager', method: 'PUT', path: 'roleAssignments' },
      ...{ status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } },
    });
    await expect(tenant.federate(cut)).rejects.toMatchObject({ code: 'azure-role-missing' });
    tenant.emulator.behaviour.faults.splice(0);
    await tenant.leave(cut);
    expect(remains(cut.name)).toEqual(nothing);
    await tenant.leave(inputs('never-made'));
  });

  test('a run that keeps its work makes what a job left its own, so that nothing of it is swept', async () => {
    const job = inputs('promoted');
    await tenant.federate(job);
    const kept = { ...job, 'on-exit': 'keep' };
    const { changes } = await tenant.federate(kept);
    expect(actionsOf(changes)).toEqual(
      expect.arrayContaining([
        `update ${identity}`,
        'delete federated-credential',
        'create federated-credential',
        'update role-assignment',
      ]),
    );
    expect((await tenant.federate(kept)).writes).toEqual([]);
    await tenant.leave(job);
    expect(remains(job.name)).toMatchObject({ principals: 1, roles: 1 });
  });
});

test('keep and plan leave the post step nothing to do', async () => {
  const from = tenant.emulator.requests.length;
  await tenant.leave({ name: 'whatever' });
  await tenant.leave({ name: 'whatever', 'on-exit': 'remove', plan: 'true' });
  expect(tenant.emulator.requests).toHaveLength(from);
});

describe.each(['application', 'managed-identity'])('sweep-older-than with %s', (identity) => {
  const base = { identity, 'resource-group': 'federation' };
  const left = { ...base, name: `left-${identity}`, 'on-exit': 'remove' };
  const sweeping = { ...base, name: `sweeper-${identity}`, 'sweep-older-than': '6h' };
  const hours = (count: number) => clock.sleep(count * 3600);

  test('removes what cancelled jobs left when they are old enough; not before, not of others, not what is kept', async () => {
    const vault = { 'key-vault': tenant.emulator.keyVaultUrl };
    await tenant.federate({ ...left, ...vault });
    await tenant.federate({ ...base, name: `stays-${identity}`, ...vault });
    await tenant.federate({ ...left, name: `others-${identity}`, owner: 'somebody/else' });
    await tenant.federate(sweeping);
    await hours(5);
    expect((await tenant.federate(sweeping)).writes).toEqual([]);
    await hours(2);
    const planned = await tenant.federate({ ...sweeping, plan: 'true' });
    expect(planned.writes).toEqual([]);
    expect(planned.changes.filter(({ action }) => action === 'delete')).toHaveLength(2);
    const { changes } = await tenant.federate(sweeping);
    expect(actionsOf(changes).filter((action) => action.startsWith('delete'))).toEqual([
      'delete role-assignment',
      `delete ${identity}`,
    ]);
    expect(remains(left.name)).toEqual(nothing);
    expect(remains(`stays-${identity}`)).toMatchObject({ principals: 1, roles: 1 });
    expect(remains(`others-${identity}`)).toMatchObject({ principals: 1 });
    expect((await tenant.federate(sweeping)).writes).toEqual([]);
  });

  test('removes credentials that jobs left on an identity that stays, and makes room by it', async () => {
    const stays = { ...base, name: `room-${identity}` };
    await tenant.federate(stays);
    for (let run = 1; run <= 19; run++)
      await tenant.federate({ ...stays, 'on-exit': 'remove', 'issuer-url': `https://run-${run}.example/` });
    const next = { ...stays, 'on-exit': 'remove', 'issuer-url': 'https://run-20.example/' };
    await expect(tenant.federate(next)).rejects.toMatchObject({ code: 'too-many-federated-credentials' });
    await hours(7);
    const { changes } = await tenant.federate({ ...next, 'sweep-older-than': '6h' });
    expect(actionsOf(changes).filter((action) => action === 'delete federated-credential')).toHaveLength(19);
    expect(actionsOf(changes)).toContain('create federated-credential');
  });

  test('leaves an identity alone on which a younger job is at work', async () => {
    const busy = { ...left, name: `busy-${identity}`, 'key-vault': tenant.emulator.keyVaultUrl };
    await tenant.federate(busy);
    await hours(7);
    await tenant.federate({ ...busy, 'issuer-url': 'https://younger.example/' });
    const { changes } = await tenant.federate(sweeping);
    expect(actionsOf(changes).filter((action) => action.startsWith('delete'))).toEqual([]);
    expect(remains(busy.name)).toMatchObject({ principals: 1, roles: 1 });
  });

  test('takes from an identity that stays the roles that jobs left, but not those that are wanted now', async () => {
    const stays = { ...base, name: `roles-${identity}` };
    await tenant.federate(stays);
    const job = { ...stays, 'on-exit': 'remove', 'issuer-url': 'https://job.example/' };
    const roles = { 'role-assignments': 'Reader @ subscription', 'key-vault': tenant.emulator.keyVaultUrl };
    await tenant.federate({ ...job, ...roles });
    await hours(7);
    const next = { ...job, 'sweep-older-than': '6h', 'key-vault': tenant.emulator.keyVaultUrl };
    const { changes } = await tenant.federate(next);
    const roleChanges = changes.filter(({ kind }) => kind === 'role-assignment');
    expect(roleChanges).toContainEqual(
      expect.objectContaining({
        action: 'delete',
        name: expect.stringMatching(new RegExp(`@ /subscriptions/${tenant.emulator.subscriptionId}$`)),
      }),
    );
    expect(roleChanges.at(-1)).toMatchObject({ action: 'unchanged' });
    expect(remains(stays.name)).toMatchObject({ roles: 1 });
  });

  test('that may not look around warns, and the run goes on', async () => {
    const body =
      identity === 'application'
        ? { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } }
        : { error: { code: 'AuthorizationFailed', message: 'not authorized' } };
    const path = identity === 'application' ? 'filter=tags' : 'roleAssignments\\?';
    const service = identity === 'application' ? 'graph' : 'resourceManager';
    tenant.emulator.behaviour.faults.push({ service, method: 'GET', path, status: 403, body });
    const { lines } = await tenant.federate({ ...sweeping, 'service-accounts': 'demo/app\ndemo/blind' });
    expect(lines).toContainEqual(
      expect.stringContaining('warning what earlier jobs left was not looked for'),
    );
    expect(lines).toContainEqual(expect.stringContaining('(demo/blind)'));
  });

  test('what cannot be removed is a warning, and the run goes on', async () => {
    await tenant.federate({ ...left, name: `stuck-${identity}` });
    await hours(7);
    const body =
      identity === 'application'
        ? { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } }
        : { error: { code: 'AuthorizationFailed', message: 'not authorized' } };
    tenant.emulator.behaviour.faults.push({
      ...{ service: identity === 'application' ? 'graph' : 'resourceManager', method: 'DELETE' },
      ...{ status: 403, body },
    } as const);
    const { lines } = await tenant.federate({ ...sweeping, 'service-accounts': 'demo/app\ndemo/more' });
    expect(lines.filter((line) => line.startsWith('warning'))).not.toEqual([]);
    expect(lines).toContainEqual(expect.stringContaining('created: federated credential'));
  });
});

test('an age at which a job may still be at work is refused', async () => {
  await expect(tenant.federate({ 'sweep-older-than': '5h' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

describe('a deleted application that holds the name', () => {
  const deleted = async (name: string, inputs: Readonly<Record<string, string>> = {}) => {
    const { outputs } = await tenant.federate({ name, ...inputs });
    await tenant.graph('DELETE', `/applications/${outputs['object-id']}`);
    return outputs;
  };

  test('is an error that says what to do', async () => {
    await deleted('deleted-fail');
    await expect(tenant.federate({ name: 'deleted-fail' })).rejects.toMatchObject({
      code: 'application-deleted',
      hint: expect.stringContaining('deleted-application: restore'),
    });
  });

  test('is restored with its ids and credentials when told', async () => {
    const before = await deleted('deleted-restore', { 'service-accounts': 'demo/app\ndemo/other' });
    const inputs = {
      name: 'deleted-restore',
      'deleted-application': 'restore',
      'service-accounts': 'demo/app',
    };
    const restored = await tenant.federate(inputs);
    expect(restored.outputs['client-id']).toBe(before['client-id']);
    expect(restored.changes.find(({ kind }) => kind === 'federated-credential')).toMatchObject({
      action: 'unchanged',
    });
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });

  test('is purged when told, and a new one takes the name', async () => {
    const before = await deleted('deleted-purge');
    const inputs = { name: 'deleted-purge', 'deleted-application': 'purge' };
    const planned = await tenant.federate({ ...inputs, plan: 'true' });
    expect(planned.lines).toContainEqual(expect.stringContaining('is purged first'));
    expect(planned.writes).toEqual([]);
    const made = await tenant.federate(inputs);
    expect(made.outputs['client-id']).not.toBe(before['client-id']);
    expect(remains('deleted-purge')).toMatchObject({ applications: 1 });
  });

  test('is purged without being told where a job of ours was cancelled before it could', async () => {
    const before = await deleted('deleted-own', { 'on-exit': 'remove' });
    const made = await tenant.federate({ name: 'deleted-own', 'on-exit': 'remove' });
    expect(made.outputs['client-id']).not.toBe(before['client-id']);
  });
});
