import { BlobServiceClient } from '@azure/storage-blob';
import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { parsePrefix, withoutSlash } from '../address.ts';
import { type StorageAccess, storageAccess } from '../azure/access.ts';
import { ensureAccount, managedAccount } from '../azure/account.ts';
import { blobOptions, blobStore } from '../azure/blobs.ts';
import { type Call, callsAbout } from '../azure/calls.ts';
import { regionOf } from '../azure/region.ts';
import type { IssuerStore, Place, PublishInputs, StoreKind } from '../store.ts';

/** The static website of a storage account: public also where public containers are forbidden. Its address holds a zone that only Azure knows. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const access = await storageAccess(inputs, deps);
    const prefix = inputs.path === undefined ? '' : `/${parsePrefix(inputs.path)}`;
    const { website, endpoint, isNew } = await addresses(access, inputs, deps);
    await enableWebsite(endpoint, access, callsFor(access, inputs, isNew, deps), deps);
    const issuerUrl = website === undefined ? undefined : `${withoutSlash(website)}${prefix}/`;
    const place = { issuerUrl, location: `${endpoint}/$web${prefix}`, isNew };
    return { place, store: storeAt(place, access, inputs, deps) };
  },
  async open(place, inputs, deps) {
    return storeAt(place, await storageAccess(inputs, deps), inputs, deps);
  },
};

function storeAt(place: Place, access: StorageAccess, inputs: PublishInputs, deps: Deps): IssuerStore {
  return blobStore(place.location, access, callsFor(access, inputs, place.isNew, deps), deps);
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
  const managed = managedAccount(azure, target, callsFor(access, inputs, false, deps), deps);
  const sharedKey = inputs.storageAccountKey !== undefined || inputs.storageConnectionString !== undefined;
  const needs = { publicContainers: false, sharedKey };
  const { account, isNew } = await ensureAccount(managed, inputs, needs, () =>
    regionOf(azure, resourceGroup, deps),
  );
  const { blob, web } = account.primaryEndpoints ?? {};
  if (web === undefined) {
    throw new FederationError(
      `failed to find the static website of ${access.account}: the account has none`,
      {
        code: 'static-website-unsupported',
        hint: 'Only accounts of the kinds StorageV2 and BlockBlobStorage have one. Choose another storage-account.',
      },
    );
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

function callsFor(access: StorageAccess, inputs: PublishInputs, isNew: boolean, deps: Deps): Call {
  return callsAbout(
    { account: access.account, resourceGroup: inputs.resourceGroup, isNew },
    inputs.propagationTimeout,
    deps,
  );
}
