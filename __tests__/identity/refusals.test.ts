import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';
import { final } from './final-refusals.ts';
import { type Case, graphError, passing, writeApplication, writeCredential } from './passing-refusals.ts';
import { issuer, openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let clock: Clock & { readonly slept: number[] };

beforeAll(async () => {
  clock = manualClock();
  tenant = await openTenant({ clock, behaviour: { identityWriteSeconds: 0 } });
});
afterAll(() => tenant.close());
afterEach(() => {
  tenant.emulator.behaviour.faults.splice(0);
});

let counter = 0;
function inputsFor({ fault }: Case) {
  const managed = fault.path?.includes('Identit') === true && fault.service === 'resourceManager';
  counter += 1;
  return {
    name: `refused-${counter}`,
    identity: managed ? 'managed-identity' : 'application',
    'resource-group': 'federation',
    'key-vault': tenant.emulator.keyVaultUrl,
  };
}

describe('run waits for a temporary refusal, and succeeds', () => {
  test.each(passing)('$name', async (known) => {
    const inputs = inputsFor(known);
    clock.slept.splice(0);
    tenant.emulator.behaviour.faults.push({ times: 1, ...known.fault, nth: 1 });
    const { lines } = await tenant.federate(inputs);
    const waits = lines.filter((line) => line.startsWith('info Waiting'));
    expect(waits).toHaveLength(known.fault.times ?? 1);
    for (const line of waits) expect(line).toContain(known.waitsFor);
    if (known.fault.retryAfter !== undefined) expect(clock.slept).toContain(known.fault.retryAfter);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });
});

describe('run reports a permanent refusal at once, with code, request ID and what to change', () => {
  test.each(final)('$name', async (known) => {
    const inputs = inputsFor(known);
    const { behaviour } = tenant.emulator;
    behaviour.faults.push({ ...known.fault });
    clock.slept.splice(0);
    const failure = (await tenant.federate(inputs).catch((error: unknown) => error)) as {
      code: string;
      message: string;
      hint?: string;
    };
    expect(failure).toMatchObject({ code: known.code });
    const { code } = (known.fault.body as { error: { code: string } }).error;
    expect(failure.message).toMatch(/^failed to /);
    expect(failure.message).toContain(`HTTP ${known.fault.status} ${code}`);
    if (known.fault.service === 'graph') expect(failure.message).toContain('request ID f00dfeed-');
    if (known.hint) expect(failure.hint).toMatch(known.hint);
    expect(clock.slept).toEqual([]);
    // The next run continues after the last completed change.
    behaviour.faults.splice(0);
    await tenant.federate(inputs);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });
});

test('run stops waiting for a service that does not answer', async () => {
  const started = clock.now();
  tenant.emulator.behaviour.faults.push({ ...writeApplication, status: 503 });
  await expect(tenant.federate({ name: 'stays-away' })).rejects.toMatchObject({
    code: 'azure-unavailable',
    fault: 'service',
  });
  expect(clock.now() - started).toBeLessThanOrEqual(90);
  expect(clock.now() - started).toBeGreaterThan(60);
});

describe('run treats as success', () => {
  test('a role assignment that exists under another name', async () => {
    const { outputs } = await tenant.federate({ name: 'has-role' });
    const { resources } = tenant.emulator.azure;
    const scope = `/subscriptions/${tenant.emulator.subscriptionId}`;
    const given = {
      ...{ name: 'b0b0b0b0-0000-4000-8000-000000000000', scope, principalType: 'ServicePrincipal' },
      ...{ principalId: String(outputs['principal-id']), roleId: '4633458b-17de-408a-b874-0445c86b69e6' },
      ...{ description: undefined, createdAt: 0 },
    };
    // The list does not show it yet, so that it is assigned once more.
    tenant.emulator.behaviour.faults.push({
      service: 'resourceManager',
      method: 'GET',
      path: 'roleAssignments\\?',
      status: 200,
      body: { value: [] },
    });
    resources.roleAssignments = [...resources.roleAssignments, given];
    const inputs = { name: 'has-role', 'role-assignments': 'Key Vault Secrets User @ subscription' };
    const { writes } = await tenant.federate(inputs);
    expect(writes).toEqual([expect.stringContaining('PUT resourceManager 409')]);
    tenant.emulator.behaviour.faults.splice(0);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });

  test.each(['application', 'managed-identity'])(
    'a credential that another run of the same %s wrote since the plan',
    async (identity) => {
      const inputs = { name: `race-${identity}`, identity, 'resource-group': 'federation' };
      const { outputs } = await tenant.federate(inputs);
      const owner = tenant.emulator.azure.directory.findOwner(String(outputs['client-id']));
      const [mine] = owner?.credentials.current ?? [];
      if (!owner || !mine) throw new Error('nothing was created');
      const theirs = { ...mine, name: 'written-by-another-run', audiences: ['api://other'] };
      owner.credentials.set([theirs], clock.now());
      const list = identity === 'application' ? 'graph' : 'resourceManager';
      tenant.emulator.behaviour.faults.push({
        ...{ service: list, method: 'GET', path: 'federatedIdentityCredentials(\\?|$)', nth: 1 },
        ...{ status: 200, body: { value: [] } },
      });
      const raced = await tenant.federate(inputs);
      expect(raced.changes.find(({ kind }) => kind === 'federated-credential')).toMatchObject({
        action: 'adopt',
        name: theirs.name,
      });
      expect(raced.outputs['federated-credentials']).toEqual([
        expect.objectContaining({ name: theirs.name, issuer, audience: 'api://AzureADTokenExchange' }),
      ]);
      expect(owner.credentials.current).toMatchObject([{ name: theirs.name, audiences: mine.audiences }]);
    },
  );

  test('a credential of the same name that another run wrote at the same moment', async () => {
    const inputs = { name: 'same-name' };
    const body = graphError(
      'Request_MultipleObjectsWithSameKeyValue',
      'FederatedIdentityCredential with name x already exists.',
    );
    // What the other run wrote is there, and the answer says so instead of updating it.
    tenant.emulator.behaviour.faults.push({ ...writeCredential, nth: 2, status: 409, body });
    tenant.emulator.behaviour.faults.push({ ...writeCredential, nth: 1, reset: 'after' });
    const { outputs } = await tenant.federate(inputs);
    expect(outputs['federated-credentials']).toHaveLength(1);
    tenant.emulator.behaviour.faults.splice(0);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });
});
