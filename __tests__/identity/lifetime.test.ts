import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';
import { actionsOf, nothing, openTenant, type Tenant, writesOf } from './tenant.ts';

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

describe.each(['application', 'managed-identity'])('on-exit: remove with %s', (identity) => {
  const inputs = (name: string) => ({
    ...{ name: `${name}-${identity}`, identity, 'resource-group': 'federation', 'on-exit': 'remove' },
    'key-vault': tenant.emulator.keyVaultUrl,
  });

  test('permanently deletes everything that the run created', async () => {
    const mine = inputs('mine');
    await tenant.federate(mine);
    expect(tenant.remains(mine.name)).toMatchObject({ principals: 1, roles: 1 });
    expect((await tenant.federate(mine)).writes).toEqual([]);
    const from = tenant.emulator.requests.length;
    await tenant.leave(mine);
    expect(tenant.remains(mine.name)).toEqual(nothing);
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

  test('keeps objects without its mark and those of runs with `on-exit: keep`', async () => {
    const kept = { ...inputs('kept'), 'on-exit': 'keep' };
    await tenant.federate(kept);
    const job = { ...kept, 'on-exit': 'remove', 'service-accounts': 'demo/app\ndemo/job' };
    const run = await tenant.federate(job);
    expect(actionsOf(run.changes)).toContain('create federated-credential');
    await tenant.leave(job);
    expect(tenant.remains(kept.name)).toMatchObject({ principals: 1, roles: 1 });
    const after = await tenant.federate(kept);
    expect(after.writes).toEqual([]);
    expect(after.outputs['federated-credentials']).toHaveLength(1);
    const owner = tenant.emulator.azure.directory.findOwner(String(after.outputs['client-id']));
    expect(owner?.credentials.current.map(({ subject }) => subject)).toEqual([
      'system:serviceaccount:demo:app',
    ]);
  });

  test('leaves a shared identity to the job that ends last, which deletes it', async () => {
    const one = { ...inputs('shared'), 'issuer-url': 'https://one.example/' };
    const two = { ...inputs('shared'), 'issuer-url': 'https://two.example/' };
    await tenant.federate(one);
    await tenant.federate(two);
    await tenant.leave(one);
    expect(tenant.remains(one.name)).toMatchObject({ principals: 1, roles: 1 });
    await tenant.leave(two);
    expect(tenant.remains(one.name)).toEqual(nothing);
  });

  test('works after an interrupted run, also for objects that the run did not create', async () => {
    const cut = inputs('cut');
    tenant.emulator.behaviour.faults.push({
      ...{ service: 'resourceManager', method: 'PUT', path: 'roleAssignments' },
      ...{ status: 403, body: { error: { code: 'AuthorizationFailed', message: 'no' } } },
    });
    await expect(tenant.federate(cut)).rejects.toMatchObject({ code: 'azure-role-missing' });
    tenant.emulator.behaviour.faults.splice(0);
    await tenant.leave(cut);
    expect(tenant.remains(cut.name)).toEqual(nothing);
    await tenant.leave(inputs('never-made'));
  });

  test('spares what a later run with `on-exit: keep` has taken over from a job', async () => {
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
    expect(tenant.remains(job.name)).toMatchObject({ principals: 1, roles: 1 });
  });
});

test('cleanUp does nothing with `on-exit: keep` or `plan: true`', async () => {
  const from = tenant.emulator.requests.length;
  await tenant.leave({ name: 'whatever' });
  await tenant.leave({ name: 'whatever', 'on-exit': 'remove', plan: 'true' });
  expect(tenant.emulator.requests).toHaveLength(from);
});
