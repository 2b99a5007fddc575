import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { parsePrefix, removeTrailingSlash } from '../address.ts';
import type { PublishInputs } from '../definition.ts';
import { createStorageCall, resolveAccess, type StorageAccess } from './azure/access.ts';
import { prepareAccount } from './azure/account.ts';
import { createServiceClient, openBlobStore } from './azure/blobs.ts';
import type { StoreKind } from './store.ts';

/**
 * The static website of a storage account: also public when a policy forbids public containers. Only Azure
 * knows the zone in its address.
 */
export const store: StoreKind = {
  async prepare(inputs, deps) {
    const access = await resolveAccess(inputs, deps);
    const prefix = inputs.path === undefined ? '' : `/${parsePrefix(inputs.path)}`;
    const { website, endpoint, isNew } = await findEndpoints(access, inputs, deps);
    await enableWebsite(endpoint, access, inputs, isNew, deps);
    const issuerUrl = website === undefined ? undefined : `${removeTrailingSlash(website)}${prefix}/`;
    const place = { issuerUrl, location: `${endpoint}/$web${prefix}`, isNew };
    return { place, store: openBlobStore(place, access, inputs, deps) };
  },
  async open(place, inputs, deps) {
    return openBlobStore(place, await resolveAccess(inputs, deps), inputs, deps);
  },
};

interface Endpoints {
  readonly website: string | undefined;
  readonly endpoint: string;
  readonly isNew: boolean;
}

async function findEndpoints(access: StorageAccess, inputs: PublishInputs, deps: Deps): Promise<Endpoints> {
  const { resourceGroup } = inputs;
  if (resourceGroup === undefined) {
    if (inputs.issuerUrl === undefined) throw new FederationError('issuer-url-missing', {});
    return { website: undefined, endpoint: access.blobEndpoint, isNew: false };
  }
  const needs = { publicContainers: false };
  const { endpoints, isNew } = await prepareAccount(access, { ...inputs, resourceGroup }, needs, deps);
  const { blob, web } = endpoints ?? {};
  if (web === undefined) throw new FederationError('static-website-unsupported', { account: access.account });
  return { website: web, endpoint: removeTrailingSlash(blob ?? access.blobEndpoint), isNew };
}

async function enableWebsite(
  endpoint: string,
  access: StorageAccess,
  inputs: PublishInputs,
  isNew: boolean,
  deps: Deps,
): Promise<void> {
  const call = createStorageCall(access, inputs, isNew, deps);
  const service = createServiceClient(endpoint, access);
  const website = `the static website of ${access.account}`;
  const { staticWebsite } = await call(`read the settings of ${website}`, () => service.getProperties());
  if (staticWebsite?.enabled) {
    deps.log.info(`The static website of ${access.account} is already enabled`);
    return;
  }
  await call(`enable ${website}`, () => service.setProperties({ staticWebsite: { enabled: true } }));
  deps.log.info(`Enabled ${website}`);
}
