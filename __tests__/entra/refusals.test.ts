import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../emulator/index.ts';
import type { Clock } from '../../src/runtime/index.ts';
import { manualClock } from '../support/deps.ts';
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

const graphError = (code: string, message: string) => ({
  error: { code, message, innerError: { 'request-id': 'f00dfeed-0000-4000-8000-000000000001' } },
});
const armError = (code: string, message: string) => ({ error: { code, message } });

const writeCredential = { service: 'graph', method: 'PATCH', path: 'federatedIdentityCredentials' } as const;
const writeApplication = { service: 'graph', method: 'PATCH', path: 'applications\\(uniqueName' } as const;
const writePrincipal = { service: 'graph', method: 'PATCH', path: 'servicePrincipals' } as const;
const writeRole = { service: 'resourceManager', method: 'PUT', path: 'roleAssignments' } as const;
const writeIdentity = {
  service: 'resourceManager',
  method: 'PUT',
  path: 'userAssignedIdentities/[^/]+\\?',
} as const;
const writeIdentityCredential = {
  service: 'resourceManager',
  method: 'PUT',
  path: 'federatedIdentityCredentials',
} as const;

/** One refusal of the facts: where it comes, what it looks like, and what becomes of it. */
interface Case {
  readonly name: string;
  readonly fault: Fault;
  /** Waiting helps: the run succeeds behind it, having said what for. */
  readonly waitsFor?: string;
  /** It is final: code of the error and a word of what to change. */
  readonly code?: string;
  readonly hint?: RegExp;
}

const passing: readonly Case[] = [
  {
    name: 'Graph throttles',
    fault: { ...writeApplication, status: 429, retryAfter: 17 },
    waitsFor: 'throttled',
  },
  {
    name: 'Resource Manager throttles',
    fault: { ...writeRole, status: 429, retryAfter: 17 },
    waitsFor: 'throttled',
  },
  {
    name: 'Graph is unavailable',
    fault: { ...writePrincipal, status: 503 },
    waitsFor: 'the service to answer',
  },
  { name: 'Graph times out', fault: { ...writePrincipal, status: 504 }, waitsFor: 'the service to answer' },
  {
    name: 'Resource Manager has an internal error',
    fault: { ...writeRole, status: 500 },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks before the write',
    fault: { ...writeCredential, reset: 'before' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks behind the write',
    fault: { ...writeCredential, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks behind the creation of an application',
    fault: { ...writeApplication, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'the connection breaks behind a role assignment',
    fault: { ...writeRole, reset: 'after' },
    waitsFor: 'the service to answer',
  },
  {
    name: 'concurrent writes in the tenant',
    fault: {
      ...writeCredential,
      status: 409,
      body: graphError(
        'Directory_ConcurrencyViolation',
        'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
      ),
    },
    waitsFor: 'a concurrent write in the tenant',
  },
  {
    name: 'a new application that the service principal cannot refer to yet',
    fault: {
      ...writePrincipal,
      times: 2,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        "The appId '…' of the service principal does not reference a valid application object.",
      ),
    },
    waitsFor: 'the new application to be known',
  },
  {
    name: 'a new application that a replica does not know yet',
    fault: {
      ...writeCredential,
      times: 2,
      status: 404,
      body: graphError(
        'Request_ResourceNotFound',
        "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
      ),
    },
    waitsFor: 'what was just created',
  },
  {
    name: 'a principal that Resource Manager does not know yet',
    fault: {
      ...writeRole,
      times: 3,
      status: 400,
      body: armError('PrincipalNotFound', 'Principal 1234 does not exist in the directory 5678.'),
    },
    waitsFor: 'the new service principal to be known',
  },
  {
    name: 'concurrent writes to one managed identity',
    fault: {
      ...writeIdentityCredential,
      times: 2,
      status: 409,
      body: armError(
        'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
        'Too many Federated Identity Credentials are written concurrently.',
      ),
    },
    waitsFor: "another job's write to the same managed identity",
  },
  {
    name: 'a new managed identity that a replica does not know yet',
    fault: {
      ...writeIdentityCredential,
      status: 404,
      body: armError('ParentResourceNotFound', 'the parent resource was not found'),
    },
    waitsFor: 'what was just created',
  },
];

const final: readonly Case[] = [
  {
    name: 'no permission in Graph',
    fault: {
      ...writeApplication,
      status: 403,
      body: graphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    },
    code: 'application-permission-missing',
    hint: /Application\.ReadWrite\.OwnedBy/,
  },
  {
    name: 'a token that Graph does not accept',
    fault: {
      ...writeApplication,
      status: 401,
      body: graphError('InvalidAuthenticationToken', 'Access token is empty.'),
    },
    code: 'token-refused',
    hint: /azure-tenant-id/,
  },
  {
    name: 'a URI that another application has',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        'Another object with the same value for property identifierUris already exists.',
      ),
    },
    code: 'identifier-uri-taken',
    hint: /identifier-uris/,
  },
  {
    name: 'a URI that the tenant forbids',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'HostNameNotOnVerifiedDomain',
        'Values of identifierUris property must use a verified domain.',
      ),
    },
    code: 'identifier-uri-refused',
    hint: /identifier-uris/,
  },
  {
    name: 'an issuer that the tenant forbids',
    fault: {
      ...writeCredential,
      status: 400,
      body: graphError(
        'InvalidFederatedIdentityCredentialValue',
        "The issuer 'x' is not allowed by the assigned policy.",
      ),
    },
    code: 'credential-issuer-forbidden',
    hint: /administrator/,
  },
  {
    name: 'a 21st credential that came in between',
    fault: {
      ...writeCredential,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        'The number of federated identity credentials exceeds the maximum of 20.',
      ),
    },
    code: 'too-many-federated-credentials',
    hint: /prune-credentials/,
  },
  {
    name: 'an unknown refusal of Graph',
    fault: { ...writeCredential, status: 400, body: graphError('Request_BadRequest', 'Something new.') },
    code: 'azure-refused',
  },
  {
    name: 'no right to assign roles',
    fault: {
      ...writeRole,
      status: 403,
      body: armError(
        'AuthorizationFailed',
        "The client 'x' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write'.",
      ),
    },
    code: 'azure-role-missing',
    hint: /Role Based Access Control Administrator/,
  },
  {
    name: 'an assignment name that belongs to somebody else',
    fault: {
      ...writeRole,
      status: 400,
      body: armError(
        'RoleAssignmentUpdateNotPermitted',
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      ),
    },
    code: 'role-assignment-taken',
    hint: /az role assignment delete/,
  },
  {
    name: 'a region without federation',
    fault: {
      ...writeIdentityCredential,
      status: 405,
      body: armError('MethodNotAllowed', 'Federated identity credentials are not supported in this region.'),
    },
    code: 'region-without-federation',
    hint: /location/,
  },
  {
    name: 'a resource group that is not there',
    fault: {
      ...writeIdentity,
      status: 404,
      body: armError('ResourceGroupNotFound', "Resource group 'x' could not be found."),
    },
    code: 'resource-group-not-found',
    hint: /resource-group/,
  },
  {
    name: 'a credential that Resource Manager finds wrong',
    fault: {
      ...writeIdentityCredential,
      status: 400,
      body: armError('BadRequest', 'Federated identity credential must have exactly one audience.'),
    },
    code: 'azure-refused',
  },
];

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

