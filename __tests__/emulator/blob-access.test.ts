import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { errorCode, refusal, type Storage, startStorage } from './storage.ts';
import { call } from './tenant.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage?.close());

describe('Blob Storage: anonymous clients', () => {
  test('can read public blobs with their content type and caching', async () => {
    const { status, headers, body } = await call(`${storage.root}/open/public/a/b`);
    expect([status, body, headers.get('content-type')]).toEqual([200, { a: 'b' }, 'application/json']);
    expect((await call(`${storage.root}/open/public/a%2Fb`)).status).toBe(200);
    const { etag = '' } = Object.fromEntries(headers);
    expect(
      (await call(`${storage.root}/open/public/a/b`, { headers: { 'if-none-match': etag } })).status,
    ).toBe(304);
  });

  test.each([
    ['a missing blob of a public container', 'open/public/none', [404, 'BlobNotFound']],
    ['a private container', 'open/private/secret', [404, 'ResourceNotFound']],
    ['a missing container', 'open/none/blob', [404, 'ResourceNotFound']],
    [
      'a list of a container whose blobs alone are public',
      'open/public?restype=container&comp=list',
      [404, 'ResourceNotFound'],
    ],
    ['an account that forbids public access', 'closed/private/secret', [409, 'PublicAccessNotPermitted']],
    ['an account that is not there', 'absent/public/a/b', [404, 'ResourceNotFound']],
  ])('get the response of Azure for %s', async (_, path, expected) => {
    expect(errorCode(await call(`${storage.root}/${path}`))).toEqual(expected);
  });

  test('can list a container with public access to the whole container', async () => {
    const { status, body } = await call(`${storage.root}/open/listed?restype=container&comp=list`);
    expect([status, body.includes('<Name>one</Name>')]).toEqual([200, true]);
  });

  test('cannot write, and get the address of the tenant', async () => {
    const { status, headers } = await call(`${storage.root}/open/public/new`, {
      method: 'PUT',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: 'x',
    });
    expect([status, headers.get('x-ms-error-code')]).toEqual([401, 'NoAuthenticationInformation']);
    expect(headers.get('www-authenticate')).toContain(
      `authorization_uri=${storage.tenant.emulator.environment.authority}/`,
    );
  });
});

describe('Blob Storage: callers with a token', () => {
  test('need a role for each operation', async () => {
    const reader = storage
      .as(await storage.tenant.token('https://storage.azure.com', 'workload'), 'open')
      .getContainerClient('private');
    expect((await reader.getBlobClient('secret').downloadToBuffer()).toString()).toBe('"s"');
    expect(await refusal(reader.getBlockBlobClient('new').upload('x', 1))).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
    expect(await refusal(reader.getBlobClient('secret').delete())).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
    const other = storage
      .as(await storage.tenant.token('https://storage.azure.com', 'workload'), 'closed')
      .getContainerClient('private');
    expect(await refusal(other.getBlobClient('secret').getProperties())).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
  });

  test('can write with conditions, which Azurite checks', async () => {
    const container = storage.as(storage.owner, 'open').getContainerClient('private');
    const target = container.getBlockBlobClient('conditional');
    await target.upload('1', 1, { conditions: { ifNoneMatch: '*' } });
    expect(await refusal(target.upload('2', 1, { conditions: { ifNoneMatch: '*' } }))).toEqual([
      409,
      'BlobAlreadyExists',
    ]);
    expect(await refusal(target.upload('2', 1, { conditions: { ifMatch: '"0x0"' } }))).toEqual([
      412,
      'ConditionNotMet',
    ]);
  });

  test('cannot read or set the access policy of a container', async () => {
    const container = storage.as(storage.owner, 'open').getContainerClient('private');
    expect(await refusal(container.setAccessPolicy('blob'))).toEqual([404, 'ResourceNotFound']);
  });

  test('need a valid token of this tenant for storage', async () => {
    const wrong = await storage.tenant.token('https://vault.azure.net');
    const container = (token: string) => storage.as(token, 'open').getContainerClient('private');
    expect(await refusal(container(wrong).getProperties())).toEqual([401, 'InvalidAuthenticationInfo']);
    const [head, body] = storage.owner.split('.');
    expect(await refusal(container(`${head}.${body}.c2ln`).getProperties())).toEqual([
      401,
      expect.anything(),
    ]);
  });

  test('can upload and download large blobs', async () => {
    const target = storage
      .as(storage.owner, 'open')
      .getContainerClient('private')
      .getBlockBlobClient('large');
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'x');
    await target.uploadData(bytes, { blockSize: 4 * 1024 * 1024, maxSingleShotSize: 1024 });
    expect((await target.downloadToBuffer()).equals(bytes)).toBe(true);
  });
});

describe('Blob Storage: callers with an account key', () => {
  const key = (account: string, secret: string) =>
    new BlobServiceClient(`${storage.root}/${account}`, new StorageSharedKeyCredential(account, secret), {
      retryOptions: { maxTries: 1 },
    });
  const getKey = (account: string) =>
    storage.tenant.emulator.azure.resources.storageAccounts.find(({ name }) => name === account)?.keys[0] ??
    '';

  test('have full access if the account allows keys', async () => {
    const service = key('open', getKey('open'));
    await service.getContainerClient('by-key').create({ access: 'blob' });
    await service.getContainerClient('by-key').getBlockBlobClient('x').upload('x', 1);
    expect((await call(`${storage.root}/open/by-key/x`)).body).toBe('x');
    expect(await refusal(key('open', getKey('closed')).getContainerClient('by-key').getProperties())).toEqual(
      [403, 'AuthenticationFailed'],
    );
  });

  test('are rejected if the account forbids keys', async () => {
    const container = key('closed', getKey('closed')).getContainerClient('private').getBlobClient('secret');
    expect(await refusal(container.downloadToBuffer())).toEqual([403, 'KeyBasedAuthenticationNotPermitted']);
  });
});
