import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { manualClock } from '../support/deps.ts';
import { type ResourceManager, readError, startResourceManager } from './resource-manager.ts';
import { audience } from './tenant.ts';

// The emulator sleeps while it writes a credential: it signals that, and continues when the gate opens.
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

describe('Resource Manager: managed identities', () => {
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

  test('keeps an existing identity when it is written again', async () => {
    const before = await arm.send('GET', identityPath());
    const again = await arm.send('PUT', identityPath(), { location: 'westeurope' });
    expect([again.status, again.body.properties]).toEqual([200, before.body.properties]);
  });

  test('creates, returns and deletes federated credentials', async () => {
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
    expect(readError(await arm.send('GET', credentialPath('first')))).toEqual([404, 'ResourceNotFound']);
  });

  test('rejects a concurrent write to the credentials of an identity', async () => {
    const first = new Promise<void>((resolve) => {
      writing = resolve;
    });
    const release = Promise.withResolvers<void>();
    gate = release.promise;
    const write = arm.send('PUT', credentialPath('first'), credential());
    await first;
    gate = Promise.resolve();
    expect(
      readError(await arm.send('PUT', credentialPath('second'), credential({ subject: 'two' }))),
    ).toEqual([409, 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity']);
    release.resolve();
    expect((await write).status).toBe(201);
    expect((await arm.send('PUT', credentialPath('second'), credential({ subject: 'two' }))).status).toBe(
      201,
    );
  });

  test.each([
    ['two audiences', { audiences: [audience, 'other'] }, 'exactly one audience'],
    ['no subject', { subject: '' }, 'subject is required'],
  ])('rejects credentials with %s', async (_, more, why) => {
    const { status, body } = await arm.send('PUT', credentialPath('wrong'), credential(more));
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(why)]);
  });

  test('rejects the same issuer and subject under another name', async () => {
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

  test('deletes the service principal with the identity', async () => {
    const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/short-lived`;
    const { body } = await arm.send('PUT', path, { location: 'westeurope' });
    expect((await arm.send('DELETE', path)).status).toBe(200);
    expect((await arm.send('DELETE', path)).status).toBe(204);
    expect(
      arm.tenant.emulator.azure.directory.findPrincipalById(body.properties.principalId),
    ).toBeUndefined();
  });
});
