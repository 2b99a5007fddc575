import type { ContainerClient } from '@azure/storage-blob';
import type { Call } from '../../azure/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { documentPaths, parsePrefix, removeTrailingSlash } from '../address.ts';
import type { PublishInputs } from '../definition.ts';
import { createStorageCall, resolveAccess, type StorageAccess } from './azure/access.ts';
import { prepareAccount } from './azure/account.ts';
import { createServiceClient, openBlobStore } from './azure/blobs.ts';
import { ensurePublicContainer, manageContainer, openContainer } from './azure/container.ts';
import type { StoreKind } from './store.ts';

/** A public container of a storage account: `https://ACCOUNT.blob.core.windows.net/CONTAINER/`. */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const access = await resolveAccess(inputs, deps);
    const prefix = inputs.path === undefined ? '' : `/${parsePrefix(inputs.path)}`;
    const { endpoint, isNew } = await prepareContainer(access, inputs, deps);
    const location = `${endpoint}/${inputs.container}${prefix}`;
    const place = { issuerUrl: `${location}/`, location, isNew };
    return { place, store: openBlobStore(place, access, inputs, deps) };
  },
  async open(place, inputs, deps) {
    return openBlobStore(place, await resolveAccess(inputs, deps), inputs, deps);
  },
};

interface Prepared {
  readonly endpoint: string;
  readonly isNew: boolean;
}

// Without a resource group, only the key of the account allows to create a container and to make it public.
async function prepareContainer(access: StorageAccess, inputs: PublishInputs, deps: Deps): Promise<Prepared> {
  const { container, resourceGroup } = inputs;
  if (resourceGroup !== undefined) {
    const needs = { publicContainers: true };
    const prepared = await prepareAccount(access, { ...inputs, resourceGroup }, needs, deps);
    const { managed, endpoints, isNew } = prepared;
    const endpoint = removeTrailingSlash(endpoints?.blob ?? access.blobEndpoint);
    const client = createServiceClient(endpoint, access).getContainerClient(container);
    const findOther = () => findOtherBlob(client, inputs, managed.call);
    await ensurePublicContainer(container, manageContainer(managed, container), findOther, managed);
    return { endpoint, isNew };
  }
  const endpoint = access.blobEndpoint;
  if (access.usesKey) {
    const call = createStorageCall(access, inputs, false, deps);
    const client = createServiceClient(endpoint, access).getContainerClient(container);
    const findOther = () => findOtherBlob(client, inputs, call);
    await ensurePublicContainer(container, openContainer(client, deps), findOther, { call, deps });
  }
  return { endpoint, isNew: false };
}

/** Returns the name of a blob that is not a document of the issuer; undefined if they all are. */
async function findOtherBlob(
  client: ContainerClient,
  { container, path }: PublishInputs,
  call: Call,
): Promise<string | undefined> {
  const prefix = path === undefined ? '' : `${parsePrefix(path)}/`;
  const own = new Set(Object.values(documentPaths).map((document) => `${prefix}${document}`));
  return call(`list the blobs of the container ${container}`, async () => {
    for await (const { name } of client.listBlobsFlat()) if (!own.has(name)) return name;
    return undefined;
  });
}
