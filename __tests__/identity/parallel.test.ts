import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BehaviourOptions } from '../../emulator/index.ts';
import { accounts, fastClock, openTenant, type Tenant, writesOf } from './tenant.ts';

/** Every delay, the negative cache and faults all over the place. */
const troubled = (): BehaviourOptions => ({
  propagationSeconds: { application: 4, servicePrincipal: 6, federatedCredential: 5, roleAssignment: 5 },
  listLagSeconds: 3,
  negativeCacheSeconds: 20,
  identityWriteSeconds: 0.5,
  graphPageSize: 3,
  faults: [
    { service: 'graph', method: 'PATCH', nth: 7, times: 3, status: 429, retryAfter: 5 },
    { service: 'graph', method: 'PATCH', nth: 25, status: 503 },
    { service: 'graph', method: 'PATCH', nth: 40, times: 2, reset: 'after' },
    { service: 'graph', method: 'GET', nth: 60, times: 2, reset: 'before' },
    { service: 'graph', method: 'PATCH', nth: 70, times: 4, status: 409, body: concurrency },
    { service: 'resourceManager', method: 'PUT', nth: 5, times: 2, status: 429, retryAfter: 4 },
    { service: 'resourceManager', method: 'PUT', nth: 20, reset: 'after' },
    { service: 'resourceManager', method: 'GET', nth: 30, status: 502 },
    {
      service: 'resourceManager',
      method: 'PUT',
      path: 'roleAssignments',
      nth: 4,
      times: 2,
      status: 400,
      body: unknown,
    },
  ],
});
const concurrency = {
  error: {
    code: 'Directory_ConcurrencyViolation',
    message: 'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  },
};
const unknown = {
  error: { code: 'PrincipalNotFound', message: 'Principal does not exist in the directory.' },
};

let tenant: Tenant;
/** Its clock is slower: two hundred runs at once take their time on the machine itself. */
let crowded: Tenant;

beforeAll(async () => {
  tenant = await openTenant({ clock: fastClock(40), behaviour: troubled() });
  crowded = await openTenant({ clock: fastClock(3), behaviour: troubled() });
});
afterAll(async () => {
  await tenant.close();
  await crowded.close();
});

const kinds = ['application', 'managed-identity'] as const;
const inputsFor = (identity: string, name: string) => ({
  ...{ identity, name: `${name}-${identity}`, 'resource-group': 'federation' },
  'key-vault': tenant.emulator.keyVaultUrl,
});

describe.each(kinds)('runs with delays, negative caching and faults, %s', (identity) => {
  test.each([1, 20])('create %i service accounts once, then write nothing', async (count) => {
    const inputs = { ...inputsFor(identity, `delayed-${count}`), 'service-accounts': accounts(count) };
    const created = await tenant.federate(inputs);
    const owner = tenant.emulator.azure.directory.findOwner(String(created.outputs['client-id']));
    expect(owner?.credentials.current).toHaveLength(count);
    // At once, while lists do not show yet what was written: it may write again, but nothing twice.
    await tenant.federate(inputs);
    expect(owner?.credentials.current).toHaveLength(count);
    await tenant.emulator.azure.clock.sleep(10);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });

  test('reject 21 service accounts before the first write', async () => {
    const from = tenant.emulator.requests.length;
    const inputs = { ...inputsFor(identity, 'delayed-21'), 'service-accounts': accounts(21) };
    await expect(tenant.federate(inputs)).rejects.toMatchObject({ code: 'too-many-federated-credentials' });
    expect(writesOf(tenant.emulator, from)).toEqual([]);
  });
});

test('200 parallel runs in one tenant lose nothing and create nothing twice', async () => {
  // Ten identities of each kind. Ten runs share one: each has an account of its own, and one account that all have.
  const runs = Array.from({ length: 200 }, (_, index) => {
    const identity = kinds[index % 2] ?? 'application';
    const name = `shared-${Math.floor(index / 2) % 10}`;
    return {
      ...inputsFor(identity, name),
      'key-vault': crowded.emulator.keyVaultUrl,
      'service-accounts': `demo/common\ndemo/own-${Math.floor(index / 20)}`,
    };
  });
  const results = await Promise.allSettled(runs.map((inputs) => crowded.federate(inputs)));
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
  expect(failed).toEqual([]);

  for (let index = 0; index < 10; index++) expectWhole(`shared-${index}`);
  const clientIds = new Map<string, Set<unknown>>();
  for (const [index, result] of results.entries()) {
    const { name } = runs[index] ?? { name: '' };
    if (result.status === 'fulfilled')
      clientIds.set(name, (clientIds.get(name) ?? new Set()).add(result.value.outputs['client-id']));
  }
  expect([...clientIds.values()].map((ids) => ids.size)).toEqual(Array(20).fill(1));
}, 240_000);

/** Expects one identity of each kind of this name, with all credentials, one principal and one role. */
function expectWhole(name: string): void {
  const { directory, resources } = crowded.emulator.azure;
  const subjects = ['common', ...Array.from({ length: 10 }, (_, index) => `own-${index}`)]
    .map((name) => `system:serviceaccount:demo:${name}`)
    .toSorted();
  const application = directory.applications.filter(
    ({ properties }) => properties.uniqueName === `${name}-application`,
  );
  const identities = resources.identities.filter((identity) => identity.name === `${name}-managed-identity`);
  for (const owners of [application, identities]) {
    expect(owners).toHaveLength(1);
    const [owner] = owners;
    expect(owner?.credentials.current.map(({ subject }) => subject).toSorted()).toEqual(subjects);
    const principals = directory.servicePrincipals.filter(({ appId }) => appId === owner?.clientId);
    expect(principals).toHaveLength(1);
    const roles = crowded.assignments().filter(({ principalId }) => principalId === principals[0]?.id);
    expect(roles).toHaveLength(1);
  }
}
