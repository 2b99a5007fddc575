import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(() => tenant.close());

describe('run with a deleted application that holds the name', () => {
  const deleted = async (name: string, inputs: Readonly<Record<string, string>> = {}) => {
    const { outputs } = await tenant.federate({ name, ...inputs });
    await tenant.graph('DELETE', `/applications/${outputs['object-id']}`);
    return outputs;
  };

  test('fails with the inputs to set by default', async () => {
    await deleted('deleted-fail');
    await expect(tenant.federate({ name: 'deleted-fail' })).rejects.toMatchObject({
      code: 'application-deleted',
      hint: expect.stringContaining('deleted-application: restore'),
    });
  });

  test('restores it with its IDs and credentials with `restore`', async () => {
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

  test('purges it and creates a new application with `purge`', async () => {
    const before = await deleted('deleted-purge');
    const inputs = { name: 'deleted-purge', 'deleted-application': 'purge' };
    const planned = await tenant.federate({ ...inputs, plan: 'true' });
    expect(planned.lines).toContainEqual(
      expect.stringContaining('purges the deleted application of this name first'),
    );
    expect(planned.writes).toEqual([]);
    const made = await tenant.federate(inputs);
    expect(made.outputs['client-id']).not.toBe(before['client-id']);
    expect(tenant.remains('deleted-purge')).toMatchObject({ applications: 1 });
  });

  test('purges it by default if a cancelled job of the same owner left it', async () => {
    const before = await deleted('deleted-own', { 'on-exit': 'remove' });
    const made = await tenant.federate({ name: 'deleted-own', 'on-exit': 'remove' });
    expect(made.outputs['client-id']).not.toBe(before['client-id']);
  });
});
