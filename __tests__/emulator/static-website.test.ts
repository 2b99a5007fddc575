import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorCode, refusal, type Storage, startStorage } from './storage.ts';
import { call } from './tenant.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage?.close());

describe('static website', () => {
  test('is public once it is enabled, even if the account forbids public access', async () => {
    const { website } =
      storage.tenant.emulator.azure.resources.storageAccounts.find(({ name }) => name === 'closed') ?? {};
    expect(errorCode(await call(`${website}/x.json`))).toEqual([404, 'WebContentNotFound']);
    const service = storage.as(storage.owner, 'closed');
    await service.setProperties({
      staticWebsite: { enabled: true, indexDocument: 'index.html', errorDocument404Path: '404.html' },
    });
    const web = service.getContainerClient('$web');
    const put = (path: string, text: string, blobContentType: string) =>
      web.getBlockBlobClient(path).upload(text, text.length, { blobHTTPHeaders: { blobContentType } });
    await put('.well-known/openid-configuration', '{"issuer":"x"}', 'application/json');
    await put('index.html', 'home', 'text/html');
    const document = await call(`${website}/.well-known/openid-configuration`);
    expect([document.status, document.body]).toEqual([200, { issuer: 'x' }]);
    expect((await call(`${website}/`)).body).toBe('home');
    expect(errorCode(await call(`${website}/none`))).toEqual([404, 'WebContentNotFound']);
    await put('404.html', 'not here', 'text/html');
    const missing = await call(`${website}/none`);
    expect([missing.status, missing.body]).toEqual([404, 'not here']);
    expect((await call(`${website}/`, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(errorCode(await call(`${storage.root}/closed/$web/index.html`))).toEqual([
      409,
      'PublicAccessNotPermitted',
    ]);
  });

  test('cannot be enabled with permission to write blobs only', async () => {
    const { resources } = storage.tenant.emulator.azure;
    const before = resources.roleAssignments;
    resources.roleAssignments = before.filter(
      ({ roleId }) => roleId !== '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    );
    try {
      const change = storage.as(storage.owner, 'open').setProperties({ staticWebsite: { enabled: true } });
      expect(await refusal(change)).toEqual([403, 'AuthorizationPermissionMismatch']);
    } finally {
      resources.roleAssignments = before;
    }
  });
});
