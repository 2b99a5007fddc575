import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Storage, startStorage } from './storage.ts';
import { call } from './tenant.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage?.close());

describe('Resource Manager: blob containers', () => {
  const manage = async (method: string, path: string, properties?: object) => {
    const { environment, subscriptionId } = storage.tenant.emulator;
    const group = `${environment.resourceManager}/subscriptions/${subscriptionId}/resourceGroups/federation`;
    return call(`${group}/providers/Microsoft.Storage/storageAccounts/${path}?api-version=2024-01-01`, {
      method,
      token: await storage.tenant.token('https://management.azure.com'),
      ...(properties === undefined ? {} : { body: { properties } }),
    });
  };

  test('makes a container public and private again', async () => {
    const path = 'open/blobServices/default/containers/switched';
    const made = await manage('PUT', path, {});
    expect([made.status, made.body.properties.publicAccess]).toEqual([201, 'None']);
    await storage
      .as(storage.owner, 'open')
      .getContainerClient('switched')
      .getBlockBlobClient('x')
      .upload('x', 1);
    expect((await call(`${storage.root}/open/switched/x`)).status).toBe(404);
    const changed = await manage('PUT', path, { publicAccess: 'Blob' });
    expect([changed.status, changed.body.properties.publicAccess]).toEqual([200, 'Blob']);
    expect((await call(`${storage.root}/open/switched/x`)).status).toBe(200);
    await manage('PATCH', path, { publicAccess: 'None' });
    expect((await call(`${storage.root}/open/switched/x`)).status).toBe(404);
    expect((await manage('DELETE', path)).status).toBe(200);
    expect((await manage('DELETE', path)).status).toBe(204);
    expect((await manage('GET', path)).body.error.code).toBe('ContainerNotFound');
  });

  test('rejects public access if the account forbids it, and invalid names', async () => {
    const closed = await manage('PUT', 'closed/blobServices/default/containers/switched', {
      publicAccess: 'Blob',
    });
    expect([closed.status, closed.body.error.code]).toEqual([409, 'PublicAccessNotPermitted']);
    for (const name of ['Upper', 'a--b', '-ab', 'ab'])
      expect((await manage('PUT', `open/blobServices/default/containers/${name}`, {})).status).toBe(400);
  });

  test('lists containers', async () => {
    const { body } = await manage('GET', 'open/blobServices/default/containers');
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['public', 'private']),
    );
  });
});
