import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Given, get, type KeyFile, keyFile, publish, temporaryFolder } from './support.ts';

const name = 'keyedissuer';
let folder: string;
let emulator: Emulator;
let deps: TestDeps;
let key: KeyFile;
let accountKey: string;
let given: Given;
beforeAll(async () => {
  folder = temporaryFolder();
  emulator = await startEmulator({
    directory: folder,
    seed: {
      storageAccounts: [
        {
          name,
          resourceGroup: 'federation',
          allowBlobPublicAccess: true,
          allowSharedKeyAccess: true,
          containers: [
            { name: 'private', publicAccess: 'None' },
            { name: 'payroll', publicAccess: 'None', blobs: { 'payroll.xlsx': 'x' } },
          ],
        },
      ],
    },
  });
  key = keyFile(folder);
  accountKey = emulator.azure.resources.storageAccounts[0]?.keys[0] ?? '';
  given = { 'azure-environment': emulator.environmentFile, 'public-key-file': key.file };
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  deps = testDeps();
});

describe('publish-issuer with the key of the storage account', () => {
  test('creates the container and the documents without signing in, and masks the key', async () => {
    const keyed = { ...given, 'storage-account': name, 'storage-account-key': accountKey };
    const made = await publish(keyed, deps);
    expect(made).toMatchObject({
      changed: true,
      issuerUrl: `${emulator.environment.blob.replace('{name}', name)}/oidc/`,
    });
    expect((await get(made.jwksUrl)).body).toMatchObject({ keys: [{ kid: key.kid }] });
    expect(deps.masked).toContain(accountKey);
    expect(await publish(keyed, deps)).toMatchObject({ changed: false });
    expect(new Set(emulator.requests.map(({ service }) => service))).toEqual(new Set(['blob']));
  });

  test('makes an existing private container public if it contains nothing else', async () => {
    const keyed = { ...given, 'storage-account': name, 'storage-account-key': accountKey };
    expect(await publish({ ...keyed, container: 'private' }, deps)).toMatchObject({ changed: true });
    await expect(publish({ ...keyed, container: 'payroll' }, deps)).rejects.toMatchObject({
      code: 'container-private',
    });
  });

  test('reads account, key and endpoint from a connection string', async () => {
    const endpoint = emulator.environment.blob.replace('{name}', name);
    const connection = `DefaultEndpointsProtocol=https;AccountName=${name};AccountKey=${accountKey};BlobEndpoint=${endpoint}/;`;
    const made = await publish(
      { ...given, 'storage-connection-string': connection, container: 'connected' },
      deps,
    );
    expect(made.issuerUrl).toBe(`${endpoint}/connected/`);
    expect(deps.masked).toEqual(expect.arrayContaining([connection, accountKey]));
  });

  test.each([
    ['AccountName=abc', 'contains no AccountName and AccountKey'],
    ['AccountName=A_B;AccountKey=eA==', 'contains no AccountName and AccountKey'],
    [
      'BlobEndpoint=https://abc.blob.core.windows.net/;SharedAccessSignature=sv=1',
      'contains no AccountName and AccountKey',
    ],
    ['AccountName=other;AccountKey=eA==;EndpointSuffix=core.windows.net', 'is for the account other'],
  ])('rejects the connection string %j', async (connection, words) => {
    await expect(
      publish({ ...given, 'storage-account': name, 'storage-connection-string': connection }, deps),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(words) });
  });

  test('reports a wrong key', async () => {
    const wrong = {
      ...given,
      'storage-account': name,
      'storage-account-key': Buffer.from('wrong').toString('base64'),
    };
    await expect(publish(wrong, deps)).rejects.toMatchObject({ code: 'storage-sign-in-refused' });
  });
});
