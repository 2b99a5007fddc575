import { type StorageAccount, StorageManagementClient } from '@azure/arm-storage';
import { type Azure, type Call, readRefusal, requireSubscription } from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { PublishInputs } from '../store.ts';

/** The storage account as Resource Manager knows it. */
export interface ManagedAccount {
  readonly client: StorageManagementClient;
  readonly resourceGroup: string;
  readonly name: string;
  readonly call: Call;
  readonly deps: Deps;
}

/** What the account is for. */
export interface AccountNeeds {
  /** Containers of it must be allowed to be public. */
  readonly publicContainers: boolean;
  /** The documents are written with its key. */
  readonly sharedKey: boolean;
}

/** Resource Manager for one account; nothing is sent before it is used. Throws FederationError `subscription-missing`. */
export function managedAccount(
  azure: Azure,
  target: { readonly resourceGroup: string; readonly name: string },
  call: Call,
  deps: Deps,
): ManagedAccount {
  const { environment, credential } = azure;
  const subscriptionId = requireSubscription(azure, `find the storage account ${target.name}`);
  const client = new StorageManagementClient(credential, subscriptionId, {
    endpoint: environment.resourceManager,
    credentials: { scopes: [`${environment.resourceManagerAudience}/.default`] },
    retryOptions: { maxRetries: 0 },
  });
  return { client, ...target, call, deps };
}

/** The account, created where it is absent and the inputs allow that, checked where it is there. Its settings are never changed. */
export async function ensureAccount(
  managed: ManagedAccount,
  inputs: PublishInputs,
  needs: AccountNeeds,
  regionOfGroup: () => Promise<string>,
): Promise<{ readonly account: StorageAccount; readonly isNew: boolean }> {
  const { name, resourceGroup, deps } = managed;
  const existing = await findAccount(managed);
  if (existing !== undefined) {
    checkAccount(existing, name, needs, deps);
    return { account: existing, isNew: false };
  }
  if (!inputs.createStorageAccount) {
    const answer = `the resource group ${resourceGroup} does not contain it`;
    throw new FederationError('storage-account-missing', {
      action: `find the storage account ${name}`,
      answer,
    });
  }
  const raced = await refuseTakenName(managed);
  if (raced !== undefined) return { account: raced, isNew: true };
  const location = inputs.location ?? (await regionOfGroup());
  const account = await createAccount(managed, location, needs);
  return { account, isNew: true };
}

async function findAccount({
  client,
  resourceGroup,
  name,
  call,
  deps,
}: ManagedAccount): Promise<StorageAccount | undefined> {
  return call(`look for the storage account ${name}`, () =>
    unlessAbsent(client.storageAccounts.getProperties(resourceGroup, name), deps),
  );
}

// Another job may have created the account between our look and this check: then it is found now.
async function refuseTakenName(managed: ManagedAccount): Promise<StorageAccount | undefined> {
  const { client, name, call, deps } = managed;
  const answer = await call(`check whether the name ${name} is free`, () =>
    client.storageAccounts
      .checkNameAvailability({ name, type: 'Microsoft.Storage/storageAccounts' })
      .catch((error: unknown) => {
        // The check is an action on the subscription, which no role on the group includes. Creation refuses a taken name as well.
        if (readRefusal(error, deps.clock)?.codes.includes('AuthorizationFailed')) return undefined;
        throw error;
      }),
  );
  if (answer === undefined || answer.nameAvailable) return undefined;
  const raced = await findAccount(managed);
  if (raced !== undefined) return raced;
  const action = `create the storage account ${name}`;
  throw new FederationError('storage-account-name-taken', {
    action,
    answer: answer.message ?? 'the name is taken',
  });
}

async function createAccount(
  managed: ManagedAccount,
  location: string,
  needs: AccountNeeds,
): Promise<StorageAccount> {
  const { client, resourceGroup, name, call, deps } = managed;
  deps.log.info(`creating the storage account ${name} in ${location} (resource group ${resourceGroup}) …`);
  const account = await call(`create the storage account ${name}`, async () => {
    const poller = client.storageAccounts.create(
      resourceGroup,
      name,
      {
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
        location,
        tags: { 'created-by': 'entra-kubernetes-federation', purpose: 'oidc-issuer' },
        allowBlobPublicAccess: needs.publicContainers,
        allowSharedKeyAccess: needs.sharedKey,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: 'TLS1_2',
      },
      { updateIntervalInMs: 2000 },
    );
    poller.onProgress(({ status }) => deps.log.debug(`the storage account ${name} is ${status}`));
    return poller.pollUntilDone();
  });
  deps.log.info(`created the storage account ${name}`);
  return account;
}

function checkAccount(account: StorageAccount, name: string, needs: AccountNeeds, deps: Deps): void {
  const action = `use the storage account ${name}`;
  if (needs.publicContainers && account.allowBlobPublicAccess === false) {
    throw new FederationError('public-access-forbidden', {
      action,
      answer: 'it does not allow public access to blobs',
    });
  }
  if (account.publicNetworkAccess === 'Disabled' || account.networkRuleSet?.defaultAction === 'Deny') {
    const answer = 'its network rules block Entra ID';
    throw new FederationError('storage-firewalled', { action, answer, account: name });
  }
  deps.log.info(`the storage account ${name} is there and fits`);
}

/** The container with public level `blob`, created where it is absent. An existing private one with other blobs in it is left alone. */
export async function ensurePublicContainer(
  { client, resourceGroup, name, call, deps }: ManagedAccount,
  container: string,
  holdsForeignBlobs: () => Promise<string | undefined>,
): Promise<void> {
  const operations = client.blobContainers;
  const existing = await call(`look for the container ${container}`, () =>
    unlessAbsent(operations.get(resourceGroup, name, container), deps),
  );
  if (existing?.publicAccess === 'Blob' || existing?.publicAccess === 'Container') {
    deps.log.info(`the container ${container} is there and public (${existing.publicAccess.toLowerCase()})`);
    return;
  }
  if (existing === undefined) {
    await call(`create the container ${container}`, () =>
      operations.create(resourceGroup, name, container, { publicAccess: 'Blob' }),
    );
    deps.log.info(`created the container ${container} with public level blob`);
    return;
  }
  refuseForeignBlobs(container, await holdsForeignBlobs());
  await call(`make the container ${container} public`, () =>
    operations.update(resourceGroup, name, container, { publicAccess: 'Blob' }),
  );
  deps.log.info(`set the public level of the container ${container} to blob`);
}

/** Throws FederationError `container-private` when making the container public would show somebody else's blob. */
export function refuseForeignBlobs(container: string, foreign: string | undefined): void {
  if (foreign === undefined) return;
  throw new FederationError('container-private', { container, blob: foreign });
}

async function unlessAbsent<T>(request: Promise<T>, deps: Deps): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    const { status, codes = [] } = readRefusal(error, deps.clock) ?? {};
    const isAbsent = codes.includes('ResourceNotFound') || codes.includes('ContainerNotFound');
    if (status === 404 && isAbsent) return undefined;
    throw error;
  }
}
