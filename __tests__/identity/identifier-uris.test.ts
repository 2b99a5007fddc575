import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(() => tenant.close());

describe('identifier URIs in a tenant of today', () => {
  test('are not set by default', async () => {
    const { outputs } = await tenant.federate({ name: 'without-uri' });
    expect(await tenant.graph('GET', `/applications/${outputs['object-id']}`)).toMatchObject({
      identifierUris: [],
    });
  });

  test('can be the client ID once the application exists', async () => {
    const { outputs } = await tenant.federate({ name: 'by-client-id' });
    const uri = `api://${outputs['client-id']}`;
    const again = await tenant.federate({ name: 'by-client-id', 'identifier-uris': uri });
    expect(again.changes[0]?.differences?.map(({ property }) => property)).toEqual(['identifierUris']);
  });

  test.each([
    ['api://my-name', 'identifier-uri-not-unique'],
    ['https://example.org/my-name', 'identifier-uri-refused'],
  ])('%s is refused with the code %s, and no application is left', async (uri, code) => {
    await expect(tenant.federate({ name: 'refused-uri', 'identifier-uris': uri })).rejects.toMatchObject({
      code,
    });
    expect(
      (await tenant.graph<{ value: unknown[] }>('GET', "/applications?$filter=displayName eq 'refused-uri'"))
        .value,
    ).toEqual([]);
  });

  test('with the tenant ID are refused if the policy is strict', async () => {
    const strict = await openTenant({ behaviour: { identifierUriPolicy: 'strict' } });
    try {
      const uri = `api://${strict.emulator.tenantId}/my-name`;
      await expect(strict.federate({ name: 'strict', 'identifier-uris': uri })).rejects.toMatchObject({
        code: 'identifier-uri-format-refused',
      });
    } finally {
      await strict.close();
    }
  });
});
