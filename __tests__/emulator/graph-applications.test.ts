import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, readError, startGraph } from './graph.ts';
import { call } from './tenant.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph?.close());

describe('Graph: applications', () => {
  test('creates an application with an upsert, and updates it without a response body', async () => {
    const path = "/applications(uniqueName='upserted')";
    const made = await graph.upsert(path, { displayName: 'Upserted', signInAudience: 'AzureADMyOrg' });
    expect([made.status, made.body.displayName, made.body.uniqueName]).toEqual([201, 'Upserted', 'upserted']);
    const updated = await graph.upsert(path, { displayName: 'Renamed' });
    expect([updated.status, updated.body]).toEqual([204, '']);
    const read = await graph.send('GET', `${path}?$select=id,appId,displayName`);
    expect(read.body).toMatchObject({ id: made.body.id, appId: made.body.appId, displayName: 'Renamed' });
    expect(read.body).not.toHaveProperty('signInAudience');
  });

  test('rejects an upsert without the header or without a display name', async () => {
    expect(
      readError(await graph.send('PATCH', "/applications(uniqueName='absent')", { displayName: 'x' })),
    ).toEqual([
      404,
      'Request_ResourceNotFound',
      "Resource 'absent' does not exist or one of its queried reference-property objects are not present.",
    ]);
    expect((await graph.upsert("/applications(uniqueName='absent')", {})).status).toBe(400);
  });

  test('reserves the unique name of a deleted application until it is purged', async () => {
    const path = "/applications(uniqueName='deleted')";
    const { body } = await graph.upsert(path, { displayName: 'Deleted' });
    await graph.upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    expect((await graph.send('DELETE', `/applications/${body.id}`)).status).toBe(204);
    expect((await graph.send('GET', path)).status).toBe(404);
    expect((await graph.send('GET', `/servicePrincipals(appId='${body.appId}')`)).status).toBe(404);
    expect(readError(await graph.upsert(path, { displayName: 'Deleted' }))).toEqual([
      400,
      'Request_BadRequest',
      'Another object with the same value for property uniqueName already exists.',
    ]);
    const deleted = await graph.send('GET', '/directory/deletedItems/microsoft.graph.application');
    expect(deleted.body.value.map(({ id }: { id: string }) => id)).toContain(body.id);
    expect((await graph.send('DELETE', `/directory/deletedItems/${body.id}`)).status).toBe(204);
    expect((await graph.send('GET', `/directory/deletedItems/${body.id}`)).status).toBe(404);
    expect((await graph.upsert(path, { displayName: 'Again' })).status).toBe(201);
  });

  test('restores an application with its service principal', async () => {
    const { body } = await graph.upsert("/applications(uniqueName='restored')", { displayName: 'Restored' });
    const principal = await graph.upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    await graph.send('DELETE', `/applications/${body.id}`);
    const deleted = await graph.send('GET', '/directory/deletedItems/microsoft.graph.servicePrincipal');
    expect(deleted.body.value.map(({ id }: { id: string }) => id)).toContain(principal.body.id);
    expect((await graph.send('POST', `/directory/deletedItems/${body.id}/restore`)).status).toBe(200);
    expect((await graph.send('GET', `/servicePrincipals/${principal.body.id}`)).status).toBe(200);
  });

  test('rejects unknown properties', async () => {
    expect(
      (await graph.upsert("/applications(uniqueName='odd')", { displayName: 'x', displayname: 'y' })).status,
    ).toBe(400);
  });

  test('lists applications on pages, filtered by tag and by name', async () => {
    for (let number = 1; number <= 5; number++)
      await graph.upsert(`/applications(uniqueName='page-${number}')`, {
        displayName: `Page ${number}`,
        tags: ['paged'],
      });
    const seen: string[] = [];
    let next: string | undefined =
      `${graph.root}/applications?$filter=tags/any(t:t eq 'paged')&$top=2&$select=displayName`;
    let pages = 0;
    while (next !== undefined) {
      const { body }: Awaited<ReturnType<typeof call>> = await call(next, { token: graph.token });
      seen.push(...body.value.map(({ displayName }: { displayName: string }) => displayName));
      next = body['@odata.nextLink'];
      pages++;
    }
    expect([pages, seen]).toEqual([3, ['Page 1', 'Page 2', 'Page 3', 'Page 4', 'Page 5']]);
    const named = await graph.send(
      'GET',
      "/applications?$filter=displayName eq 'Page 3' and tags/any(t:t eq 'paged')",
    );
    expect(named.body.value).toHaveLength(1);
    expect((await graph.send('GET', "/applications?$filter=uniqueName eq 'page-1'")).body.error.code).toBe(
      'Request_UnsupportedQuery',
    );
  });
});

describe('Graph: service principals', () => {
  test('creates one service principal for an existing application', async () => {
    const { body } = await graph.upsert("/applications(uniqueName='with-account')", {
      displayName: 'With account',
    });
    const path = `/servicePrincipals(appId='${body.appId}')`;
    expect((await graph.upsert(path, {})).status).toBe(201);
    expect((await graph.upsert(path, { tags: ['x'] })).status).toBe(204);
    expect(
      readError(await graph.send('POST', '/servicePrincipals', { appId: body.appId })).slice(0, 2),
    ).toEqual([409, 'Request_MultipleObjectsWithSameKeyValue']);
    const absent = await graph.upsert("/servicePrincipals(appId='00000000-1111-4222-8333-444455556666')", {});
    expect([absent.status, absent.body.error.message]).toEqual([
      400,
      "The appId '00000000-1111-4222-8333-444455556666' of the service principal does not reference a valid application object.",
    ]);
  });

  test('deletes and purges a service principal without its application', async () => {
    const { body } = await graph.upsert("/applications(uniqueName='lone')", { displayName: 'Lone' });
    const principal = await graph.upsert(`/servicePrincipals(appId='${body.appId}')`, {});
    expect((await graph.send('DELETE', `/servicePrincipals/${principal.body.id}`)).status).toBe(204);
    expect((await graph.send('DELETE', `/directory/deletedItems/${principal.body.id}`)).status).toBe(204);
    expect((await graph.send('DELETE', `/directory/deletedItems/${principal.body.id}`)).status).toBe(404);
    expect((await graph.send('GET', `/applications/${body.id}`)).status).toBe(200);
  });
});
