import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { manualClock } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let shop: Workshop;

beforeAll(async () => {
  shop = workshop();
  tenant = await openTenant({ clock: manualClock() });
});
afterAll(async () => {
  await tenant.close();
  shop.remove();
});
afterEach(() => {
  tenant.emulator.behaviour.faults.splice(0);
});

// Each is a defect of `azwi serviceaccount create` or `delete`, v1.6.0. That it overwrites service accounts is in accounts.test.ts,
// that it cannot sign in with GitHub's token in edge.test.ts, and its names that break Entra's rule in names.test.ts.
describe('run, where azwi fails', () => {
  test('fails if a role could not be assigned in time', async () => {
    const body = {
      error: { code: 'PrincipalNotFound', message: 'Principal does not exist in the directory.' },
    };
    tenant.emulator.behaviour.faults.push({
      ...{ service: 'resourceManager', method: 'PUT', path: 'roleAssignments', status: 400, body },
    });
    const inputs = { name: 'no-role', 'key-vault': tenant.emulator.keyVaultUrl };
    await expect(tenant.federate(inputs)).rejects.toMatchObject({
      code: 'principal-not-replicated',
      fault: 'service',
    });
    tenant.emulator.behaviour.faults.splice(0);
    const { changes } = await tenant.federate(inputs);
    expect(changes.at(-1)).toMatchObject({ kind: 'role-assignment', action: 'create' });
  });

  test('does not wait for a refusal that stays, such as 403', async () => {
    const body = { error: { code: 'AuthorizationFailed', message: 'not authorized' } };
    tenant.emulator.behaviour.faults.push({
      ...{ service: 'resourceManager', method: 'PUT', path: 'roleAssignments', status: 403, body },
    });
    const from = tenant.emulator.requests.length;
    await expect(
      tenant.federate({ name: 'forbidden-role', 'key-vault': tenant.emulator.keyVaultUrl }),
    ).rejects.toMatchObject({ code: 'azure-role-missing' });
    const tries = tenant.emulator.requests
      .slice(from)
      .filter(({ path, method }) => method === 'PUT' && path.includes('roleAssignments'));
    expect(tries).toHaveLength(1);
  });

  test('does not use another application with the same display name', async () => {
    const theirs = await tenant.graph<{ appId: string }>('POST', '/applications', { displayName: 'popular' });
    const { outputs } = await tenant.federate({ name: 'popular', 'identifier-uris': 'none' });
    expect(outputs['client-id']).not.toBe(theirs.appId);
    const again = await tenant.federate({ name: 'popular', 'identifier-uris': 'none' });
    expect(again.outputs['client-id']).toBe(outputs['client-id']);
    expect(again.writes).toEqual([]);
  });

  test('succeeds in deleting what does not exist', async () => {
    const inputs = { name: 'removed-twice', 'on-exit': 'remove', 'key-vault': tenant.emulator.keyVaultUrl };
    const { outputs } = await tenant.federate(inputs);
    const owner = tenant.emulator.azure.directory.findOwner(String(outputs['client-id']));
    owner?.credentials.set([], 0);
    const deps = await tenant.leave(inputs);
    expect(deps.lines.filter((line) => line.startsWith('warning'))).toEqual([]);
    await tenant.leave(inputs);
  });

  test('fails if a lookup fails, instead of annotating a service account with an empty client ID', async () => {
    const body = {
      error: {
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      },
    };
    tenant.emulator.behaviour.faults.push({
      service: 'graph',
      method: 'GET',
      path: 'applications',
      status: 403,
      body,
    });
    const seen: string[] = [];
    const server = await serve((request, response) => {
      seen.push(String(request.url));
      response.writeHead(404).end('{}');
    });
    const kubeconfig = shop.file('kubeconfig', kubeconfigOf(server.url));
    try {
      await expect(
        tenant.federate({ name: 'lookup-fails', annotate: 'true', kubeconfig }),
      ).rejects.toMatchObject({ code: 'application-permission-missing' });
      expect(seen).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('repairs an existing credential that differs', async () => {
    const inputs = { name: 'differs' };
    const { outputs } = await tenant.federate(inputs);
    const owner = tenant.emulator.azure.directory.findOwner(String(outputs['client-id']));
    const [right] = owner?.credentials.current ?? [];
    if (!owner || !right) throw new Error('nothing was created');
    owner.credentials.set([{ ...right, audiences: ['api://wrong'] }], 0);
    await tenant.federate(inputs);
    expect(owner.credentials.current).toEqual([right]);
  });

  test('federates a managed identity as well as an application', async () => {
    const { outputs } = await tenant.federate({
      name: 'managed',
      identity: 'managed-identity',
      'resource-group': 'federation',
    });
    const owner = tenant.emulator.azure.directory.findOwner(String(outputs['client-id']));
    expect(owner?.credentials.current).toHaveLength(1);
  });

  test('reports an existing object as unchanged, not as created', async () => {
    await tenant.federate({ name: 'said' });
    const { lines } = await tenant.federate({ name: 'said' });
    expect(lines.join('\n')).not.toContain('Created');
    expect(lines).toContain('info Unchanged: application "said"');
  });
});

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x', users: [{ name: 'x', user: {} }] },
    clusters: [{ name: 'x', cluster: { server } }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
  });
}
