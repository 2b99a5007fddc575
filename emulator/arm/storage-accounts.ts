import { randomUUID } from 'node:crypto';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { findByName, remove, replace } from '../items.ts';
import {
  type ArmContext,
  armError,
  authorize,
  checkSubscription,
  findResource,
  getGroup,
  getResource,
  listResources,
  type ResourcePath,
  readBody,
  readLocation,
  readTags,
  replyWithList,
} from './request.ts';
import type { StorageAccount } from './resources.ts';
import {
  describeInvalidName,
  describeTakenName,
  isAccountName,
  readSettings,
  readSku,
  renderAccount,
} from './storage-account-properties.ts';

const type = 'Microsoft.Storage/storageAccounts';
const subscriptionPath = '/subscriptions/{subscription}';
const groupPath = `${subscriptionPath}/resourceGroups/{group}`;
const accountPath = `${groupPath}/providers/${type}/{account}`;

/** Storage accounts: names, creation, keys. */
export const storageRoutes: readonly Route<ArmContext>[] = [
  route('POST', `${subscriptionPath}/providers/Microsoft.Storage/checkNameAvailability`, checkName, 'i'),
  route(
    'GET',
    `${subscriptionPath}/providers/Microsoft.Storage/locations/{location}/asyncoperations/{account}`,
    poll,
    'i',
  ),
  route('GET', `${subscriptionPath}/providers/${type}`, list, 'i'),
  route('GET', `${groupPath}/providers/${type}`, list, 'i'),
  route('GET', accountPath, get, 'i'),
  route('PUT', accountPath, put, 'i'),
  route('PATCH', accountPath, patch, 'i'),
  route('DELETE', accountPath, destroy, 'i'),
  route('POST', `${accountPath}/listKeys`, listKeys, 'i'),
];

function readPath({ subscription = '', group = '', account = '' }: Parameters): ResourcePath {
  return { subscription, group, name: account };
}

/** Returns the account of a path. Rejects a caller without permission for an action on it. */
export function getAccount(parameters: Parameters, context: ArmContext, action: string): StorageAccount {
  return getResource(context, type, context.azure.resources.storageAccounts, action, readPath(parameters));
}

async function checkName(
  { subscription = '' }: Parameters,
  exchange: Exchange,
  context: ArmContext,
): Promise<Reply> {
  checkSubscription(context, subscription);
  authorize(context, 'Microsoft.Storage/checknameavailability/read', `/subscriptions/${subscription}`);
  const { body } = await readBody(exchange);
  const name = String(body.name ?? '');
  if (!isAccountName(name))
    return {
      status: 200,
      body: { nameAvailable: false, reason: 'AccountNameInvalid', message: describeInvalidName(name) },
    };
  return {
    status: 200,
    body: isTaken(context, name)
      ? { nameAvailable: false, reason: 'AlreadyExists', message: describeTakenName(name) }
      : { nameAvailable: true },
  };
}

function isTaken({ azure }: ArmContext, name: string): boolean {
  const { storageAccounts, takenAccountNames } = azure.resources;
  return takenAccountNames.has(name) || findByName(storageAccounts, name) !== undefined;
}

function list(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const found = listResources(context, type, context.azure.resources.storageAccounts, parameters);
  return replyWithList(found.map((account) => renderAccount(context, account)));
}

function get(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  return { status: 200, body: renderAccount(context, getAccount(parameters, context, `${type}/read`)) };
}

