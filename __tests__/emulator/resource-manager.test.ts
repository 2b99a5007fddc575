import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manualClock } from '../support/deps.ts';
import { audience, call, clientId, startTenant, type Tenant } from './tenant.ts';

const reader = 'e3d0c9b8-1111-4222-8333-444455556666';
const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';

let tenant: Tenant;
let group: string;
let token: string;
// The emulator sleeps while it writes a credential: it says so, and goes on when the gate opens.
let writing = () => {};
let gate: Promise<void> = Promise.resolve();

beforeAll(async () => {
  const clock = manualClock();
  tenant = await startTenant({
    clock: {
      ...clock,
      sleep: async (seconds) => {
        writing();
        await gate;
        await clock.sleep(seconds);
      },
    },
    seed: {
      takenStorageAccountNames: ['taken'],
      applications: [{ clientId: reader, displayName: 'Reader' }],
    },
  });
  group = `/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation`;
  token = await tenant.token('https://management.azure.com');
});
afterAll(() => tenant?.close());

const arm = (method: string, path: string, body?: unknown, own = token) =>
  call(
    `${tenant.emulator.environment.resourceManager}${path}${path.includes('?') ? '&' : '?'}api-version=2024-01-01`,
    {
      method,
      token: own,
      ...(body === undefined ? {} : { body }),
    },
  );
const errorOf = ({ status, body }: Awaited<ReturnType<typeof call>>) => [status, body.error?.code];
const principalId = () => tenant.emulator.azure.directory.principalOf(clientId)?.id ?? '';

describe('access to the resource manager', () => {
  test('needs a token and an API version', async () => {
    const url = `${tenant.emulator.environment.resourceManager}${group}`;
    expect(errorOf(await call(`${url}?api-version=1`))).toEqual([401, 'AuthenticationFailed']);
    const wrong = await tenant.token('https://graph.microsoft.com');
    expect(errorOf(await call(`${url}?api-version=1`, { token: wrong }))).toEqual([
      401,
      'InvalidAuthenticationTokenAudience',
    ]);
    expect(errorOf(await call(url, { token }))).toEqual([400, 'MissingApiVersionParameter']);
  });

  test('is denied without a role, and names client, action and scope', async () => {
    const own = await tenant.token('https://management.azure.com', 'workload');
    const { status, body } = await arm('GET', group, undefined, own);
    expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
    expect(body.error.message).toContain(`The client '${clientId}' with object id '${principalId()}'`);
    expect(body.error.message).toContain(
      `'Microsoft.Resources/subscriptions/resourceGroups/read' over scope '${group}'`,
    );
  });

  test('finds out what is not there', async () => {
    expect(errorOf(await arm('GET', '/subscriptions/00000000-1111-4222-8333-444455556666'))).toEqual([
      404,
      'SubscriptionNotFound',
    ]);
    const absent = group.replace('federation', 'absent');
    expect(errorOf(await arm('GET', absent))).toEqual([404, 'ResourceGroupNotFound']);
    expect(errorOf(await arm('GET', `${group}/providers/Microsoft.Storage/storageAccounts/absent`))).toEqual([
      404,
      'ResourceNotFound',
    ]);
    expect(errorOf(await arm('GET', `${group}/providers/Microsoft.Compute/virtualMachines`))).toEqual([
      404,
      'InvalidResourceType',
    ]);
  });

  test('does not care for the case of a path', async () => {
    expect((await arm('GET', group.toUpperCase().replace('/SUBSCRIPTIONS', '/Subscriptions'))).status).toBe(
      200,
    );
  });
});

describe('resource groups', () => {
  test('are made, listed and removed with all that is in them', async () => {
    const path = group.replace('federation', 'temporary');
    expect((await arm('PUT', path, { location: 'westeurope' })).status).toBe(201);
    expect((await arm('PUT', path, { location: 'westeurope' })).status).toBe(200);
    expect(errorOf(await arm('PUT', path, { location: 'uksouth' }))).toEqual([
      409,
      'InvalidResourceGroupLocation',
    ]);
    const identity = `${path}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inside`;
    await arm('PUT', identity, { location: 'westeurope' });
    expect((await arm('DELETE', path)).status).toBe(200);
    expect(errorOf(await arm('GET', identity))).toEqual([404, 'ResourceGroupNotFound']);
    expect(tenant.emulator.azure.directory.identities).toEqual([]);
  });
});

