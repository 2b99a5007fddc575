import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { State } from '../../emulator/index.ts';
import { audience, type Call, call, clientId, startTenant, subject, type Tenant } from './tenant.ts';

const ownedBy = 'd2e0b9c8-1111-4222-8333-444455556666';
const nobody = 'd2e0b9c8-1111-4222-8333-444455557777';

let tenant: Tenant;
let token: string;
beforeAll(async () => {
  const own = (id: string, permissions: string[]): State['applications'][number] => ({
    clientId: id,
    displayName: id,
    permissions,
    federatedCredentials: [
      { name: 'job', issuer: 'job', subject: 'repo:octo-org/octo-repo:ref:refs/heads/main' },
    ],
  });
  tenant = await startTenant({
    seed: { applications: [own(ownedBy, ['Application.ReadWrite.OwnedBy']), own(nobody, [])] },
  });
  token = await tenant.token('https://graph.microsoft.com');
});
afterAll(() => tenant?.close());

const graph = (method: string, path: string, body?: unknown, more: Call = {}) =>
  call(`${tenant.emulator.environment.graph}/v1.0${path}`, {
    method,
    token,
    ...(body === undefined ? {} : { body }),
    ...more,
  });
const upsert = (path: string, body: unknown, more: Call = {}) =>
  graph('PATCH', path, body, { headers: { prefer: 'create-if-missing' }, ...more });
const errorOf = ({ status, body }: Awaited<ReturnType<typeof call>>) => [
  status,
  body.error?.code,
  body.error?.message,
];

async function tokenOf(client: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const assertion = await readFile(tenant.emulator.jobTokenFile, 'utf8');
  const form = {
    client_id: client,
    client_assertion: assertion,
    scope: 'https://graph.microsoft.com/.default',
  };
  return (await tenant.exchange({ form })).body.access_token;
}

describe('applications', () => {
  test('are made by an upsert, then updated without a body', async () => {
    const path = "/applications(uniqueName='upserted')";
    const made = await upsert(path, { displayName: 'Upserted', signInAudience: 'AzureADMyOrg' });
    expect([made.status, made.body.displayName, made.body.uniqueName]).toEqual([201, 'Upserted', 'upserted']);
    const updated = await upsert(path, { displayName: 'Renamed' });
    expect([updated.status, updated.body]).toEqual([204, '']);
    const read = await graph('GET', `${path}?$select=id,appId,displayName`);
    expect(read.body).toMatchObject({ id: made.body.id, appId: made.body.appId, displayName: 'Renamed' });
    expect(read.body).not.toHaveProperty('signInAudience');
  });

  test('are not made without the header, and need a display name', async () => {
    expect(errorOf(await graph('PATCH', "/applications(uniqueName='absent')", { displayName: 'x' }))).toEqual(
      [
        404,
        'Request_ResourceNotFound',
        "Resource 'absent' does not exist or one of its queried reference-property objects are not present.",
      ],
    );
    expect((await upsert("/applications(uniqueName='absent')", {})).status).toBe(400);
  });

  test('keep their unique name when they are deleted, until they are purged', async () => {
    const path = "/applications(uniqueName='deleted')";
    const { body } = await upsert(path, { displayName: 'Deleted' });
    await upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    expect((await graph('DELETE', `/applications/${body.id}`)).status).toBe(204);
    expect((await graph('GET', path)).status).toBe(404);
    expect((await graph('GET', `/servicePrincipals(appId='${body.appId}')`)).status).toBe(404);
    expect(errorOf(await upsert(path, { displayName: 'Deleted' }))).toEqual([
      400,
      'Request_BadRequest',
      'Another object with the same value for property uniqueName already exists.',
    ]);
    const deleted = await graph('GET', '/directory/deletedItems/microsoft.graph.application');
    expect(deleted.body.value.map(({ id }: { id: string }) => id)).toContain(body.id);
    expect((await graph('DELETE', `/directory/deletedItems/${body.id}`)).status).toBe(204);
    expect((await graph('GET', `/directory/deletedItems/${body.id}`)).status).toBe(404);
    expect((await upsert(path, { displayName: 'Again' })).status).toBe(201);
  });

  test('come back with their service principal when they are restored', async () => {
    const { body } = await upsert("/applications(uniqueName='restored')", { displayName: 'Restored' });
    const principal = await upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    await graph('DELETE', `/applications/${body.id}`);
    const deleted = await graph('GET', '/directory/deletedItems/microsoft.graph.servicePrincipal');
    expect(deleted.body.value.map(({ id }: { id: string }) => id)).toContain(principal.body.id);
    expect((await graph('POST', `/directory/deletedItems/${body.id}/restore`)).status).toBe(200);
    expect((await graph('GET', `/servicePrincipals/${principal.body.id}`)).status).toBe(200);
  });

  test('refuse properties that there are not', async () => {
    expect(
      (await upsert("/applications(uniqueName='odd')", { displayName: 'x', displayname: 'y' })).status,
    ).toBe(400);
  });

  test('are listed by pages, filtered by tag and by name', async () => {
    for (let number = 1; number <= 5; number++)
      await upsert(`/applications(uniqueName='page-${number}')`, {
        displayName: `Page ${number}`,
        tags: ['paged'],
      });
    const seen: string[] = [];
    let next: string | undefined =
      `${tenant.emulator.environment.graph}/v1.0/applications?$filter=tags/any(t:t eq 'paged')&$top=2&$select=displayName`;
    let pages = 0;
    while (next !== undefined) {
      const { body }: Awaited<ReturnType<typeof call>> = await call(next, { token });
      seen.push(...body.value.map(({ displayName }: { displayName: string }) => displayName));
      next = body['@odata.nextLink'];
      pages++;
    }
    expect([pages, seen]).toEqual([3, ['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5']]);
    const named = await graph(
      'GET',
      "/applications?$filter=displayName eq 'Page 3' and tags/any(t:t eq 'paged')",
    );
    expect(named.body.value).toHaveLength(1);
    expect((await graph('GET', "/applications?$filter=uniqueName eq 'page-1'")).body.error.code).toBe(
      'Request_UnsupportedQuery',
    );
  });
});

