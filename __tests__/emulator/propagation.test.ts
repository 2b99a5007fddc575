import { afterEach, describe, expect, test } from '@jest/globals';
import { audience, call, clientId, startTenant, subject, type Tenant } from './tenant.ts';

let tenant: Tenant;
afterEach(() => tenant?.close());

async function graph(method: string, path: string, body?: unknown) {
  const token = await tenant.token('https://graph.microsoft.com');
  return call(`${tenant.emulator.environment.graph}/v1.0${path}`, {
    method,
    token,
    headers: { prefer: 'create-if-missing' },
    ...(body === undefined ? {} : { body }),
  });
}

/** Creates an application with a credential for the provider. Returns its client ID. */
async function federate(name: string): Promise<string> {
  const { body } = await graph('PATCH', `/applications(uniqueName='${name}')`, { displayName: name });
  await graph('PATCH', `/servicePrincipals(appId='${body.appId}')`, {});
  const credential = { issuer: tenant.provider.issuer, subject, audiences: [audience] };
  await graph('PATCH', `/applications/${body.id}/federatedIdentityCredentials(name='hello')`, credential);
  return body.appId;
}

const codeFor = async (client: string) =>
  (await tenant.exchange({ form: { client_id: client } })).body.error_codes?.[0] ?? 'granted';

describe('propagation', () => {
  test('hides a new credential from the token endpoint until it has propagated', async () => {
    tenant = await startTenant({ behaviour: { propagationSeconds: { federatedCredential: 30 } } });
    const client = await federate('late');
    expect(await codeFor(client)).toBe(7000226);
    await tenant.clock.sleep(29);
    expect(await codeFor(client)).toBe(7000226);
    await tenant.clock.sleep(1);
    expect(await codeFor(client)).toBe('granted');
  });

  test('applies the old version of a credential until a change has propagated', async () => {
    tenant = await startTenant({ behaviour: { propagationSeconds: { federatedCredential: 30 } } });
    const change = { issuer: tenant.provider.issuer, subject: 'other', audiences: [audience] };
    await graph(
      'PATCH',
      `/applications(appId='${clientId}')/federatedIdentityCredentials(name='hello')`,
      change,
    );
    expect(await codeFor(clientId)).toBe('granted');
    await tenant.clock.sleep(30);
    expect(await codeFor(clientId)).toBe(700213);
  });

  test('delays a new application and its service principal separately', async () => {
    tenant = await startTenant({
      behaviour: { propagationSeconds: { application: 10, servicePrincipal: 20 } },
    });
    const { body } = await graph('PATCH', "/applications(uniqueName='late')", { displayName: 'late' });
    const principal = () => graph('PATCH', `/servicePrincipals(appId='${body.appId}')`, {});
    const tooEarly = await principal();
    expect([tooEarly.status, tooEarly.body.error.code]).toEqual([400, 'Request_BadRequest']);
    expect((await graph('GET', `/applications/${body.id}`)).status).toBe(404);
    expect(await codeFor(body.appId)).toBe(700016);
    await tenant.clock.sleep(10);
    expect((await principal()).status).toBe(201);
    expect(await codeFor(body.appId)).toBe(7000229);
    expect((await graph('GET', `/servicePrincipals(appId='${body.appId}')`)).status).toBe(404);
    await tenant.clock.sleep(20);
    expect(await codeFor(body.appId)).toBe(7000226);
  });

  test('lets an upsert find an application that a read does not find yet', async () => {
    tenant = await startTenant({ behaviour: { propagationSeconds: { application: 10 } } });
    const upsert = () => graph('PATCH', "/applications(uniqueName='once')", { displayName: 'once' });
    expect((await upsert()).status).toBe(201);
    expect((await upsert()).status).toBe(204);
  });

  test('delays creations and deletions in lists of Graph', async () => {
    tenant = await startTenant({ behaviour: { listLagSeconds: 5 } });
    const list = `/applications(appId='${clientId}')/federatedIdentityCredentials`;
    const names = async () => (await graph('GET', list)).body.value.map(({ name }: { name: string }) => name);
    const credential = { issuer: 'https://issuer.example/', subject, audiences: [audience] };
    await graph('PATCH', `${list}(name='second')`, credential);
    expect(await names()).toEqual(['hello']);
    await tenant.clock.sleep(5);
    expect(await names()).toEqual(['hello', 'second']);
    await graph('DELETE', `${list}(name='second')`);
    expect(await names()).toEqual(['hello', 'second']);
    await tenant.clock.sleep(5);
    expect(await names()).toEqual(['hello']);
  });

  test('delays a role assignment and its removal', async () => {
    tenant = await startTenant({ behaviour: { propagationSeconds: { roleAssignment: 600 } } });
    const { emulator, clock } = tenant;
    const group = `/subscriptions/${emulator.subscriptionId}/resourceGroups/federation`;
    const assignment = `${emulator.environment.resourceManager}${group}/providers/Microsoft.Authorization/roleAssignments/0b7c6d5e-1111-4222-8333-444455556666?api-version=2022-04-01`;
    const token = await tenant.token('https://management.azure.com');
    const properties = {
      roleDefinitionId:
        '/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6',
      principalId: emulator.azure.directory.findPrincipal(clientId)?.id,
    };
    expect((await call(assignment, { method: 'PUT', token, body: { properties } })).status).toBe(201);
    const read = async () => {
      const vault = await tenant.token('https://vault.azure.net', 'workload');
      return (await call(`${emulator.keyVaultUrl}/secrets/hellosecret?api-version=7.6`, { token: vault }))
        .status;
    };
    expect(await read()).toBe(403);
    await clock.sleep(600);
    expect(await read()).toBe(200);
    await call(assignment, { method: 'DELETE', token: await tenant.token('https://management.azure.com') });
    expect(await read()).toBe(200);
    await clock.sleep(600);
    expect(await read()).toBe(403);
  });
});

