import { randomUUID } from 'node:crypto';
import { remove } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import {
  type ArmContext,
  armError,
  authorize,
  checkSubscription,
  getGroup,
  notFound,
  readBody,
  readTags,
  replyWithList,
} from './request.ts';
import { findByName, findInGroup, replace, type StorageAccount } from './resources.ts';
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

/** The account of a path, with the caller's right to an action on it checked. */
export function getAccount(parameters: Parameters, context: ArmContext, action: string): StorageAccount {
  const { subscription = '', group = '', account: name = '' } = parameters;
  const { resources } = context.azure;
  getGroup(context, subscription, group);
  authorize(context, action, resources.getResourceId(type, { name, resourceGroup: group }));
  const account = findInGroup(resources.storageAccounts, group, name);
  if (!account) throw notFound(type, name, group);
  return account;
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
  const { storageAccounts, takenAccountNames } = context.azure.resources;
  if (!isAccountName(name))
    return {
      status: 200,
      body: { nameAvailable: false, reason: 'AccountNameInvalid', message: describeInvalidName(name) },
    };
  const isTaken = takenAccountNames.has(name) || findByName(storageAccounts, name) !== undefined;
  return {
    status: 200,
    body: isTaken
      ? { nameAvailable: false, reason: 'AlreadyExists', message: describeTakenName(name) }
      : { nameAvailable: true },
  };
}

function list({ subscription = '', group }: Parameters, _: Exchange, context: ArmContext): Reply {
  checkSubscription(context, subscription);
  const { resources } = context.azure;
  authorize(
    context,
    `${type}/read`,
    group === undefined ? `/subscriptions/${subscription}` : resources.getGroupId(group),
  );
  const inside = group === undefined ? undefined : getGroup(context, subscription, group).name;
  const accounts = resources.storageAccounts.filter(
    (one) => inside === undefined || one.resourceGroup === inside,
  );
  return replyWithList(accounts.map((account) => renderAccount(context, account)));
}

function get(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  return { status: 200, body: renderAccount(context, getAccount(parameters, context, `${type}/read`)) };
}

async function put(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const { subscription = '', group = '', account: name = '' } = parameters;
  const { resources } = context.azure;
  const { name: resourceGroup } = getGroup(context, subscription, group);
  authorize(context, `${type}/write`, resources.getResourceId(type, { name, resourceGroup }));
  const { body, properties } = await readBody(exchange);
  if (!isAccountName(name)) throw armError(400, 'AccountNameInvalid', describeInvalidName(name));
  const old = findInGroup(resources.storageAccounts, group, name);
  if (!old && (resources.takenAccountNames.has(name) || findByName(resources.storageAccounts, name)))
    throw armError(409, 'StorageAccountAlreadyTaken', describeTakenName(name));
  const { location, kind } = body;
  if (typeof location !== 'string' || location === '')
    throw armError(400, 'LocationRequired', 'The location property is required for this definition.');
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
    resourceGroup,
    location,
    kind,
    sku,
    tags: readTags(body),
  };
  replace(resources.storageAccounts, old, account);
  return replyWithAccount(context, account);
}

/** What a new account has of its own. */
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

/** Of two requests for one new account at once the second is refused. */
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
  const { subscription = '', group = '', account: name = '' } = parameters;
  const { resources, storage } = context.azure;
  const { name: resourceGroup } = getGroup(context, subscription, group);
  authorize(context, `${type}/delete`, resources.getResourceId(type, { name, resourceGroup }));
  const account = findInGroup(resources.storageAccounts, group, name);
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

/** 202 with a status URL until the account is ready. */
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