describe('federated credentials', () => {
  let list: string;
  let number = 0;
  const credential = (more: object = {}) => ({
    issuer: 'https://issuer.example/',
    subject: `subject-${++number}`,
    audiences: [audience],
    ...more,
  });
  beforeAll(async () => {
    const { body } = await upsert("/applications(uniqueName='federated')", { displayName: 'Federated' });
    list = `/applications/${body.id}/federatedIdentityCredentials`;
  });

  test('are made by POST or upsert, read by name or id, changed and deleted', async () => {
    const posted = await graph('POST', list, credential({ name: 'posted', description: 'why' }));
    expect([posted.status, posted.body.description]).toEqual([201, 'why']);
    const made = await upsert(`${list}(name='upserted')`, credential());
    expect(made.status).toBe(201);
    expect((await upsert(`${list}(name='upserted')`, { subject: 'changed' })).status).toBe(204);
    expect((await graph('GET', `${list}/${made.body.id}`)).body.subject).toBe('changed');
    expect((await graph('GET', `${list}?$filter=subject eq 'changed'`)).body.value).toHaveLength(1);
    for (const name of ['posted', 'upserted'])
      expect((await graph('DELETE', `${list}/${name}`)).status).toBe(204);
    expect((await graph('GET', list)).body.value).toEqual([]);
    expect((await graph('DELETE', `${list}/posted`)).status).toBe(404);
  });

  test('have a name and an issuer-subject pair of their own', async () => {
    await graph('POST', list, credential({ name: 'first', subject }));
    expect(errorOf(await graph('POST', list, credential({ name: 'first' })))).toEqual([
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'FederatedIdentityCredential with name first already exists.',
    ]);
    const twin = errorOf(await upsert(`${list}(name='second')`, credential({ subject })));
    expect(twin.slice(0, 2)).toEqual([400, 'InvalidFederatedIdentityCredentialValue']);
    expect(twin[2]).toMatch(/^The combination of issuer and subject must be unique/);
    expect((await upsert(`${list}(name='first')`, { name: 'renamed' })).status).toBe(400);
  });

  test.each([
    ['a name of two letters', 'ab', {}],
    ['a name that starts with a dash', '-abc', {}],
    ['a name with a dot', 'a.bc', {}],
    ['a name that is too long', 'a'.repeat(121), {}],
    ['no audience', 'abc', { audiences: [] }],
    ['two audiences', 'abc', { audiences: [audience, 'other'] }],
    ['no issuer', 'abc', { issuer: '' }],
    ['a subject that is too long', 'abc', { subject: 'x'.repeat(601) }],
    ['an expression, which v1.0 does not have', 'abc', { claimsMatchingExpression: {} }],
    ['a description that is too long', 'abc', { description: 'x'.repeat(601) }],
  ])('refuse %s', async (_, name, more) => {
    expect((await upsert(`${list}(name='${name}')`, credential(more))).status).toBe(400);
  });

  test('keep white space and case as they come', async () => {
    const odd = credential({ subject: ' System:ServiceAccount:a:b ' });
    await upsert(`${list}(name='odd')`, odd);
    expect((await graph('GET', `${list}(name='odd')`)).body.subject).toBe(' System:ServiceAccount:a:b ');
  });

  test('are twenty at most', async () => {
    const { body } = await upsert("/applications(uniqueName='full')", { displayName: 'Full' });
    const path = `/applications/${body.id}/federatedIdentityCredentials`;
    for (let index = 1; index <= 20; index++)
      expect((await upsert(`${path}(name='number-${index}')`, credential())).status).toBe(201);
    expect((await upsert(`${path}(name='number-21')`, credential())).status).toBe(400);
    expect((await upsert(`${path}(name='number-20')`, credential())).status).toBe(204);
  });

  test('obey the policy of the tenant on issuers', async () => {
    const strict = await startTenant({
      seed: {
        tenant: {
          id: '9d0e8f7a-1111-4222-8333-444455556666',
          domain: 'strict.example',
          allowedIssuers: ['https://good.example/'],
        },
      },
    });
    try {
      const strictToken = await strict.token('https://graph.microsoft.com');
      const path = `${strict.emulator.environment.graph}/v1.0/applications(appId='${clientId}')/federatedIdentityCredentials(name='policy')`;
      const write = (issuer: string) =>
        call(path, {
          method: 'PATCH',
          token: strictToken,
          headers: { prefer: 'create-if-missing' },
          body: credential({ issuer }),
        });
      expect((await write('https://bad.example/')).body.error.code).toBe(
        'InvalidFederatedIdentityCredentialValue',
      );
      expect((await write('https://good.example/')).status).toBe(201);
    } finally {
      await strict.close();
    }
  });
});

