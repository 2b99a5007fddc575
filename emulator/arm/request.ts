import { type Azure, audiences } from '../azure.ts';
import { type Caller, readBearerToken } from '../entra/access-tokens.ts';
import { isSameId } from '../entra/directory.ts';
import { type Exchange, isObject, Refused, type Reply, readJsonObject } from '../http/exchange.ts';
import { isPermitted } from './access.ts';
import { findByName, type ResourceGroup } from './resources.ts';

/** A request to the resource manager, with its caller known. */
export interface ArmContext {
  readonly azure: Azure;
  readonly caller: Caller;
}

/** An answer of the resource manager's error shape. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Refused {
  return new Refused({ status, headers, body: { error: { code, message } } });
}

/** The caller of a request; refuses one without a good token. */
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

/** Refuses a caller whose roles do not permit an action at a scope. */
export function authorize({ azure, caller }: ArmContext, action: string, scope: string): void {
  if (isPermitted(azure, caller.principalId, action, scope)) return;
  throw armError(
    403,
    'AuthorizationFailed',
    `The client '${caller.clientId}' with object id '${caller.principalId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Refuses another subscription than the emulated one. */
export function checkSubscription({ azure }: ArmContext, subscription: string): void {
  if (isSameId(subscription, azure.subscription.id)) return;
  throw armError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
}

/** The resource group of a path; refuses an unknown one. */
export function getGroup(context: ArmContext, subscription: string, group: string): ResourceGroup {
  checkSubscription(context, subscription);
  const found = findByName(context.azure.resources.groups, group);
  if (found) return found;
  throw armError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

/** The refusal for a resource that is not there. */
export function notFound(type: string, name: string, group: string): Refused {
  return armError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** The body of a write, and its `properties`. */
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

/** The tags of a body; what is no text is left out. */
export function readTags(body: Record<string, unknown>): Record<string, string> {
  if (!isObject(body.tags)) return {};
  return Object.fromEntries(
    Object.entries(body.tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A whole list in one page. */
export function replyWithList(value: readonly unknown[]): Reply {
  return { status: 200, body: { value } };
}
