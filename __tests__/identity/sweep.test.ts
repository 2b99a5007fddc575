import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';
import { actionsOf, nothing, openTenant, type Tenant } from './tenant.ts';

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

describe.each(['application', 'managed-identity'])('sweep-older-than with %s', (identity) => {
  const base = { identity, 'resource-group': 'federation' };
  const left = { ...base, name: `left-${identity}`, 'on-exit': 'remove' };
  const sweeping = { ...base, name: `sweeper-${identity}`, 'sweep-older-than': '6h' };
  const hours = (count: number) => clock.sleep(count * 3600);

  test('deletes what cancelled jobs left once they are old enough, but nothing of other owners or to keep', async () => {
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
    expect(tenant.remains(left.name)).toEqual(nothing);
    expect(tenant.remains(`stays-${identity}`)).toMatchObject({ principals: 1, roles: 1 });
    expect(tenant.remains(`others-${identity}`)).toMatchObject({ principals: 1 });
    expect((await tenant.federate(sweeping)).writes).toEqual([]);
  });

  test('deletes credentials that jobs left on an identity to keep, so that it can have others', async () => {
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

  test('keeps an identity that a recent job still uses', async () => {
    const busy = { ...left, name: `busy-${identity}`, 'key-vault': tenant.emulator.keyVaultUrl };
    await tenant.federate(busy);
    await hours(7);
    await tenant.federate({ ...busy, 'issuer-url': 'https://younger.example/' });
    const { changes } = await tenant.federate(sweeping);
    expect(actionsOf(changes).filter((action) => action.startsWith('delete'))).toEqual([]);
    expect(tenant.remains(busy.name)).toMatchObject({ principals: 1, roles: 1 });
  });

  test('deletes roles that jobs left on an identity to keep, except those that are wanted now', async () => {
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
    expect(tenant.remains(stays.name)).toMatchObject({ roles: 1 });
  });

  test('warns and continues if the job may not list resources', async () => {
    const body =
      identity === 'application'
        ? { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } }
        : { error: { code: 'AuthorizationFailed', message: 'not authorized' } };
    const path = identity === 'application' ? 'filter=tags' : 'roleAssignments\\?';
    const service = identity === 'application' ? 'graph' : 'resourceManager';
    tenant.emulator.behaviour.faults.push({ service, method: 'GET', path, status: 403, body });
    const { lines } = await tenant.federate({ ...sweeping, 'service-accounts': 'demo/app\ndemo/blind' });
    expect(lines).toContainEqual(
      expect.stringContaining('warning Could not look for resources left by earlier jobs'),
    );
    expect(lines).toContainEqual(expect.stringContaining('(demo/blind)'));
  });

  test('warns and continues if a resource cannot be deleted', async () => {
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
    expect(lines).toContainEqual(expect.stringContaining('Created federated credential'));
  });
});

test('sweep-older-than rejects an age at which a job may still be running', async () => {
  await expect(tenant.federate({ 'sweep-older-than': '5h' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});
