import { randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import type { AzureEnvironment } from '../src/azure/environment.ts';
import { type Clock, systemClock } from '../src/runtime/clock.ts';
import { resourceManagerHandler } from './arm/index.ts';
import { named, Resources, type StorageAccount } from './arm/resources.ts';
import { type Azure, audiences, type Urls } from './azure.ts';
import { type Behaviour, type BehaviourOptions, behaviourFrom } from './behaviour.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { AccessTokens, makeSigner } from './entra/access-tokens.ts';
import { authorityHandler, jobIssuerPath } from './entra/authority.ts';
import { Directory } from './entra/directory.ts';
import { IssuerDocuments } from './entra/issuer-documents.ts';
import { graphHandler } from './graph/index.ts';
import type { Handler, Service } from './http/exchange.ts';
import {
  answering,
  type Listener,
  listen,
  type RecordedRequest,
  type Surroundings,
} from './http/listener.ts';
import { populate } from './populate.ts';
import { type State, stateFrom } from './state.ts';
import { type Azurite, startAzurite } from './storage/azurite.ts';
import { blobHandler } from './storage/blob-listener.ts';
import { Storage } from './storage/storage.ts';
import { websiteHandler } from './storage/website.ts';
import { newSecretVersion, vaultHandler } from './vault/vault.ts';

export type { Behaviour, BehaviourOptions, Fault } from './behaviour.ts';
export type { RecordedRequest } from './http/listener.ts';
export type { State } from './state.ts';

export interface EmulatorOptions {
  /** Where the CA, the environment file and the job's token are written. Made if absent; the caller removes it. */
  readonly directory: string;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Names and addresses that the certificate is good for. The first is the host in every URL. Default: the address listened on. */
  readonly hostnames?: readonly string[];
  /** A parsed state file, or any part of one. */
  readonly seed?: Partial<State>;
  /** Wins over the state file's. */
  readonly behaviour?: BehaviourOptions;
  readonly clock?: Clock;
  /** PEM certificates of CAs under which issuers may be served, beside the emulator's own and the public ones. */
  readonly trustedCertificates?: readonly string[];
  /** False leaves Azurite out: accounts can be made, but hold nothing. */
  readonly storage?: boolean;
  /** A folder whose `node_modules` holds azurite. Default: the current one. */
  readonly packages?: string;
  /** Told of what goes wrong inside the emulator itself. Default: standard error. */
  readonly complain?: (message: string) => void;
}

/** A running emulator. */
export interface Emulator {
  readonly environment: AzureEnvironment;
  /** `environment` as a file, for the input azure-environment. */
  readonly environmentFile: string;
  /** PEM certificate of the CA that every URL here is signed by. */
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly keyVaultUrl: string;
  readonly storageAccount: string;
  readonly resourceGroup: string;
  /** The application that the job signs in as. */
  readonly jobClientId: string;
  /** File with the job's federated token, for AZURE_FEDERATED_TOKEN_FILE. Mode 0600, good for a day. */
  readonly jobTokenFile: string;
  /** Every request so far, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** May be changed while the emulator runs: delays, and faults that are yet to come. */
  readonly behaviour: Behaviour;
  /** The emulated cloud itself, for tests that look behind the wire. */
  readonly azure: Azure;
  close(): Promise<void>;
}

const jobTokenSeconds = 86_400;

// Nobody can be sent to 0.0.0.0 or ::, so URLs carry an address of this machine.
function reachableAddress(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const addresses = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}

/** Starts an Azure of its own: Entra, Graph, Resource Manager, Key Vault and Blob Storage, each on a free port, by https. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const state = stateFrom(options.seed ?? {});
  const host = options.host ?? '127.0.0.1';
  const hostnames = options.hostnames?.length ? options.hostnames : [reachableAddress(host)];
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  // Loopback is always among the names: Azurite is reached there, whatever the others are.
  const certificates = await makeCertificates([...new Set([...hostnames, '127.0.0.1', 'localhost'])]);
  const behaviour = behaviourFrom({ ...state.behaviour, ...options.behaviour });
  const requests: RecordedRequest[] = [];
  const surroundings: Surroundings = {
    host,
    hostname: hostnames[0] ?? host,
    certificates,
    clock: options.clock ?? systemClock,
    faults: { faults: behaviour.faults, calls: new Map() },
    record: (request) => void requests.push(request),
    complain: options.complain ?? ((message) => void process.stderr.write(`${message}\n`)),
  };
  const listeners: Listener[] = [];
  const close = async (azure?: Azure) => {
    await Promise.all(listeners.map((listener) => listener.close()));
    await azure?.storage.close();
  };
  let azure: Azure | undefined;
  try {
    azure = await makeAzure(options, state, surroundings, behaviour);
    await startListeners(azure, surroundings, listeners);
    await populate(azure, state);
    const files = await writeFiles(options.directory, azure, state, certificates);
    const running = azure;
    return {
      ...files,
      tenantId: state.tenant.id,
      subscriptionId: state.subscription.id,
      keyVaultUrl: azure.urls.vaults.get(state.hints.vault) ?? '',
      storageAccount: state.hints.storageAccount,
      resourceGroup: state.hints.resourceGroup,
      jobClientId: state.job.clientId,
      requests,
      behaviour,
      azure,
      close: () => close(running),
    };
  } catch (error) {
    await close(azure);
    throw error;
  }
}

async function makeAzure(
  options: EmulatorOptions,
  state: State,
  surroundings: Surroundings,
  behaviour: Behaviour,
): Promise<Azure> {
  const { certificates, clock } = surroundings;
  const { tenant, subscription } = state;
  const resources = new Resources({
    subscriptionId: subscription.id,
    takenAccountNames: state.takenStorageAccountNames,
    deniesPublicBlobAccess: state.deniesPublicBlobAccess,
  });
  resources.groups.push(...state.resourceGroups.map((group) => ({ ...group, tags: {} })));
  for (const { name, resourceGroup, secrets } of state.vaults) {
    const location = named(resources.groups, resourceGroup)?.location ?? 'westeurope';
    const versions = Object.entries(secrets).map(
      ([secret, value]) => [secret, [newSecretVersion(value, clock.now())]] as const,
    );
    resources.vaults.push({ name, resourceGroup, location, tags: {}, secrets: new Map(versions) });
  }
  const findAccount = (name: string): StorageAccount | undefined => named(resources.storageAccounts, name);
  const azurite: Azurite | undefined =
    options.storage === false
      ? undefined
      : await startAzurite({
          directory: options.directory,
          packages: options.packages ?? process.cwd(),
          certificates,
          findAccount,
        });
  const storage: Storage = new Storage(azurite, findAccount, (account) =>
    listen('website', answering(websiteHandler(() => storage, account)), surroundings),
  );
  const [tokenSigner, jobSigner] = await Promise.all([makeSigner(), makeSigner()]);
  return {
    tenant: { id: tenant.id, domain: tenant.domain, allowedIssuers: tenant.allowedIssuers },
    subscription,
    clock,
    behaviour,
    urls: { authority: '', graph: '', resourceManager: '', blob: '', vaults: new Map() },
    directory: new Directory(),
    tokens: new AccessTokens(tokenSigner, clock, tenant.id),
    documents: new IssuerDocuments(
      [certificates.authority, ...(options.trustedCertificates ?? []), ...getCACertificates('default')],
      clock,
      () => behaviour.issuerDocumentLifetimeSeconds,
    ),
    refused: new Map(),
    resources,
    storage,
    jobSigner,
  };
}

async function startListeners(
  azure: Azure,
  surroundings: Surroundings,
  listeners: Listener[],
): Promise<void> {
  const start = async (service: Service, handler: Handler) => {
    const listener = await listen(service, answering(handler), surroundings);
    listeners.push(listener);
    return listener.url;
  };
  const urls: Urls = azure.urls;
  urls.authority = await start('authority', authorityHandler(azure));
  urls.graph = await start('graph', graphHandler(azure));
  urls.resourceManager = await start('resourceManager', resourceManagerHandler(azure));
  for (const vault of azure.resources.vaults)
    urls.vaults.set(vault.name, await start('vault', vaultHandler(azure, vault)));
  const blob = await listen('blob', blobHandler(azure), surroundings);
  listeners.push(blob);
  urls.blob = blob.url;
}

async function writeFiles(
  directory: string,
  azure: Azure,
  state: State,
  certificates: Certificates,
): Promise<Pick<Emulator, 'environment' | 'environmentFile' | 'caFile' | 'jobTokenFile'>> {
  const caFile = join(directory, 'ca.pem');
  const environmentFile = join(directory, 'azure-environment.json');
  const jobTokenFile = join(directory, 'job-token');
  const environment = environmentOf(azure, caFile);
  await writeFile(caFile, certificates.authority);
  await writeFile(environmentFile, `${JSON.stringify(environment, null, 2)}\n`);
  await writeFile(jobTokenFile, jobToken(azure, state), { mode: 0o600 });
  await chmod(jobTokenFile, 0o600); // a file that was there keeps its old mode otherwise
  return { environment, environmentFile, caFile, jobTokenFile };
}

function environmentOf({ urls }: Azure, caFile: string): AzureEnvironment {
  return {
    name: 'emulator',
    authority: urls.authority,
    graph: urls.graph,
    graphAudience: audiences.graph[0],
    resourceManager: urls.resourceManager,
    resourceManagerAudience: audiences.resourceManager[0],
    // A vault that is not seeded has no address, as on Azure.
    vault: 'https://{name}.vault.emulator.invalid',
    vaults: Object.fromEntries(urls.vaults),
    vaultAudience: audiences.vault[0],
    blob: `${urls.blob}/{name}`,
    storageAudience: audiences.storage[0],
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    webhookEnvironment: 'AzureStackCloud',
    caFile,
  };
}

function jobToken({ jobSigner, urls, clock }: Azure, { job }: State): string {
  const now = Math.floor(clock.now());
  return jobSigner.sign({
    iss: `${urls.authority}${jobIssuerPath}`,
    sub: job.subject,
    aud: 'api://AzureADTokenExchange',
    iat: now,
    nbf: now,
    exp: now + jobTokenSeconds,
    jti: randomUUID(),
  });
}