describe('service principals', () => {
  test('are made once for an application that is there', async () => {
    const { body } = await upsert("/applications(uniqueName='with-account')", {
      displayName: 'With account',
    });
    const path = `/servicePrincipals(appId='${body.appId}')`;
    expect((await upsert(path, {})).status).toBe(201);
    expect((await upsert(path, { tags: ['x'] })).status).toBe(204);
    expect(errorOf(await graph('POST', '/servicePrincipals', { appId: body.appId })).slice(0, 2)).toEqual([
      409,
      'Request_MultipleObjectsWithSameKeyValue',
    ]);
    const absent = await upsert("/servicePrincipals(appId='00000000-1111-4222-8333-444455556666')", {});
    expect([absent.status, absent.body.error.message]).toEqual([
      400,
      "The appId '00000000-1111-4222-8333-444455556666' of the service principal does not reference a valid application object.",
    ]);
  });

  test('are deleted and purged by themselves', async () => {
    const { body } = await upsert("/applications(uniqueName='lone')", { displayName: 'Lone' });
    const principal = await upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    expect((await graph('DELETE', `/servicePrincipals/${principal.body.id}`)).status).toBe(204);
    expect((await graph('DELETE', `/directory/deletedItems/${principal.body.id}`)).status).toBe(204);
    expect((await graph('DELETE', `/directory/deletedItems/${principal.body.id}`)).status).toBe(404);
    expect((await graph('GET', `/applications/${body.id}`)).status).toBe(200);
  });
});

describe('access to Graph', () => {
  test('needs a token for Graph', async () => {
    const path = `${tenant.emulator.environment.graph}/v1.0/applications`;
    expect(errorOf(await call(path))).toEqual([401, 'InvalidAuthenticationToken', 'Access token is empty.']);
    const wrong = await tenant.token('https://vault.azure.net');
    expect((await call(path, { token: wrong })).status).toBe(401);
  });

  test('is denied to whom nothing was granted', async () => {
    const own = await tokenOf(nobody);
    const denied = [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'];
    expect(errorOf(await graph('GET', '/applications', undefined, { token: own }))).toEqual(denied);
    expect(
      errorOf(await upsert("/applications(uniqueName='denied')", { displayName: 'x' }, { token: own })),
    ).toEqual(denied);
  });

  test('ends at the own applications for whom owns them only', async () => {
    const own = await tokenOf(ownedBy);
    const headers = { prefer: 'create-if-missing' };
    const mine = await upsert(
      "/applications(uniqueName='mine')",
      { displayName: 'Mine' },
      { token: own, headers },
    );
    expect(mine.status).toBe(201);
    expect((await graph('DELETE', `/applications/${mine.body.id}`, undefined, { token: own })).status).toBe(
      204,
    );
    const others = `/applications(appId='${clientId}')/federatedIdentityCredentials(name='x')`;
    expect((await upsert(others, {}, { token: own, headers })).status).toBe(403);
  });

  test('answers 400 to a path that Graph does not have', async () => {
    expect((await graph('GET', '/aplications')).status).toBe(400);
  });
});
