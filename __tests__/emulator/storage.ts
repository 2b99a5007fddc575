import { BlobServiceClient } from '@azure/storage-blob';
import { type Answer, clientId, startTenant, type Tenant } from './tenant.ts';

const deployer = 'a1d0c2e4-58f3-4b1c-9a77-3f0e6b9d2c15';

/**
 * An emulator with two storage accounts: `open` with a public, a listed and a private container, and `closed`
 * with a private one, which forbids public access and keys. The workload can read blobs of `open`.
 */
export interface Storage {
  readonly tenant: Tenant;
  /** URL before the paths of blobs. */
  readonly root: string;
  /** A token of the job's application, which has the role Storage Blob Data Contributor. */
  readonly owner: string;
  /** Creates a client for the blobs of an account, with a token. */
  as(token: string, account: string): BlobServiceClient;
  close(): Promise<void>;
}

export async function startStorage(): Promise<Storage> {
  const containers = [
    { name: 'public', publicAccess: 'Blob', blobs: { 'a/b': '{"a":"b"}' } },
    { name: 'listed', publicAccess: 'Container', blobs: { one: '1' } },
    { name: 'private', blobs: { secret: '"s"' } },
  ] as const;
  const inGroup = { resourceGroup: 'federation' };
  const closed = { allowSharedKeyAccess: false, containers: containers.slice(2) };
  const openScope = '/resourceGroups/federation/providers/Microsoft.Storage/storageAccounts/open';
  const tenant = await startTenant({
    storage: true,
    seed: {
      storageAccounts: [
        { name: 'open', ...inGroup, allowBlobPublicAccess: true, containers },
        { name: 'closed', ...inGroup, ...closed },
      ],
      roleAssignments: [
        { role: 'Owner', clientId: deployer, scope: '' },
        { role: 'Storage Blob Data Contributor', clientId: deployer, scope: '' },
        { role: 'Storage Blob Data Reader', clientId, scope: openScope },
      ],
    },
  });
  const root = tenant.emulator.azure.urls.blob;
  return {
    tenant,
    root,
    owner: await tenant.token('https://storage.azure.com'),
    as: (token, account) => blobsByToken(`${root}/${account}`, token),
    close: tenant.close,
  };
}

function blobsByToken(url: string, token: string): BlobServiceClient {
  return new BlobServiceClient(
    url,
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    { retryOptions: { maxTries: 1 } },
  );
}

/** Returns status and code of an error. */
export function errorCode({ status, headers }: Answer) {
  return [status, headers.get('x-ms-error-code')];
}

/** Returns status and code of the error that a blob client throws. */
export function refusal(promise: Promise<unknown>) {
  return promise.then(
    () => 'done',
    // A response to HEAD has no body, so the code is in a header.
    ({ statusCode, code, details }) => [statusCode, details?.errorCode ?? code],
  );
}
