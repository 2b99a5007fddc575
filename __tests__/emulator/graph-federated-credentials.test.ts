import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, readError, startGraph } from './graph.ts';
import { audience, call, clientId, startTenant, subject } from './tenant.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph?.close());

describe('Graph: federated credentials', () => {
  let list: string;
  let number = 0;
  const credential = (more: object = {}) => ({
    issuer: 'https://issuer.example/',
    subject: `subject-${++number}`,
    audiences: [audience],
    ...more,
  });
  beforeAll(async () => {
    const { body } = await graph.upsert("/applications(uniqueName='federated')", {
      displayName: 'Federated',
    });
    list = `/applications/${body.id}/federatedIdentityCredentials`;
  });

  test('creates with POST or upsert, reads by name or ID, changes and deletes', async () => {
    const posted = await graph.send('POST', list, credential({ name: 'posted', description: 'why' }));
    expect([posted.status, posted.body.description]).toEqual([201, 'why']);
    const made = await graph.upsert(`${list}(name='upserted')`, credential());
    expect(made.status).toBe(201);
    expect((await graph.upsert(`${list}(name='upserted')`, { subject: 'changed' })).status).toBe(204);
    expect((await graph.send('GET', `${list}/${made.body.id}`)).body.subject).toBe('changed');
    expect((await graph.send('GET', `${list}?$filter=subject eq 'changed'`)).body.value).toHaveLength(1);
    for (const name of ['posted', 'upserted'])
      expect((await graph.send('DELETE', `${list}/${name}`)).status).toBe(204);
    expect((await graph.send('GET', list)).body.value).toEqual([]);
    expect((await graph.send('DELETE', `${list}/posted`)).status).toBe(404);
  });

  test('rejects a duplicate name and a duplicate pair of issuer and subject', async () => {
    await graph.send('POST', list, credential({ name: 'first', subject }));
    expect(readError(await graph.send('POST', list, credential({ name: 'first' })))).toEqual([
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      'FederatedIdentityCredential with name first already exists.',
    ]);
    const twin = readError(await graph.upsert(`${list}(name='second')`, credential({ subject })));
    expect(twin.slice(0, 2)).toEqual([400, 'InvalidFederatedIdentityCredentialValue']);
    expect(twin[2]).toMatch(/^The combination of issuer and subject must be unique/);
    expect((await graph.upsert(`${list}(name='first')`, { name: 'renamed' })).status).toBe(400);
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
  ])('rejects %s', async (_, name, more) => {
    expect((await graph.upsert(`${list}(name='${name}')`, credential(more))).status).toBe(400);
  });

  test('keeps whitespace and case', async () => {
    const odd = credential({ subject: ' System:ServiceAccount:a:b ' });
    await graph.upsert(`${list}(name='odd')`, odd);
    expect((await graph.send('GET', `${list}(name='odd')`)).body.subject).toBe(' System:ServiceAccount:a:b ');
  });

  test('rejects more than twenty credentials', async () => {
    const { body } = await graph.upsert("/applications(uniqueName='full')", { displayName: 'Full' });
    const path = `/applications/${body.id}/federatedIdentityCredentials`;
    for (let index = 1; index <= 20; index++)
      expect((await graph.upsert(`${path}(name='number-${index}')`, credential())).status).toBe(201);
    expect((await graph.upsert(`${path}(name='number-21')`, credential())).status).toBe(400);
    expect((await graph.upsert(`${path}(name='number-20')`, credential())).status).toBe(204);
  });

  test('rejects issuers that the policy of the tenant does not allow', async () => {
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