describe('what passes by itself is waited for, by name, and the run succeeds', () => {
  test.each(passing)('$name', async (known) => {
    const inputs = inputsFor(known);
    clock.slept.splice(0);
    tenant.emulator.behaviour.faults.push({ times: 1, ...known.fault, nth: 1 });
    const { lines } = await tenant.federate(inputs);
    const waits = lines.filter((line) => line.startsWith('info waiting'));
    expect(waits).toHaveLength(known.fault.times ?? 1);
    for (const line of waits) expect(line).toContain(known.waitsFor);
    if (known.fault.retryAfter !== undefined) expect(clock.slept).toContain(known.fault.retryAfter);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });
});

describe('what does not pass is reported at once, with code, request id and what to change', () => {
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
    expect(failure.message).toContain(`HTTP ${known.fault.status}, ${code}`);
    if (known.fault.service === 'graph') expect(failure.message).toContain('request id f00dfeed-');
    if (known.hint) expect(failure.hint).toMatch(known.hint);
    expect(clock.slept).toEqual([]);
    // Nothing is left half done: the next run goes on where this one stopped.
    behaviour.faults.splice(0);
    await tenant.federate(inputs);
    expect((await tenant.federate(inputs)).writes).toEqual([]);
  });
});

test('waiting ends: a service that stays away is reported after its time, not retried for ever', async () => {
  const started = clock.now();
  tenant.emulator.behaviour.faults.push({ ...writeApplication, status: 503 });
  await expect(tenant.federate({ name: 'stays-away' })).rejects.toMatchObject({
    code: 'azure-unavailable',
    fault: 'service',
  });
  expect(clock.now() - started).toBeLessThanOrEqual(90);
  expect(clock.now() - started).toBeGreaterThan(60);
});

describe('answers that only look like refusals', () => {
  test('a role assignment that exists under another name is success', async () => {
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
    'a credential that another run of the same %s wrote since the plan was made serves',
    async (identity) => {
      const inputs = { name: `race-${identity}`, identity, 'resource-group': 'federation' };
      const { outputs } = await tenant.federate(inputs);
      const owner = tenant.emulator.azure.directory.ownerOf(String(outputs['client-id']));
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

  test('a credential of the same name that another run wrote at the same moment is as good as ours', async () => {
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
