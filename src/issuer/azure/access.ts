import type { TokenCredential } from '@azure/identity';
import { StorageSharedKeyCredential } from '@azure/storage-blob';
import {
  type Azure,
  type AzureEnvironment,
  type Call,
  createCall,
  fillEndpoint,
  loadAzureEnvironment,
  storageRules,
} from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { withoutSlash } from '../address.ts';
import type { PublishInputs } from '../store.ts';

/** Who writes to which storage account. */
export interface StorageAccess {
  readonly account: string;
  readonly environment: AzureEnvironment;
  /** Blob endpoint without a slash at its end, as far as the inputs tell. Resource Manager may know better. */
  readonly blobEndpoint: string;
  readonly credential: TokenCredential | StorageSharedKeyCredential;
  /** The job's own sign-in; only made where something needs it. */
  signIn(): Promise<Azure>;
}

/** Works out account and credentials from the inputs; nothing is sent. Throws FederationError `invalid-input`. */
export async function storageAccess(inputs: PublishInputs, deps: Deps): Promise<StorageAccess> {
  const environment = await loadAzureEnvironment(inputs.azureEnvironment);
  const connection =
    inputs.storageConnectionString === undefined
      ? undefined
      : parseConnection(inputs.storageConnectionString);
  const account = inputs.storageAccount ?? connection?.account;
  if (account === undefined) throw invalid('the storage account is missing', 'Set storage-account.');
  if (connection !== undefined && connection.account !== account) {
    throw invalid(
      `storage-connection-string is for the account ${connection.account}, not ${account}`,
      'Leave storage-account out.',
    );
  }
  let azure: Promise<Azure> | undefined;
  // Loaded only here: with a key nobody signs in, and the libraries for it are large.
  const signIn = () =>
    (azure ??= import('../../azure/sign-in/index.ts').then(({ connectAzure }) => connectAzure(inputs, deps)));
  const key = connection?.key ?? inputs.storageAccountKey;
  // The connection string is masked as a whole; errors of a client may name the key alone.
  if (connection !== undefined) deps.log.mask(connection.key);
  return {
    account,
    environment,
    blobEndpoint: withoutSlash(connection?.blobEndpoint ?? fillEndpoint(environment.blob, account)),
    credential:
      key === undefined ? (await signIn()).credential : new StorageSharedKeyCredential(account, key),
    signIn,
  };
}

/** Returns the `Call` for one storage account. `isNew` if this run created it, so that names and permissions may still spread. */
export function createStorageCall(
  { account }: Pick<StorageAccess, 'account'>,
  { resourceGroup = 'GROUP', propagationTimeout }: PublishInputs,
  isNew: boolean,
  deps: Deps,
): Call {
  const service = { name: 'Azure Storage', rules: storageRules, values: { account, resourceGroup } };
  return createCall({ ...service, afterCreation: isNew, patienceSeconds: propagationTimeout }, deps);
}

interface Connection {
  readonly account: string;
  readonly key: string;
  readonly blobEndpoint: string | undefined;
}

function parseConnection(text: string): Connection {
  const fields = new Map(
    text
      .split(';')
      .map((field) => /^\s*(\w+)=(.*)$/.exec(field))
      .map((match) => [match?.[1] ?? '', match?.[2]?.trim() ?? ''] as const),
  );
  const [account, key, suffix] = [
    fields.get('AccountName'),
    fields.get('AccountKey'),
    fields.get('EndpointSuffix'),
  ];
  if (!account || !key || !/^[a-z0-9]{3,24}$/.test(account)) {
    throw invalid(
      'storage-connection-string has no AccountName and AccountKey',
      'Copy it whole from the account; one with a SAS does not do.',
    );
  }
  return {
    account,
    key,
    blobEndpoint: fields.get('BlobEndpoint') ?? (suffix ? `https://${account}.blob.${suffix}` : undefined),
  };
}

function invalid(why: string, hint: string): FederationError {
  return new FederationError(`failed to find the storage account: ${why}`, { code: 'invalid-input', hint });
}