describe('storage accounts', () => {
  const account = { kind: 'StorageV2', location: 'westeurope', sku: { name: 'Standard_LRS' } };
  const pathOf = (name: string) => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
  const check = async (name: string) =>
    (
      await arm(
        'POST',
        `/subscriptions/${tenant.emulator.subscriptionId}/providers/Microsoft.Storage/checkNameAvailability`,
        { name, type: 'Microsoft.Storage/storageAccounts' },
      )
    ).body;

  test('have names that are free, taken or wrong', async () => {
    expect(await check('freename')).toEqual({ nameAvailable: true });
    expect(await check('taken')).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
    expect(await check('Wrong_Name')).toMatchObject({ nameAvailable: false, reason: 'AccountNameInvalid' });
    expect(errorOf(await arm('PUT', pathOf('taken'), account))).toEqual([409, 'StorageAccountAlreadyTaken']);
    expect(errorOf(await arm('PUT', pathOf('wrong-name'), account))).toEqual([400, 'AccountNameInvalid']);
  });

  test('do not allow public access unless told, and tell their endpoints and keys', async () => {
    const made = await arm('PUT', pathOf('plain'), account);
    const { blob } = tenant.emulator.azure.urls;
    expect([made.status, made.body.properties.allowBlobPublicAccess]).toEqual([200, false]);
    expect(made.body.properties.primaryEndpoints.blob).toBe(`${blob}/plain/`);
    expect(made.body.properties.primaryEndpoints.web).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    const changed = await arm('PATCH', pathOf('plain'), { properties: { allowBlobPublicAccess: true } });
    expect(changed.body.properties).toMatchObject({
      allowBlobPublicAccess: true,
      allowSharedKeyAccess: true,
    });
    expect((await arm('POST', `${pathOf('plain')}/listKeys`)).body.keys).toHaveLength(2);
    expect(await check('plain')).toMatchObject({ reason: 'AlreadyExists' });
    expect(errorOf(await arm('PUT', pathOf('plain'), { ...account, location: 'uksouth' }))).toEqual([
      409,
      'InvalidResourceLocation',
    ]);
    expect((await arm('DELETE', pathOf('plain'))).status).toBe(200);
    expect((await arm('DELETE', pathOf('plain'))).status).toBe(204);
  });

  test('take their time where they are told to, with an address to ask at', async () => {
    tenant.emulator.behaviour.storageAccountCreationSeconds = 20;
    try {
      const started = await arm('PUT', pathOf('slow'), account);
      const operation = started.headers.get('location') ?? '';
      expect([started.status, started.headers.get('retry-after')]).toEqual([202, '17']);
      expect((await call(operation, { token })).status).toBe(202);
      expect(errorOf(await arm('PUT', pathOf('slow'), account))).toEqual([
        409,
        'StorageAccountOperationInProgress',
      ]);
      await tenant.clock.sleep(20);
      const done = await call(operation, { token });
      expect([done.status, done.body.properties.provisioningState]).toEqual([200, 'Succeeded']);
    } finally {
      tenant.emulator.behaviour.storageAccountCreationSeconds = 0;
    }
  });

  test('with public access can be forbidden by a policy', async () => {
    const strict = await startTenant({ seed: { deniesPublicBlobAccess: true } });
    try {
      const path = `${strict.emulator.environment.resourceManager}${pathOf('strict')}?api-version=2024-01-01`;
      const own = await strict.token('https://management.azure.com');
      const put = (properties: object) =>
        call(path, { method: 'PUT', token: own, body: { ...account, properties } });
      expect(errorOf(await put({ allowBlobPublicAccess: true }))).toEqual([403, 'RequestDisallowedByPolicy']);
      expect((await put({ allowBlobPublicAccess: false })).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});

describe('managed identities', () => {
  const identityPath = () => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/workload`;
  const credentialPath = (name: string) => `${identityPath()}/federatedIdentityCredentials/${name}`;
  const credential = (more: object = {}) => ({
    properties: { issuer: 'https://issuer.example/', subject: 'one', audiences: [audience], ...more },
  });
  beforeAll(async () => {
    const made = await arm('PUT', identityPath(), { location: 'westeurope', tags: { a: 'b' } });
    expect([made.status, made.body.tags]).toEqual([201, { a: 'b' }]);
  });

  test('are the same ones when they are put again', async () => {
    const before = await arm('GET', identityPath());
    const again = await arm('PUT', identityPath(), { location: 'westeurope' });
    expect([again.status, again.body.properties]).toEqual([200, before.body.properties]);
  });

  test('have credentials that are written, read and removed', async () => {
    expect((await arm('PUT', credentialPath('first'), credential())).status).toBe(201);
    expect((await arm('PUT', credentialPath('first'), credential({ subject: 'other' }))).status).toBe(200);
    expect((await arm('GET', credentialPath('first'))).body.properties.subject).toBe('other');
    expect((await arm('GET', `${identityPath()}/federatedIdentityCredentials`)).body.value).toHaveLength(1);
    expect((await arm('DELETE', credentialPath('first'))).status).toBe(200);
    expect((await arm('DELETE', credentialPath('first'))).status).toBe(204);
    expect(errorOf(await arm('GET', credentialPath('first')))).toEqual([404, 'ResourceNotFound']);
  });

  test('refuse a second write to their credentials while one is on its way', async () => {
    const first = new Promise<void>((resolve) => {
      writing = resolve;
    });
    const release = Promise.withResolvers<void>();
    gate = release.promise;
    const write = arm('PUT', credentialPath('first'), credential());
    await first;
    gate = Promise.resolve();
    expect(errorOf(await arm('PUT', credentialPath('second'), credential({ subject: 'two' })))).toEqual([
      409,
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
    ]);
    release.resolve();
    expect((await write).status).toBe(201);
    expect((await arm('PUT', credentialPath('second'), credential({ subject: 'two' }))).status).toBe(201);
  });

  test.each([
    ['two audiences', { audiences: [audience, 'other'] }, 'exactly one audience'],
    ['no subject', { subject: '' }, 'subject is required'],
  ])('refuse credentials with %s', async (_, more, why) => {
    const { status, body } = await arm('PUT', credentialPath('wrong'), credential(more));
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(why)]);
  });

  test('refuse the same issuer and subject under another name', async () => {
    await arm('PUT', credentialPath('pair'), credential({ subject: 'pair' }));
    const { status, body } = await arm('PUT', credentialPath('pair-again'), credential({ subject: 'pair' }));
    expect([status, body.error.message]).toEqual([
      400,
      'Issuer and subject combination already exists for this Managed Identity.',
    ]);
  });

  test('are gone with their account when they are deleted', async () => {
    const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/short-lived`;
    const { body } = await arm('PUT', path, { location: 'westeurope' });
    expect((await arm('DELETE', path)).status).toBe(200);
    expect((await arm('DELETE', path)).status).toBe(204);
    expect(tenant.emulator.azure.directory.principalById(body.properties.principalId)).toBeUndefined();
  });
});

describe('role assignments', () => {
  const id = (end: string) => `0b7c6d5e-1111-4222-8333-44445555${end}`;
  const at = (scope: string, end: string) =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${id(end)}`;
  const grant = (more: object = {}) => ({
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`,
      principalId: principalId(),
      ...more,
    },
  });

  test('are made once; the same grant under another name is refused, and so is another grant under the same name', async () => {
    expect((await arm('PUT', at(group, '0001'), grant())).status).toBe(201);
    expect((await arm('PUT', at(group, '0001'), grant())).status).toBe(200);
    expect(errorOf(await arm('PUT', at(group, '0002'), grant()))).toEqual([409, 'RoleAssignmentExists']);
    const other = tenant.emulator.azure.directory.principalOf(reader)?.id;
    expect(errorOf(await arm('PUT', at(group, '0001'), grant({ principalId: other })))).toEqual([
      400,
      'RoleAssignmentUpdateNotPermitted',
    ]);
  });

  test('want a principal, a role and a scope that are there', async () => {
    const absent = '00000000-1111-4222-8333-444455556666';
    expect(errorOf(await arm('PUT', at(group, '0003'), grant({ principalId: absent })))).toEqual([
      400,
      'PrincipalNotFound',
    ]);
    expect(errorOf(await arm('PUT', at(group, '0003'), grant({ roleDefinitionId: `/x/${absent}` })))).toEqual(
      [404, 'RoleDefinitionDoesNotExist'],
    );
    expect(errorOf(await arm('PUT', at(group, '0003'), grant({ principalType: 'User' })))).toEqual([
      400,
      'UnmatchedPrincipalType',
    ]);
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/absent`;
    expect(errorOf(await arm('PUT', at(vault, '0003'), grant()))).toEqual([404, 'ResourceNotFound']);
    expect(
      errorOf(await arm('PUT', `${group}/providers/Microsoft.Authorization/roleAssignments/name`, grant())),
    ).toEqual([400, 'InvalidRoleAssignmentId']);
  });

  test('do not wait for a new principal to spread where its type is said', async () => {
    tenant.emulator.behaviour.propagationSeconds.servicePrincipal = 30;
    try {
      const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/fresh`;
      const fresh = (await arm('PUT', path, { location: 'westeurope' })).body.properties.principalId;
      expect(errorOf(await arm('PUT', at(group, '0004'), grant({ principalId: fresh })))).toEqual([
        400,
        'PrincipalNotFound',
      ]);
      const typed = grant({ principalId: fresh, principalType: 'ServicePrincipal' });
      expect((await arm('PUT', at(group, '0004'), typed)).status).toBe(201);
    } finally {
      tenant.emulator.behaviour.propagationSeconds.servicePrincipal = 0;
    }
  });

  test('are listed at, above and below a scope, by principal', async () => {
    const vault = `${group}/providers/Microsoft.KeyVault/vaults/federation-vault`;
    await arm('PUT', at(vault, '0005'), grant());
    const list = async (scope: string, filter: string) =>
      (
        await arm(
          'GET',
          `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(filter)}`,
        )
      ).body.value.map(({ properties }: { properties: { scope: string } }) => properties.scope);
    expect(await list(group, `principalId eq '${principalId()}'`)).toEqual([group, vault]);
    expect(await list(vault, `principalId eq '${principalId()}'`)).toEqual([group, vault]);
    expect(await list(group, 'atScope()')).not.toContain(vault);
    expect((await arm('DELETE', at(vault, '0005'))).status).toBe(200);
    expect((await arm('DELETE', at(vault, '0005'))).status).toBe(204);
  });

  test('need more than Contributor', async () => {
    const contributor = at(`/subscriptions/${tenant.emulator.subscriptionId}`, '0006');
    const role = '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c';
    await arm('PUT', contributor, grant({ roleDefinitionId: role }));
    const own = await tenant.token('https://management.azure.com', 'workload');
    expect((await arm('GET', group, undefined, own)).status).toBe(200);
    const refused = await arm('PUT', at(group, '0007'), grant(), own);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('roleAssignments/write'),
    ]);
    await arm('DELETE', contributor);
  });

  test('name roles that can be looked up by name', async () => {
    const filter = encodeURIComponent("roleName eq 'Key Vault Secrets User'");
    const { body } = await arm(
      'GET',
      `${group}/providers/Microsoft.Authorization/roleDefinitions?$filter=${filter}`,
    );
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual([secretsUser]);
    expect((await arm('GET', body.value[0].id)).body.properties.roleName).toBe('Key Vault Secrets User');
  });
});

describe('vaults', () => {
  test('are found with their address', async () => {
    const one = await arm('GET', `${group}/providers/Microsoft.KeyVault/vaults/federation-vault`);
    expect(one.body.properties).toMatchObject({
      vaultUri: `${tenant.emulator.keyVaultUrl}/`,
      enableRbacAuthorization: true,
    });
    const listed = await arm(
      'GET',
      `/subscriptions/${tenant.emulator.subscriptionId}/providers/Microsoft.KeyVault/vaults`,
    );
    expect(listed.body.value).toEqual([one.body]);
  });
});
