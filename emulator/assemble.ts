import { getCACertificates } from 'node:tls';
import { createResourceManagerHandler } from './arm/index.ts';
import { Resources, type StorageAccount } from './arm/resources.ts';
import type { Azure } from './azure.ts';
import type { Behaviour } from './behaviour.ts';
import { AccessTokens, createSigner } from './entra/access-tokens.ts';
import { createAuthorityHandler } from './entra/authority.ts';
import { Directory } from './entra/directory.ts';
import { IssuerDocuments } from './entra/issuer-documents.ts';
import { createGraphHandler } from './graph/index.ts';
import type { Handler, Service } from './http/exchange.ts';
import { createStreamHandler, type Listener, listen, type Surroundings } from './http/listener.ts';
import { findByName } from './items.ts';
import type { State } from './state.ts';
import { startAzurite } from './storage/azurite.ts';
import { createBlobHandler } from './storage/blob-listener.ts';
import { Storage } from './storage/storage.ts';
import { createWebsiteHandler } from './storage/website.ts';
import { createSecretVersion, createVaultHandler } from './vault/vault.ts';

/** The parts of an emulated cloud. */
export interface Parts {
  readonly state: State;
  readonly behaviour: Behaviour;
  readonly surroundings: Surroundings;
  /** PEM certificates of CAs that issuers may use, in addition to the emulator's own and the public ones. */
  readonly trustedCertificates: readonly string[];
  /** Undefined runs without Azurite. */
  readonly azurite: { readonly directory: string; readonly packages: string } | undefined;
}

/** Creates the cloud with its resources and tokens. Only the websites of storage accounts listen yet. */
export async function createAzure(parts: Parts): Promise<Azure> {
  const { state, behaviour, surroundings } = parts;
  const { certificates, clock } = surroundings;
  const { tenant, subscription } = state;
  const resources = createResources(state, clock.now());
  const findAccount = (name: string): StorageAccount | undefined =>
    findByName(resources.storageAccounts, name);
  const azurite = parts.azurite && (await startAzurite({ ...parts.azurite, certificates, findAccount }));
  const storage: Storage = new Storage(azurite, findAccount, (account) =>
    listen('website', createStreamHandler(createWebsiteHandler(() => storage, account)), surroundings),
  );
  const [tokenSigner, jobSigner] = await Promise.all([createSigner(), createSigner()]);
  return {
    tenant: { id: tenant.id, domain: tenant.domain, allowedIssuers: tenant.allowedIssuers },
    subscription,
    clock,
    behaviour,
    urls: { authority: '', graph: '', resourceManager: '', blob: '', vaults: new Map() },
    directory: new Directory(),
    tokens: new AccessTokens(tokenSigner, clock, tenant.id),
    documents: new IssuerDocuments(
      [certificates.authority, ...parts.trustedCertificates, ...getCACertificates('default')],
      clock,
      () => behaviour.issuerDocumentLifetimeSeconds,
    ),
    refused: new Map(),
    resources,
    storage,
    jobSigner,
  };
}

function createResources(state: State, now: number): Resources {
  const resources = new Resources({
    subscriptionId: state.subscription.id,
    takenAccountNames: state.takenStorageAccountNames,
    deniesPublicBlobAccess: state.deniesPublicBlobAccess,
  });
  resources.groups.push(...state.resourceGroups.map((group) => ({ ...group, tags: {} })));
  for (const { name, resourceGroup, secrets } of state.vaults) {
    const location = findByName(resources.groups, resourceGroup)?.location ?? 'westeurope';
    const versions = Object.entries(secrets).map(
      ([secret, value]) => [secret, [createSecretVersion(value, now)]] as const,
    );
    resources.vaults.push({ name, resourceGroup, location, tags: {}, secrets: new Map(versions) });
  }
  return resources;
}

/** Starts the listener of every service and sets the URLs of the cloud. */
export async function startListeners(
  azure: Azure,
  surroundings: Surroundings,
  listeners: Listener[],
): Promise<void> {
  const start = async (service: Service, handler: Handler) => {
    const listener = await listen(service, createStreamHandler(handler), surroundings);
    listeners.push(listener);
    return listener.url;
  };
  const { urls } = azure;
  urls.authority = await start('authority', createAuthorityHandler(azure));
  urls.graph = await start('graph', createGraphHandler(azure));
  urls.resourceManager = await start('resourceManager', createResourceManagerHandler(azure));
  for (const vault of azure.resources.vaults)
    urls.vaults.set(vault.name, await start('vault', createVaultHandler(azure, vault)));
  const blob = await listen('blob', createBlobHandler(azure), surroundings);
  listeners.push(blob);
  urls.blob = blob.url;
}
