import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, clientId, startTenant, type Tenant } from './tenant.ts';

const deployer = 'a1d0c2e4-58f3-4b1c-9a77-3f0e6b9d2c15';

let tenant: Tenant;
let blob: string;
let owner: string;
let arm: string;

/** Blobs by the job's own token, which holds Storage Blob Data Contributor. */
const as = (token: string, account: string) =>
  new BlobServiceClient(
    `${blob}/${account}`,
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    { retryOptions: { maxTries: 1 } },
  );
const key = (account: string, secret: string) =>
  new BlobServiceClient(`${blob}/${account}`, new StorageSharedKeyCredential(account, secret), {
    retryOptions: { maxTries: 1 },
  });
const keyOf = (account: string) =>
  tenant.emulator.azure.resources.storageAccounts.find(({ name }) => name === account)?.keys[0] ?? '';
const codeOf = ({ status, headers }: Awaited<ReturnType<typeof call>>) => [
  status,
  headers.get('x-ms-error-code'),
];
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    // An answer to HEAD has no body: its code is in a header.
    ({ statusCode, code, details }) => [statusCode, details?.errorCode ?? code],
  );

beforeAll(async () => {
  const containers = [
    { name: 'public', publicAccess: 'Blob', blobs: { 'a/b': '{"a":"b"}' } },
    { name: 'listed', publicAccess: 'Container', blobs: { one: '1' } },
    { name: 'private', blobs: { secret: '"s"' } },
  ] as const;
  tenant = await startTenant({
    storage: true,
    seed: {
      storageAccounts: [
        { name: 'open', resourceGroup: 'federation', allowBlobPublicAccess: true, containers },
        {
          name: 'closed',
          resourceGroup: 'federation',
          allowSharedKeyAccess: false,
          containers: containers.slice(2),
        },
      ],
      roleAssignments: [
        { role: 'Owner', clientId: deployer, scope: '' },
        { role: 'Storage Blob Data Contributor', clientId: deployer, scope: '' },
        {
          role: 'Storage Blob Data Reader',
          clientId,
          scope: '/resourceGroups/federation/providers/Microsoft.Storage/storageAccounts/open',
        },
      ],
    },
  });
  blob = tenant.emulator.azure.urls.blob;
  arm = `${tenant.emulator.environment.resourceManager}/subscriptions/${tenant.emulator.subscriptionId}/resourceGroups/federation/providers/Microsoft.Storage/storageAccounts`;
  owner = await tenant.token('https://storage.azure.com');
});
afterAll(() => tenant?.close());

describe('strangers', () => {
  test('read public blobs, with the type and caching that they were put with', async () => {
    const { status, headers, body } = await call(`${blob}/open/public/a/b`);
    expect([status, body, headers.get('content-type')]).toEqual([200, { a: 'b' }, 'application/json']);
    expect((await call(`${blob}/open/public/a%2Fb`)).status).toBe(200);
    const { etag = '' } = Object.fromEntries(headers);
    expect((await call(`${blob}/open/public/a/b`, { headers: { 'if-none-match': etag } })).status).toBe(304);
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
  ])('are told of %s what Azure tells', async (_, path, expected) => {
    expect(codeOf(await call(`${blob}/${path}`))).toEqual(expected);
  });

  test('list a container that is public as a whole', async () => {
    const { status, body } = await call(`${blob}/open/listed?restype=container&comp=list`);
    expect([status, body.includes('<Name>one</Name>')]).toEqual([200, true]);
  });

  test('write nothing, and are told whom to ask for a token', async () => {
    const { status, headers } = await call(`${blob}/open/public/new`, {
      method: 'PUT',
      headers: { 'x-ms-blob-type': 'BlockBlob' },
      body: 'x',
    });
    expect([status, headers.get('x-ms-error-code')]).toEqual([401, 'NoAuthenticationInformation']);
    expect(headers.get('www-authenticate')).toContain(
      `authorization_uri=${tenant.emulator.environment.authority}/`,
    );
  });
});

describe('callers with a token', () => {
  test('need a role for what they do', async () => {
    const reader = as(await tenant.token('https://storage.azure.com', 'workload'), 'open').getContainerClient(
      'private',
    );
    expect((await reader.getBlobClient('secret').downloadToBuffer()).toString()).toBe('"s"');
    expect(await refusal(reader.getBlockBlobClient('new').upload('x', 1))).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
    expect(await refusal(reader.getBlobClient('secret').delete())).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
    const other = as(
      await tenant.token('https://storage.azure.com', 'workload'),
      'closed',
    ).getContainerClient('private');
    expect(await refusal(other.getBlobClient('secret').getProperties())).toEqual([
      403,
      'AuthorizationPermissionMismatch',
    ]);
  });

  test('write under conditions, which Azurite checks', async () => {
    const container = as(owner, 'open').getContainerClient('private');
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
    const container = as(owner, 'open').getContainerClient('private');
    expect(await refusal(container.setAccessPolicy('blob'))).toEqual([404, 'ResourceNotFound']);
  });

  test('need a token for storage, of this tenant, that has not expired', async () => {
    const wrong = await tenant.token('https://vault.azure.net');
    const container = (token: string) => as(token, 'open').getContainerClient('private');
    expect(await refusal(container(wrong).getProperties())).toEqual([401, 'InvalidAuthenticationInfo']);
    const [head, body] = owner.split('.');
    expect(await refusal(container(`${head}.${body}.c2ln`).getProperties())).toEqual([
      401,
      expect.anything(),
    ]);
  });

  test('move blobs of any size', async () => {
    const target = as(owner, 'open').getContainerClient('private').getBlockBlobClient('large');
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'x');
    await target.uploadData(bytes, { blockSize: 4 * 1024 * 1024, maxSingleShotSize: 1024 });
    expect((await target.downloadToBuffer()).equals(bytes)).toBe(true);
  });
});