describe('caches of Entra ID', () => {
  test('repeat a refusal for a missing credential after the credential was created', async () => {
    tenant = await startTenant({ behaviour: { negativeCacheSeconds: 60 } });
    const exchange = () => tenant.exchange({ claims: { sub: 'late' } });
    expect((await exchange()).body.error_codes).toEqual([700213]);
    const credential = { issuer: tenant.provider.issuer, subject: 'late', audiences: [audience] };
    await graph(
      'PATCH',
      `/applications(appId='${clientId}')/federatedIdentityCredentials(name='late')`,
      credential,
    );
    expect((await exchange()).body.error_codes).toEqual([700213]);
    await tenant.clock.sleep(60);
    expect((await exchange()).status).toBe(200);
  });

  test('keep the documents of a provider for their lifetime, and also a failure to fetch them', async () => {
    tenant = await startTenant({ behaviour: { issuerDocumentLifetimeSeconds: 900 } });
    const { provider, clock } = tenant;
    provider.documents.clear();
    expect((await tenant.exchange()).body.error_codes).toEqual([501661]);
    provider.reset();
    expect((await tenant.exchange()).body.error_codes).toEqual([501661]);
    expect(provider.requests).toEqual([]);
    await clock.sleep(900);
    expect((await tenant.exchange()).status).toBe(200);
    provider.documents.set('/provider/keys', { keys: [] });
    expect((await tenant.exchange()).status).toBe(200);
    expect(provider.requests).toEqual(['/provider/.well-known/openid-configuration', '/provider/keys']);
    await clock.sleep(900);
    expect((await tenant.exchange()).body.error_codes).toEqual([7000272]);
  });

  test('fetch the documents for every exchange if the lifetime is 0', async () => {
    tenant = await startTenant();
    expect((await tenant.exchange()).status).toBe(200);
    tenant.provider.documents.set('/provider/keys', { keys: [] });
    expect((await tenant.exchange()).body.error_codes).toEqual([7000272]);
  });
});
