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
} from '../../../azure/index.ts';
import { FederationError } from '../../../errors/index.ts';
import type { Deps } from '../../../runtime/index.ts';
import { parseStorageAccount, removeTrailingSlash } from '../../address.ts';
import type { PublishInputs } from '../../definition.ts';

/** Who writes to which storage account. */
export interface StorageAccess {
  readonly account: string;
  readonly environment: AzureEnvironment;
  /** Blob endpoint without a trailing slash, as the inputs give it. Resource Manager may know another one. */
  readonly blobEndpoint: string;
  readonly credential: TokenCredential | StorageSharedKeyCredential;
  /** Whether the credential is the key of the account. */
  readonly usesKey: boolean;
  /** Signs the job in, the first time that it is called. */
  signIn(): Promise<Azure>;
}

/** Resolves the account and its credential from the inputs. Throws FederationError `invalid-input`. */
export async function resolveAccess(inputs: PublishInputs, deps: Deps): Promise<StorageAccess> {
  const { storageConnectionString, storageAccountKey } = inputs;
  const environment = await loadAzureEnvironment(inputs.azureEnvironment);
  const connection =
    storageConnectionString === undefined ? undefined : parseConnection(storageConnectionString);
  const account = inputs.storageAccount ?? connection?.account;
  if (account === undefined)
    throw reject(`\`storage-account\` is missing, which \`storage: ${inputs.storage}\` requires`);
  if (connection !== undefined && connection.account !== account) {
    throw reject(
      `\`storage-connection-string\` is for the account ${connection.account}, not ${account}. Remove \`storage-account\`.`,
    );
  }
  let azure: Promise<Azure> | undefined;
  // Loaded lazily: the libraries for signing in are large, and a key needs none.
  const signIn = () =>
    (azure ??= import('../../../azure/sign-in/index.ts').then(({ connectAzure }) =>
      connectAzure(inputs, deps),
    ));
  const key = connection?.key ?? storageAccountKey;
  // The connection string is masked as a whole; errors of a client may contain the key alone.
  if (connection !== undefined) deps.log.mask(connection.key);
  return {
    account,
    environment,
    blobEndpoint: removeTrailingSlash(connection?.blobEndpoint ?? fillEndpoint(environment.blob, account)),
    credential:
      key === undefined ? (await signIn()).credential : new StorageSharedKeyCredential(account, key),
    usesKey: key !== undefined,
    signIn,
  };
}

/**
 * Returns the `Call` for one storage account. `isNew` means that this run created it, so that its name and
 * permissions may still be propagating.
 */
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
  const key = fields.get('AccountKey');
  const suffix = fields.get('EndpointSuffix');
  try {
    const account = parseStorageAccount(fields.get('AccountName') ?? '');
    if (!key) throw new Error('the key is missing');
    const blobEndpoint = suffix ? `https://${account}.blob.${suffix}` : undefined;
    return { account, key, blobEndpoint: fields.get('BlobEndpoint') ?? blobEndpoint };
  } catch {
    throw reject(
      '`storage-connection-string` contains no AccountName and AccountKey. Copy the whole connection string of the account; one with a SAS is not supported.',
    );
  }
}

function reject(problems: string): FederationError {
  return new FederationError('invalid-input', { problems });
}
