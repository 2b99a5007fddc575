import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Graph, readError, startGraph } from './graph.ts';
import { call, clientId } from './tenant.ts';

const ownedBy = 'd2e0b9c8-1111-4222-8333-444455556666';
const nobody = 'd2e0b9c8-1111-4222-8333-444455557777';

/** An application that the job can sign in as. */
const application = (id: string, permissions: readonly string[]) => ({
  clientId: id,
  displayName: id,
  permissions,
  federatedCredentials: [
    { name: 'job', issuer: 'job', subject: 'repo:octo-org/octo-repo:ref:refs/heads/main' },
  ],
});

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({
    applications: [application(ownedBy, ['Application.ReadWrite.OwnedBy']), application(nobody, [])],
  });
});
afterAll(() => graph?.close());

async function requestToken(client: string): Promise<string> {
  const form = {
    client_id: client,
    client_assertion: await readFile(graph.tenant.emulator.jobTokenFile, 'utf8'),
    scope: 'https://graph.microsoft.com/.default',
  };
  return (await graph.tenant.exchange({ form })).body.access_token;
}

describe('Graph: access', () => {
  test('rejects a request without a token for Graph', async () => {
    const path = `${graph.root}/applications`;
    expect(readError(await call(path))).toEqual([
      401,
      'InvalidAuthenticationToken',
      'Access token is empty.',
    ]);
    const wrong = await graph.tenant.token('https://vault.azure.net');
    expect((await call(path, { token: wrong })).status).toBe(401);
  });

  test('rejects a caller without permissions', async () => {
    const own = await requestToken(nobody);
    const denied = [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'];
    expect(readError(await graph.send('GET', '/applications', undefined, { token: own }))).toEqual(denied);
    expect(
      readError(
        await graph.upsert("/applications(uniqueName='denied')", { displayName: 'x' }, { token: own }),
      ),
    ).toEqual(denied);
  });

  test('limits Application.ReadWrite.OwnedBy to the applications of the caller', async () => {
    const own = await requestToken(ownedBy);
    const headers = { prefer: 'create-if-missing' };
    const mine = await graph.upsert(
      "/applications(uniqueName='mine')",
      { displayName: 'Mine' },
      { token: own, headers },
    );
    expect(mine.status).toBe(201);
    expect(
      (await graph.send('DELETE', `/applications/${mine.body.id}`, undefined, { token: own })).status,
    ).toBe(204);
    const others = `/applications(appId='${clientId}')/federatedIdentityCredentials(name='x')`;
    expect((await graph.upsert(others, {}, { token: own, headers })).status).toBe(403);
  });

  test('answers 400 for an unknown path', async () => {
    expect((await graph.send('GET', '/aplications')).status).toBe(400);
  });
});