async function put(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const path = readPath(parameters);
  const { name, group } = path;
  const { resources } = context.azure;
  const old = findResource(context, type, resources.storageAccounts, `${type}/write`, path);
  const { body, properties } = await readBody(exchange);
  if (!isAccountName(name)) throw armError(400, 'AccountNameInvalid', describeInvalidName(name));
  if (!old && isTaken(context, name))
    throw armError(409, 'StorageAccountAlreadyTaken', describeTakenName(name));
  const location = readLocation(body);
  const { kind } = body;
  if (old && old.location !== location) {
    throw armError(
      409,
      'InvalidResourceLocation',
      `The resource '${name}' already exists in location '${old.location}' in resource group '${group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    );
  }
  const sku = readSku(body);
  if (!sku || typeof kind !== 'string')
    throw armError(400, 'InvalidRequestPropertyValue', 'The properties sku.name and kind are required.');
  if (old && context.azure.clock.now() < old.readyAt) throw operationInProgress();
  const settings = readSettings(context, properties, old);
  const base = old ?? (await create(name, context));
  const account: StorageAccount = {
    ...base,
    ...settings,
    resourceGroup: getGroup(context, path.subscription, group).name,
    location,
    kind,
    sku,
    tags: readTags(body),
  };
  replace(resources.storageAccounts, old, account);
  return replyWithAccount(context, account);
}

/** Creates what a new account has. */
async function create(
  name: string,
  { azure }: ArmContext,
): Promise<Pick<StorageAccount, 'name' | 'createdAt' | 'readyAt' | 'keys' | 'website'>> {
  const { resources, clock, behaviour, storage } = azure;
  const { accountsInCreation } = resources;
  if (accountsInCreation.has(name)) throw operationInProgress();
  accountsInCreation.add(name);
  try {
    const createdAt = clock.now();
    const readyAt = createdAt + behaviour.storageAccountCreationSeconds;
    return { name, createdAt, readyAt, ...(await storage.equip(name)) };
  } finally {
    accountsInCreation.delete(name);
  }
}

/** Creates the error for the second of two concurrent requests that create an account. */
function operationInProgress() {
  return armError(
    409,
    'StorageAccountOperationInProgress',
    'An operation is currently performing on this storage account that requires exclusive access.',
  );
}

async function patch(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const account = getAccount(parameters, context, `${type}/write`);
  const { body, properties } = await readBody(exchange);
  const changed: StorageAccount = {
    ...account,
    ...readSettings(context, properties, account),
    tags: body.tags === undefined ? account.tags : readTags(body),
    sku: readSku(body) ?? account.sku,
  };
  replace(context.azure.resources.storageAccounts, account, changed);
  return { status: 200, body: renderAccount(context, changed) };
}

async function destroy(parameters: Parameters, _: Exchange, context: ArmContext): Promise<Reply> {
  const { resources, storage } = context.azure;
  const path = readPath(parameters);
  const account = findResource(context, type, resources.storageAccounts, `${type}/delete`, path);
  if (!account) return { status: 204 };
  await storage.removeAccount(account);
  remove(resources.storageAccounts, (one) => one === account);
  return { status: 200 };
}

function listKeys(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const { keys } = getAccount(parameters, context, `${type}/listKeys/action`);
  const named = keys.map((value, index) => ({ keyName: `key${index + 1}`, value, permissions: 'FULL' }));
  return { status: 200, body: { keys: named } };
}

function poll({ account: name = '' }: Parameters, _: Exchange, context: ArmContext): Reply {
  const account = findByName(context.azure.resources.storageAccounts, name);
  if (!account) throw armError(404, 'OperationNotFound', `The operation for '${name}' was not found.`);
  return replyWithAccount(context, account);
}

/** Answers with 202 and a status URL until the account is ready. */
function replyWithAccount(context: ArmContext, account: StorageAccount): Reply {
  const { azure } = context;
  const left = account.readyAt - azure.clock.now();
  if (left <= 0) return { status: 200, body: renderAccount(context, account) };
  const operation = `/subscriptions/${azure.subscription.id}/providers/Microsoft.Storage/locations/${account.location}/asyncoperations/${account.name}`;
  return {
    status: 202,
    headers: {
      location: `${azure.urls.resourceManager}${operation}?monitor=true&api-version=2024-01-01`,
      'retry-after': String(Math.min(Math.ceil(left), 17)),
      'x-ms-request-id': randomUUID(),
    },
  };
}