describe('callers with an account key', () => {
  test('may do all, where the account allows keys', async () => {
    const service = key('open', keyOf('open'));
    await service.getContainerClient('by-key').create({ access: 'blob' });
    await service.getContainerClient('by-key').getBlockBlobClient('x').upload('x', 1);
    expect((await call(`${blob}/open/by-key/x`)).body).toBe('x');
    expect(await refusal(key('open', keyOf('closed')).getContainerClient('by-key').getProperties())).toEqual([
      403,
      'AuthenticationFailed',
    ]);
  });

  test('are refused where it does not', async () => {
    const container = key('closed', keyOf('closed')).getContainerClient('private').getBlobClient('secret');
    expect(await refusal(container.downloadToBuffer())).toEqual([403, 'KeyBasedAuthenticationNotPermitted']);
  });
});

describe('containers by the resource manager', () => {
  const manage = async (method: string, path: string, properties?: object) =>
    call(`${arm}/${path}?api-version=2024-01-01`, {
      method,
      token: await tenant.token('https://management.azure.com'),
      ...(properties === undefined ? {} : { body: { properties } }),
    });

  test('become public and private again', async () => {
    const path = 'open/blobServices/default/containers/switched';
    const made = await manage('PUT', path, {});
    expect([made.status, made.body.properties.publicAccess]).toEqual([201, 'None']);
    await as(owner, 'open').getContainerClient('switched').getBlockBlobClient('x').upload('x', 1);
    expect((await call(`${blob}/open/switched/x`)).status).toBe(404);
    const changed = await manage('PUT', path, { publicAccess: 'Blob' });
    expect([changed.status, changed.body.properties.publicAccess]).toEqual([200, 'Blob']);
    expect((await call(`${blob}/open/switched/x`)).status).toBe(200);
    await manage('PATCH', path, { publicAccess: 'None' });
    expect((await call(`${blob}/open/switched/x`)).status).toBe(404);
    expect((await manage('DELETE', path)).status).toBe(200);
    expect((await manage('DELETE', path)).status).toBe(204);
    expect((await manage('GET', path)).body.error.code).toBe('ContainerNotFound');
  });

  test('do not become public in an account that forbids it, nor get names that Azure does not take', async () => {
    const closed = await manage('PUT', 'closed/blobServices/default/containers/switched', {
      publicAccess: 'Blob',
    });
    expect([closed.status, closed.body.error.code]).toEqual([409, 'PublicAccessNotPermitted']);
    for (const name of ['Upper', 'a--b', '-ab', 'ab'])
      expect((await manage('PUT', `open/blobServices/default/containers/${name}`, {})).status).toBe(400);
  });

  test('are listed', async () => {
    const { body } = await manage('GET', 'open/blobServices/default/containers');
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['public', 'private']),
    );
  });
});

describe('the static website', () => {
  test('is public whatever the account forbids, once it is switched on', async () => {
    const { website } =
      tenant.emulator.azure.resources.storageAccounts.find(({ name }) => name === 'closed') ?? {};
    expect(codeOf(await call(`${website}/x.json`))).toEqual([404, 'WebContentNotFound']);
    const service = as(owner, 'closed');
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
    expect(codeOf(await call(`${website}/none`))).toEqual([404, 'WebContentNotFound']);
    await put('404.html', 'not here', 'text/html');
    const missing = await call(`${website}/none`);
    expect([missing.status, missing.body]).toEqual([404, 'not here']);
    expect((await call(`${website}/`, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(codeOf(await call(`${blob}/closed/$web/index.html`))).toEqual([409, 'PublicAccessNotPermitted']);
  });

  test('is switched on by nobody who only writes blobs', async () => {
    const { resources } = tenant.emulator.azure;
    const before = resources.roleAssignments;
    resources.roleAssignments = before.filter(
      ({ roleId }) => roleId !== '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    );
    try {
      const change = as(owner, 'open').setProperties({ staticWebsite: { enabled: true } });
      expect(await refusal(change)).toEqual([403, 'AuthorizationPermissionMismatch']);
    } finally {
      resources.roleAssignments = before;
    }
  });
});
