import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manualClock } from '../support/deps.ts';
import { errorOf, type ResourceManager, startResourceManager } from './resource-manager.ts';
import { audience } from './tenant.ts';

// The emulator sleeps while it writes a credential: it says so, and goes on when the gate opens.
let writing = () => {};
let gate: Promise<void> = Promise.resolve();

let arm: ResourceManager;
beforeAll(async () => {
  const clock = manualClock();
  arm = await startResourceManager({
    clock: {
      ...clock,
      sleep: async (seconds) => {
        writing();
        await gate;
        await clock.sleep(seconds);
      },
    },
  });
});
afterAll(() => arm?.close());

describe('managed identities', () => {
  const identityPath = () =>
    `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/workload`;
  const credentialPath = (name: string) => `${identityPath()}/federatedIdentityCredentials/${name}`;
  const credential = (more: object = {}) => ({
    properties: { issuer: 'https://issuer.example/', subject: 'one', audiences: [audience], ...more },
  });
  beforeAll(async () => {
    const made = await arm.send('PUT', identityPath(), { location: 'westeurope', tags: { a: 'b' } });
    expect([made.status, made.body.tags]).toEqual([201, { a: 'b' }]);
  });

  test('are the same ones when they are put again', async () => {
    const before = await arm.send('GET', identityPath());
    const again = await arm.send('PUT', identityPath(), { location: 'westeurope' });
    expect([again.status, again.body.properties]).toEqual([200, before.body.properties]);
  });

  test('have credentials that are written, read and removed', async () => {
    expect((await arm.send('PUT', credentialPath('first'), credential())).status).toBe(201);
    expect((await arm.send('PUT', credentialPath('first'), credential({ subject: 'other' }))).status).toBe(
      200,
    );
    expect((await arm.send('GET', credentialPath('first'))).body.properties.subject).toBe('other');
    expect((await arm.send('GET', `${identityPath()}/federatedIdentityCredentials`)).body.value).toHaveLength(
      1,
    );
    expect((await arm.send('DELETE', credentialPath('first'))).status).toBe(200);
    expect((await arm.send('DELETE', credentialPath('first'))).status).toBe(204);
    expect(errorOf(await arm.send('GET', credentialPath('first')))).toEqual([404, 'ResourceNotFound']);
  });

  test('refuse a second write to their credentials while one is on its way', async () => {
    const first = new Promise<void>((resolve) => {
      writing = resolve;
    });
    const release = Promise.withResolvers<void>();
    gate = release.promise;
    const write = arm.send('PUT', credentialPath('first'), credential());
    await first;
    gate = Promise.resolve();
    expect(errorOf(await arm.send('PUT', credentialPath('second'), credential({ subject: 'two' })))).toEqual([
      409,
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
    ]);
    release.resolve();
    expect((await write).status).toBe(201);
    expect((await arm.send('PUT', credentialPath('second'), credential({ subject: 'two' }))).status).toBe(
      201,
    );
  });

  test.each([
    ['two audiences', { audiences: [audience, 'other'] }, 'exactly one audience'],
    ['no subject', { subject: '' }, 'subject is required'],
  ])('refuse credentials with %s', async (_, more, why) => {
    const { status, body } = await arm.send('PUT', credentialPath('wrong'), credential(more));
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(why)]);
  });

  test('refuse the same issuer and subject under another name', async () => {
    await arm.send('PUT', credentialPath('pair'), credential({ subject: 'pair' }));
    const { status, body } = await arm.send(
      'PUT',
      credentialPath('pair-again'),
      credential({ subject: 'pair' }),
    );
    expect([status, body.error.message]).toEqual([
      400,
      'Issuer and subject combination already exists for this Managed Identity.',
    ]);
  });

  test('are gone with their account when they are deleted', async () => {
    const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/short-lived`;
    const { body } = await arm.send('PUT', path, { location: 'westeurope' });
    expect((await arm.send('DELETE', path)).status).toBe(200);
    expect((await arm.send('DELETE', path)).status).toBe(204);
    expect(
      arm.tenant.emulator.azure.directory.findPrincipalById(body.properties.principalId),
    ).toBeUndefined();
  });
});
