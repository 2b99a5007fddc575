import { BlobServiceClient } from '@azure/storage-blob';
import { type Call, readRegion } from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { parsePrefix, withoutSlash } from '../address.ts';
import { createStorageCall, type StorageAccess, storageAccess } from '../azure/access.ts';
import { ensureAccount, managedAccount } from '../azure/account.ts';
import { blobOptions, blobStore } from '../azure/blobs.ts';
import type { IssuerStore, Place, PublishInputs, StoreKind } from '../store.ts';

/** The static website of a storage account: public also where public containers are forbidden. Its address holds a zone that only Azure knows. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const access = await storageAccess(inputs, deps);
    const prefix = inputs.path === undefined ? '' : `/${parsePrefix(inputs.path)}`;
    const { website, endpoint, isNew } = await addresses(access, inputs, deps);
    await enableWebsite(endpoint, access, createStorageCall(access, inputs, isNew, deps), deps);
    const issuerUrl = website === undefined ? undefined : `${withoutSlash(website)}${prefix}/`;
    const place = { issuerUrl, location: `${endpoint}/$web${prefix}`, isNew };
    return { place, store: storeAt(place, access, inputs, deps) };
  },
  async open(place, inputs, deps) {
    return storeAt(place, await storageAccess(inputs, deps), inputs, deps);
  },
};

function storeAt(place: Place, access: StorageAccess, inputs: PublishInputs, deps: Deps): IssuerStore {
  return blobStore(place.location, access, createStorageCall(access, inputs, place.isNew, deps), deps);
}

interface Addresses {
  readonly website: string | undefined;
  readonly endpoint: string;
  readonly isNew: boolean;
}

async function addresses(access: StorageAccess, inputs: PublishInputs, deps: Deps): Promise<Addresses> {
  const { resourceGroup } = inputs;
  if (resourceGroup === undefined) {
    if (inputs.issuerUrl !== undefined)
      return { website: undefined, endpoint: access.blobEndpoint, isNew: false };
    throw new FederationError(
      `failed to find the static website of ${access.account}: its address is not known`,
      {
        code: 'issuer-url-missing',
        hint: 'Set resource-group, so that the address is read from the account, or set issuer-url to it:\n  az storage account show --name ACCOUNT --query primaryEndpoints.web',
      },
    );
  }
  const azure = await access.signIn();
  const target = { resourceGroup, name: access.account };
  const managed = managedAccount(azure, target, createStorageCall(access, inputs, false, deps), deps);
  const sharedKey = inputs.storageAccountKey !== undefined || inputs.storageConnectionString !== undefined;
  const needs = { publicContainers: false, sharedKey };
  const { account, isNew } = await ensureAccount(managed, inputs, needs, () =>
    readRegion(azure, resourceGroup, managed.call, deps),
  );
  const { blob, web } = account.primaryEndpoints ?? {};
  if (web === undefined) {
    throw new FederationError('static-website-unsupported', { account: access.account });
  }
  return { website: web, endpoint: withoutSlash(blob ?? access.blobEndpoint), isNew };
}

async function enableWebsite(endpoint: string, access: StorageAccess, call: Call, deps: Deps): Promise<void> {
  const service = new BlobServiceClient(endpoint, access.credential, blobOptions(access));
  const { staticWebsite } = await call(`look at the static website of ${access.account}`, () =>
    service.getProperties(),
  );
  if (staticWebsite?.enabled) {
    deps.log.info(`the static website of ${access.account} is enabled`);
    return;
  }
  await call(`enable the static website of ${access.account}`, () =>
    service.setProperties({ staticWebsite: { enabled: true } }),
  );
  deps.log.info(`enabled the static website of ${access.account}`);
}
