import { type StorageAccount, StorageManagementClient } from '@azure/arm-storage';
import { type Call, readRefusal, readRegion, requireSubscription } from '../../../azure/index.ts';
import { FederationError } from '../../../errors/index.ts';
import type { Deps } from '../../../runtime/index.ts';
import type { PublishInputs } from '../../definition.ts';
import { createStorageCall, type StorageAccess } from './access.ts';

/** A storage account as Resource Manager manages it. */
export interface ManagedAccount {
  readonly client: StorageManagementClient;
  readonly resourceGroup: string;
  readonly name: string;
  readonly call: Call;
  readonly deps: Deps;
}

/** What the account is used for. */
interface AccountNeeds {
  /** Its containers must be allowed to be public. */
  readonly publicContainers: boolean;
  /** The documents are written with its key. */
  readonly sharedKey: boolean;
}

/** An account that exists, and whether this run created it. */
export interface PreparedAccount {
  readonly managed: ManagedAccount;
  readonly endpoints: StorageAccount['primaryEndpoints'];
  readonly isNew: boolean;
}

/**
 * Creates the account if it does not exist and the inputs allow that, else checks its settings. They are
 * never changed. Throws FederationError `subscription-missing`, `storage-account-missing`,
 * `storage-account-name-taken`, `public-access-forbidden`, `storage-firewalled` or the code of another
 * refusal.
 */
export async function prepareAccount(
  access: StorageAccess,
  inputs: PublishInputs & { readonly resourceGroup: string },
  needs: Pick<AccountNeeds, 'publicContainers'>,
  deps: Deps,
): Promise<PreparedAccount> {
  const { resourceGroup } = inputs;
  const azure = await access.signIn();
  const { environment, credential } = azure;
  const subscriptionId = requireSubscription(azure, `find the storage account ${access.account}`);
  const client = new StorageManagementClient(credential, subscriptionId, {
    endpoint: environment.resourceManager,
    credentials: { scopes: [`${environment.resourceManagerAudience}/.default`] },
    retryOptions: { maxRetries: 0 },
  });
  const call = createStorageCall(access, inputs, false, deps);
  const managed = { client, resourceGroup, name: access.account, call, deps };
  const { account, isNew } = await ensureAccount(
    managed,
    inputs,
    { ...needs, sharedKey: access.usesKey },
    () => readRegion(azure, resourceGroup, call, deps),
  );
  const nextCall = createStorageCall(access, inputs, isNew, deps);
  return { managed: { ...managed, call: nextCall }, endpoints: account.primaryEndpoints, isNew };
}

async function ensureAccount(
  managed: ManagedAccount,
  inputs: PublishInputs,
  needs: AccountNeeds,
  readGroupRegion: () => Promise<string>,
): Promise<{ readonly account: StorageAccount; readonly isNew: boolean }> {
  const { name, resourceGroup, deps } = managed;
  const existing = await findAccount(managed);
  if (existing !== undefined) {
    checkAccount(existing, name, needs, deps);
    return { account: existing, isNew: false };
  }
  if (!inputs.createStorageAccount) {
    const answer = `the resource group ${resourceGroup} does not contain it`;
    const action = `find the storage account ${name}`;
    throw new FederationError('storage-account-missing', { action, answer });
  }
  const raced = await rejectTakenName(managed);
  if (raced !== undefined) return { account: raced, isNew: true };
  const location = inputs.location ?? (await readGroupRegion());
  return { account: await createAccount(managed, location, needs), isNew: true };
}

function findAccount(managed: ManagedAccount): Promise<StorageAccount | undefined> {
  const { client, resourceGroup, name, call, deps } = managed;
  return call(`find the storage account ${name}`, () =>
    unlessAbsent(client.storageAccounts.getProperties(resourceGroup, name), deps),
  );
}

// Returns the account if another job has created it in the meantime.
async function rejectTakenName(managed: ManagedAccount): Promise<StorageAccount | undefined> {
  const { client, name, call, deps } = managed;
  const answer = await call(`check the availability of the name ${name}`, () =>
    client.storageAccounts
      .checkNameAvailability({ name, type: 'Microsoft.Storage/storageAccounts' })
      .catch((error: unknown) => {
        // The check is an action on the subscription, which no role on the group includes. Creation rejects a
        // taken name as well.
        if (readRefusal(error, deps.clock)?.codes.includes('AuthorizationFailed')) return undefined;
        throw error;
      }),
  );
  if (answer === undefined || answer.nameAvailable) return undefined;
  const raced = await findAccount(managed);
  if (raced !== undefined) return raced;
  const values = {
    action: `create the storage account ${name}`,
    answer: answer.message ?? 'the name is taken',
  };
  throw new FederationError('storage-account-name-taken', values);
}

async function createAccount(
  managed: ManagedAccount,
  location: string,
  needs: AccountNeeds,
): Promise<StorageAccount> {
  const { client, resourceGroup, name, call, deps } = managed;
  deps.log.info(`Creating the storage account ${name} in ${location} (resource group ${resourceGroup})`);
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
    poller.onProgress(({ status }) => deps.log.debug(`Storage account ${name}: ${status}`));
    return poller.pollUntilDone();
  });
  deps.log.info(`Created the storage account ${name}`);
  return account;
}

function checkAccount(account: StorageAccount, name: string, needs: AccountNeeds, deps: Deps): void {
  const action = `use the storage account ${name}`;
  if (needs.publicContainers && account.allowBlobPublicAccess === false) {
    const answer = 'it does not allow public access to blobs';
    throw new FederationError('public-access-forbidden', { action, answer });
  }
  if (account.publicNetworkAccess === 'Disabled' || account.networkRuleSet?.defaultAction === 'Deny') {
    const answer = 'its network rules block Entra ID';
    throw new FederationError('storage-firewalled', { action, answer, account: name });
  }
  deps.log.info(`The storage account ${name} already exists`);
}

/** Returns undefined instead of throwing that the account or the container does not exist. */
export async function unlessAbsent<T>(
  request: Promise<T>,
  deps: Pick<Deps, 'clock'>,
): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    const { status, codes = [] } = readRefusal(error, deps.clock) ?? {};
    const isAbsent = codes.includes('ResourceNotFound') || codes.includes('ContainerNotFound');
    if (status === 404 && isAbsent) return undefined;
    throw error;
  }
}
