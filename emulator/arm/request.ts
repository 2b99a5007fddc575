import { type Azure, audiences } from '../azure.ts';
import { type Caller, readBearerToken } from '../entra/access-tokens.ts';
import { type Exchange, Refused, type Reply, readJsonObject } from '../http/exchange.ts';
import type { Parameters } from '../http/routes.ts';
import { findByName, isSameId } from '../items.ts';
import { isObject } from '../json.ts';
import { isPermitted } from './access.ts';
import type { Resource, ResourceGroup, ResourceType } from './resources.ts';

/** An authenticated request to Resource Manager. */
export interface ArmContext {
  readonly azure: Azure;
  readonly caller: Caller;
}

/** Creates an error of Resource Manager. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Refused {
  return new Refused({ status, headers, body: { error: { code, message } } });
}

/** Returns the caller of a request. Rejects a missing or invalid token. */
export function authenticate(exchange: Exchange, azure: Azure): Caller {
  const challenge = {
    'www-authenticate': `Bearer authorization_uri="${azure.urls.authority}/${azure.tenant.id}", error="invalid_token"`,
  };
  const token = readBearerToken(exchange.headers.authorization);
  if (token === undefined) {
    throw armError(
      401,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
      challenge,
    );
  }
  const caller = azure.tokens.check(token, audiences.resourceManager);
  if (typeof caller !== 'string') return caller;
  switch (caller) {
    case 'expired':
      throw armError(
        401,
        'ExpiredAuthenticationToken',
        'The access token expiry time is in the past.',
        challenge,
      );
    case 'audience':
      throw armError(
        401,
        'InvalidAuthenticationTokenAudience',
        `The access token has been obtained for the wrong audience or resource. It should exactly match one of the allowed audiences '${audiences.resourceManager.join("','")}'.`,
        challenge,
      );
    default:
      throw armError(401, 'InvalidAuthenticationToken', 'The access token is invalid.', challenge);
  }
}

/** Rejects a caller whose roles do not permit an action at a scope. */
export function authorize({ azure, caller }: ArmContext, action: string, scope: string): void {
  if (isPermitted(azure, caller.principalId, action, scope)) return;
  throw armError(
    403,
    'AuthorizationFailed',
    `The client '${caller.clientId}' with object id '${caller.principalId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Rejects unknown subscriptions. */
export function checkSubscription({ azure }: ArmContext, subscription: string): void {
  if (isSameId(subscription, azure.subscription.id)) return;
  throw armError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
}

/** Returns the resource group of a path. Rejects an unknown one. */
export function getGroup(context: ArmContext, subscription: string, group: string): ResourceGroup {
  checkSubscription(context, subscription);
  const found = findByName(context.azure.resources.groups, group);
  if (found) return found;
  throw armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

/** Creates the error for a resource that does not exist. */
export function notFound(type: string, name: string, group: string): Refused {
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** Reads the body of a write, and its `properties`. */
export async function readBody(
  exchange: Exchange,
): Promise<{ readonly body: Record<string, unknown>; readonly properties: Record<string, unknown> }> {
  const body = await readJsonObject(exchange);
  if (!body)
    throw armError(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  return { body, properties: isObject(body.properties) ? body.properties : {} };
}

/** A resource in a path. */
export interface ResourcePath {
  readonly subscription: string;
  readonly group: string;
  readonly name: string;
}

/**
 * Finds the resource of a path. Rejects an unknown group, and a caller without permission for an action on
 * the resource.
 */
export function findResource<T extends Resource>(
  context: ArmContext,
  type: ResourceType,
  items: readonly T[],
  action: string,
  { subscription, group, name }: ResourcePath,
): T | undefined {
  const { name: resourceGroup } = getGroup(context, subscription, group);
  authorize(context, action, context.azure.resources.getResourceId(type, { name, resourceGroup }));
  return items.find((item) => isSameId(item.name, name) && isSameId(item.resourceGroup, group));
}

/** Returns the resource of a path. Rejects what `findResource` rejects, and an unknown resource. */
export function getResource<T extends Resource>(
  context: ArmContext,
  type: ResourceType,
  items: readonly T[],
  action: string,
  path: ResourcePath,
): T {
  const found = findResource(context, type, items, action, path);
  if (found) return found;
  throw notFound(type, path.name, path.group);
}

/** Lists the resources of one type, in a resource group or in the subscription. */
export function listResources<T extends Resource>(
  context: ArmContext,
  type: ResourceType,
  items: readonly T[],
  { subscription = '', group }: Parameters,
): readonly T[] {
  checkSubscription(context, subscription);
  const { resources } = context.azure;
  const scope = group === undefined ? `/subscriptions/${subscription}` : resources.getGroupId(group);
  authorize(context, `${type}/read`, scope);
  if (group === undefined) return items;
  const { name } = getGroup(context, subscription, group);
  return items.filter(({ resourceGroup }) => resourceGroup === name);
}

/** Reads the required location of a body. */
export function readLocation({ location }: Record<string, unknown>): string {
  if (typeof location === 'string' && location !== '') return location;
  throw armError(400, 'LocationRequired', 'The location property is required for this definition.');
}

/** Reads the tags of a body and ignores those that are not text. */
export function readTags(body: Record<string, unknown>): Record<string, string> {
  if (!isObject(body.tags)) return {};
  return Object.fromEntries(
    Object.entries(body.tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Answers with a whole list on one page. */
export function replyWithList(value: readonly unknown[]): Reply {
  return { status: 200, body: { value } };
}
