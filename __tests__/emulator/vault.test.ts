import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, startTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let url: string;
let token: string;

beforeAll(async () => {
  tenant = await startTenant({
    seed: {
      vaults: [
        { name: 'one', resourceGroup: 'federation', secrets: { hellosecret: 'hello' } },
        { name: 'two', resourceGroup: 'federation', secrets: {} },
      ],
      roleAssignments: [
        {
          role: 'Key Vault Secrets Officer',
          clientId: 'a1d0c2e4-58f3-4b1c-9a77-3f0e6b9d2c15',
          scope: '/resourceGroups/federation/providers/Microsoft.KeyVault/vaults/one',
        },
      ],
    },
  });
  url = `${tenant.emulator.keyVaultUrl}/secrets/hellosecret`;
  token = await tenant.token('https://vault.azure.net');
});
afterAll(() => tenant?.close());

describe('Key Vault', () => {
  test('answers 401 to an anonymous client, with the address of the tenant', async () => {
    const { status, headers, body } = await call(`${url}?api-version=7.6`);
    const { authority } = tenant.emulator.environment;
    expect([status, body.error.code]).toEqual([401, 'Unauthorized']);
    expect(body.error.message).toMatch(/^AKV10000/);
    expect(headers.get('www-authenticate')).toBe(
      `Bearer authorization="${authority}/${tenant.emulator.tenantId}", resource="https://vault.azure.net"`,
    );
  });

  test.each(['?api-version=7.6', '/?api%2Dversion=2025-07-01'])(
    'gives the newest version at …%s',
    async (rest) => {
      const { status, body } = await call(`${url}${rest}`, { token });
      expect([status, body.value]).toEqual([200, 'hello']);
      expect(body.id).toMatch(new RegExp(`^${url}/[0-9a-f]{32}$`));
      expect(body.attributes).toMatchObject({ enabled: true, recoveryLevel: 'Recoverable+Purgeable' });
    },
  );

  test('keeps the versions of a secret, whose name is not case-sensitive', async () => {
    const old = await call(`${url}?api-version=7.6`, { token });
    const changed = await call(`${tenant.emulator.keyVaultUrl}/secrets/HelloSecret?api-version=7.6`, {
      method: 'PUT',
      token,
      body: { value: 'changed' },
    });
    expect(changed.status).toBe(200);
    expect((await call(`${url}?api-version=7.6`, { token })).body.value).toBe('changed');
    expect((await call(`${old.body.id}?api-version=7.6`, { token })).body.value).toBe('hello');
    const versions = await call(`${url}/versions?api-version=7.6`, { token });
    expect(versions.body.value).toHaveLength(2);
  });

  test('answers 403 to a caller without a role, with the details that Azure gives', async () => {
    const two = tenant.emulator.environment.vaults?.two;
    const { status, body } = await call(`${two}/secrets/hellosecret?api-version=7.6`, { token });
    expect([status, body.error.code, body.error.innererror.code]).toEqual([
      403,
      'Forbidden',
      'ForbiddenByRbac',
    ]);
    expect(body.error.message).toContain("Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'");
    expect(body.error.message).toContain(`Caller: appid=${tenant.emulator.jobClientId};oid=`);
  });

  test('answers 404 for a secret that does not exist', async () => {
    const { status, body } = await call(`${tenant.emulator.keyVaultUrl}/secrets/other?api-version=7.6`, {
      token,
    });
    expect([status, body.error.code]).toEqual([404, 'SecretNotFound']);
  });

  test('rejects tokens of other services or issuers, and expired ones', async () => {
    const wrong = await tenant.token('https://graph.microsoft.com');
    const { AccessTokens, createSigner } = await import('../../emulator/entra/access-tokens.ts');
    const foreign = new AccessTokens(await createSigner(), tenant.clock, tenant.emulator.tenantId);
    const forged = foreign.issue(
      { clientId: tenant.emulator.jobClientId, principalId: 'x' },
      'https://vault.azure.net',
    );
    for (const bad of [wrong, forged, `${token}x`, 'rubbish'])
      expect((await call(`${url}?api-version=7.6`, { token: bad })).status).toBe(401);
    await tenant.clock.sleep(3601);
    expect((await call(`${url}?api-version=7.6`, { token })).status).toBe(401);
  });

  test('rejects a request without an API version', async () => {
    const fresh = await tenant.token('https://vault.azure.net');
    expect((await call(url, { token: fresh })).status).toBe(400);
  });
});
