import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { type Container, type PublicAccess, publicAccessLevels } from '../storage/storage.ts';
import { type ArmContext, armError, readBody, replyWithList } from './request.ts';
import type { StorageAccount } from './resources.ts';
import { getAccount } from './storage-accounts.ts';

const type = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const servicePath =
  '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}/blobServices/default';
const containerPath = `${servicePath}/containers/{container}`;
const containerName = /^(\$web|\$root|(?!-)(?!.*--)[a-z0-9-]{3,63}(?<!-))$/;

/**
 * Blob containers in Resource Manager, which is the only way to create a public container without an account
 * key.
 */
export const containerRoutes: readonly Route<ArmContext>[] = [
  route('GET', servicePath, getService, 'i'),
  route('GET', `${servicePath}/containers`, list, 'i'),
  route('GET', containerPath, get, 'i'),
  route('PUT', containerPath, put, 'i'),
  route('PATCH', containerPath, patch, 'i'),
  route('DELETE', containerPath, destroy, 'i'),
];

/** Returns the account of a path, if the emulator has storage. */
function getStoredAccount(parameters: Parameters, context: ArmContext, action: string): StorageAccount {
  const account = getAccount(parameters, context, action);
  if (context.azure.storage.azurite) return account;
  throw armError(503, 'ServiceUnavailable', 'The emulator was started without storage.');
}

function getService(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const account = getAccount(parameters, context, 'Microsoft.Storage/storageAccounts/blobServices/read');
  const id = `${context.azure.resources.getResourceId('Microsoft.Storage/storageAccounts', account)}/blobServices/default`;
  const body = {
    id,
    name: 'default',
    type: 'Microsoft.Storage/storageAccounts/blobServices',
    properties: {},
  };
  return { status: 200, body };
}

async function list(parameters: Parameters, _: Exchange, context: ArmContext): Promise<Reply> {
  const account = getStoredAccount(parameters, context, `${type}/read`);
  const containers = await context.azure.storage.containers(account);
  return replyWithList(containers.map((container) => renderContainer(context, account, container)));
}

async function get(parameters: Parameters, _: Exchange, context: ArmContext): Promise<Reply> {
  const account = getStoredAccount(parameters, context, `${type}/read`);
  return {
    status: 200,
    body: renderContainer(context, account, await getExisting(parameters, context, account)),
  };
}

async function put(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const account = getStoredAccount(parameters, context, `${type}/write`);
  const { container: name = '' } = parameters;
  if (!containerName.test(name))
    throw armError(
      400,
      'InvalidResourceName',
      `The specified resource name '${name}' contains invalid characters.`,
    );
  const level = await readLevel(exchange, account);
  const { storage } = context.azure;
  const isNew = await storage.putContainer(account, name, level ?? 'None');
  const body = renderContainer(context, account, await getExisting(parameters, context, account));
  return { status: isNew ? 201 : 200, body };
}

async function patch(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const account = getStoredAccount(parameters, context, `${type}/write`);
  const old = await getExisting(parameters, context, account);
  const level = await readLevel(exchange, account);
  if (level !== undefined) await context.azure.storage.putContainer(account, old.name, level);
  return {
    status: 200,
    body: renderContainer(context, account, await getExisting(parameters, context, account)),
  };
}

async function destroy(parameters: Parameters, _: Exchange, context: ArmContext): Promise<Reply> {
  const account = getStoredAccount(parameters, context, `${type}/delete`);
  const { container: name = '' } = parameters;
  const { storage } = context.azure;
  if (!(await storage.container(account, name))) return { status: 204 };
  await storage.removeContainer(account, name);
  return { status: 200 };
}

async function getExisting(
  { container: name = '' }: Parameters,
  { azure }: ArmContext,
  account: StorageAccount,
): Promise<Container> {
  const container = await azure.storage.container(account, name);
  if (container) return container;
  throw armError(404, 'ContainerNotFound', 'The specified container does not exist.');
}

async function readLevel(exchange: Exchange, account: StorageAccount): Promise<PublicAccess | undefined> {
  const { publicAccess } = (await readBody(exchange)).properties;
  if (publicAccess === undefined || publicAccess === null) return undefined;
  const level = publicAccessLevels.find((one) => one === publicAccess);
  if (level === undefined)
    throw armError(
      400,
      'InvalidRequestPropertyValue',
      `The value '${publicAccess}' of publicAccess is not valid.`,
    );
  if (level !== 'None' && !account.allowBlobPublicAccess)
    throw armError(
      409,
      'PublicAccessNotPermitted',
      'Public access is not permitted on this storage account.',
    );
  return level;
}

function renderContainer({ azure }: ArmContext, account: StorageAccount, container: Container) {
  return {
    id: `${azure.resources.getResourceId('Microsoft.Storage/storageAccounts', account)}/blobServices/default/containers/${container.name}`,
    name: container.name,
    type,
    etag: container.etag,
    properties: {
      publicAccess: container.publicAccess,
      lastModifiedTime: new Date(container.lastModified).toISOString(),
      leaseStatus: 'Unlocked',
      leaseState: 'Available',
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
    },
  };
}
