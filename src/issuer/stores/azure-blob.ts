import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { type Call, readRefusal, readRegion } from '../../azure/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { documentPaths, parsePrefix, withoutSlash } from '../address.ts';
import { createStorageCall, type StorageAccess, storageAccess } from '../azure/access.ts';
import {
  ensureAccount,
  ensurePublicContainer,
  managedAccount,
  refuseForeignBlobs,
} from '../azure/account.ts';
import { blobOptions, blobStore } from '../azure/blobs.ts';
import type { IssuerStore, Place, PublishInputs, StoreKind } from '../store.ts';

/** A container of a storage account with public level `blob`: `https://ACCOUNT.blob.core.windows.net/CONTAINER/`. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const access = await storageAccess(inputs, deps);
    const prefix = inputs.path === undefined ? '' : `/${parsePrefix(inputs.path)}`;
    const { endpoint, isNew } =
      inputs.resourceGroup === undefined
        ? await prepareWithoutManager(access, inputs, deps)
        : await prepareWithManager(access, inputs.resourceGroup, inputs, deps);
    const location = `${endpoint}/${inputs.container}${prefix}`;
    const place = { issuerUrl: `${location}/`, location, isNew };
    return { place, store: storeAt(place, access, inputs, deps) };
  },
  async open(place, inputs, deps) {
    return storeAt(place, await storageAccess(inputs, deps), inputs, deps);
  },
};

function storeAt(place: Place, access: StorageAccess, inputs: PublishInputs, deps: Deps): IssuerStore {
  return blobStore(place.location, access, createStorageCall(access, inputs, place.isNew, deps), deps);
}

interface Prepared extends Pick<Place, 'isNew'> {
  readonly endpoint: string;
}

async function prepareWithManager(
  access: StorageAccess,
  resourceGroup: string,
  inputs: PublishInputs,
  deps: Deps,
): Promise<Prepared> {
  const azure = await access.signIn();
  const target = { resourceGroup, name: access.account };
  const managed = managedAccount(azure, target, createStorageCall(access, inputs, false, deps), deps);
  const needs = { publicContainers: true, sharedKey: usesKey(inputs) };
  const { account, isNew } = await ensureAccount(managed, inputs, needs, () =>
    readRegion(azure, resourceGroup, managed.call, deps),
  );
  const endpoint = withoutSlash(account.primaryEndpoints?.blob ?? access.blobEndpoint);
  const call = createStorageCall(access, inputs, isNew, deps);
  const container = containerAt(endpoint, access, inputs);
  await ensurePublicContainer({ ...managed, call }, inputs.container, () =>
    foreignBlob(container, inputs, call),
  );
  return { endpoint, isNew };
}

// With the account's key the container can be made public without Resource Manager; with Entra ID sign-in Storage refuses that.
async function prepareWithoutManager(
  access: StorageAccess,
  inputs: PublishInputs,
  deps: Deps,
): Promise<Prepared> {
  const endpoint = access.blobEndpoint;
  if (!usesKey(inputs)) return { endpoint, isNew: false };
  const call = createStorageCall(access, inputs, false, deps);
  const container = containerAt(endpoint, access, inputs);
  const level = await call(`look for the container ${inputs.container}`, async () => {
    try {
      return (await container.getProperties()).blobPublicAccess ?? 'none';
    } catch (error) {
      if (readRefusal(error, deps.clock)?.status === 404) return undefined;
      throw error;
    }
  });
  if (level === undefined) {
    await call(`create the container ${inputs.container}`, () =>
      container.createIfNotExists({ access: 'blob' }),
    );
    deps.log.info(`created the container ${inputs.container} with public level blob`);
  } else if (level === 'none') {
    refuseForeignBlobs(inputs.container, await foreignBlob(container, inputs, call));
    await call(`make the container ${inputs.container} public`, () => container.setAccessPolicy('blob'));
    deps.log.info(`set the public level of the container ${inputs.container} to blob`);
  } else {
    deps.log.info(`the container ${inputs.container} is there and public (${level})`);
  }
  return { endpoint, isNew: false };
}

function containerAt(endpoint: string, access: StorageAccess, inputs: PublishInputs): ContainerClient {
  return new BlobServiceClient(endpoint, access.credential, blobOptions(access)).getContainerClient(
    inputs.container,
  );
}

/** The name of a blob in the container that is none of the issuer's; undefined where there is none. */
async function foreignBlob(
  container: ContainerClient,
  inputs: PublishInputs,
  call: Call,
): Promise<string | undefined> {
  const prefix = inputs.path === undefined ? '' : `${parsePrefix(inputs.path)}/`;
  const own = new Set(Object.values(documentPaths).map((path) => `${prefix}${path}`));
  return call(`list the container ${inputs.container}`, async () => {
    for await (const { name } of container.listBlobsFlat()) if (!own.has(name)) return name;
    return undefined;
  });
}

function usesKey(inputs: PublishInputs): boolean {
  return inputs.storageAccountKey !== undefined || inputs.storageConnectionString !== undefined;
}
