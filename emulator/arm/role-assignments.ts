import { isGuid } from '../../src/azure/index.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { findByName, isSameId } from '../items.ts';
import { isAtOrBelow } from './access.ts';
import {
  type ArmContext,
  armError,
  authorize,
  checkSubscription,
  getGroup,
  notFound,
  readBody,
  replyWithList,
} from './request.ts';
import type { RoleAssignment } from './resources.ts';
import { findRole, type Role, roles } from './roles.ts';

const provider = '(?<scope>.*)/providers/Microsoft\\.Authorization';
const action = 'Microsoft.Authorization/roleAssignments';

/** Role assignments at any scope, and the definitions of the built-in roles. */
export const roleRoutes: readonly Route<ArmContext>[] = [
  route('PUT', `${provider}/roleAssignments/{name}`, create, 'i'),
  route('GET', `${provider}/roleAssignments/{name}`, get, 'i'),
  route('DELETE', `${provider}/roleAssignments/{name}`, destroy, 'i'),
  route('GET', `${provider}/roleAssignments`, list, 'i'),
  route('GET', `${provider}/roleDefinitions`, listDefinitions, 'i'),
  route('GET', `${provider}/roleDefinitions/{name}`, getDefinition, 'i'),
];

async function create(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const { scope = '', name = '' } = parameters;
  const { resources } = context.azure;
  authorize(context, `${action}/write`, scope);
  checkScope(context, scope);
  const wanted = readAssignmentBody(parameters, (await readBody(exchange)).properties, context);
  const live = listLiveAssignments(context);
  const twin = live.find((one) => isSameGrant(one, wanted));
  if (twin && !isSameId(twin.name, name)) {
    const id = twin.name.replaceAll('-', '');
    throw armError(
      409,
      'RoleAssignmentExists',
      `The role assignment already exists. The ID of the existing role assignment is ${id}.`,
    );
  }
  if (!twin && live.some((one) => isSameId(one.name, name))) {
    throw armError(
      400,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    );
  }
  if (!twin) {
    resources.roleAssignments = [...resources.roleAssignments, wanted];
    return { status: 201, body: renderAssignment(context, wanted) };
  }
  const updated = { ...twin, description: wanted.description };
  resources.roleAssignments = resources.roleAssignments.map((one) => (one === twin ? updated : one));
  return { status: 200, body: renderAssignment(context, updated) };
}

/** Reads the body of a role assignment. Rejects an invalid name, an unknown role and an unknown principal. */
function readAssignmentBody(
  { scope = '', name = '' }: Parameters,
  properties: Readonly<Record<string, unknown>>,
  context: ArmContext,
): RoleAssignment {
  const { roleDefinitionId, principalId, principalType, description } = properties;
  if (!isGuid(name))
    throw armError(
      400,
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. It must be a GUID.`,
    );
  if (typeof roleDefinitionId !== 'string' || typeof principalId !== 'string')
    throw armError(400, 'BadRequestFormat', 'The request was incorrectly formatted.');
  const role = findRole(roleDefinitionId);
  if (!role) {
    const id = roleDefinitionId.split('/').at(-1);
    throw armError(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${id}' does not exist.`,
    );
  }
  const type = typeof principalType === 'string' ? principalType : undefined;
  checkPrincipal(context, principalId, type);
  return {
    name,
    scope,
    roleId: role.id,
    principalId,
    principalType: type ?? 'ServicePrincipal',
    description: typeof description === 'string' ? description : undefined,
    createdAt: context.azure.clock.now(),
  };
}

/** Rejects unknown principals. With a `principalType`, a new principal need not have propagated. */
function checkPrincipal({ azure }: ArmContext, principalId: string, type: string | undefined): void {
  const principal = azure.directory.findPrincipalById(principalId);
  const delay = type === undefined ? azure.behaviour.propagationSeconds.servicePrincipal : 0;
  if (!principal || azure.clock.now() < principal.createdAt + delay) {
    throw armError(
      400,
      'PrincipalNotFound',
      `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ${azure.tenant.id}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
    );
  }
  if (type !== undefined && type !== 'ServicePrincipal') {
    throw armError(
      400,
      'UnmatchedPrincipalType',
      `The PrincipalId '${principalId.replaceAll('-', '')}' has type 'ServicePrincipal', which is different from specified PrincipalType '${type}'.`,
    );
  }
}

function checkScope(context: ArmContext, scope: string): void {
  const match =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+\/[^/]+)\/([^/]+).*)?)?$/i.exec(
      scope,
    );
  if (!match) throw armError(400, 'InvalidScope', `The scope '${scope}' is not valid.`);
  const [, subscription = '', group, type, name = ''] = match;
  checkSubscription(context, subscription);
  if (group === undefined) return;
  getGroup(context, subscription, group);
  const { vaults, storageAccounts, identities } = context.azure.resources;
  const all = [...vaults, ...storageAccounts, ...identities];
  if (type !== undefined && !findByName(all, name)) throw notFound(type, name, group);
}

function get({ scope = '', name = '' }: Parameters, _: Exchange, context: ArmContext): Reply {
  authorize(context, `${action}/read`, scope);
  const found = findAssignment(context, scope, name);
  if (found) return { status: 200, body: renderAssignment(context, found) };
  throw armError(404, 'RoleAssignmentNotFound', `The role assignment '${name}' is not found.`);
}

function destroy({ scope = '', name = '' }: Parameters, _: Exchange, context: ArmContext): Reply {
  authorize(context, `${action}/delete`, scope);
  const found = findAssignment(context, scope, name);
  if (!found) return { status: 204 };
  const { resources, clock } = context.azure;
  resources.roleAssignments = resources.roleAssignments.map((one) =>
    one === found ? { ...one, removedAt: clock.now() } : one,
  );
  return { status: 200, body: renderAssignment(context, found) };
}

function list({ scope = '' }: Parameters, exchange: Exchange, context: ArmContext): Reply {
  authorize(context, `${action}/read`, scope);
  const filter = exchange.url.searchParams.get('$filter') ?? '';
  const principal = /(?:principalId eq|assignedTo\()\s*'([^']+)'/i.exec(filter)?.[1];
  const withBelow = !/atScope\(\)/i.test(filter);
  const found = listLiveAssignments(context).filter(
    (one) =>
      (isAtOrBelow(scope, one.scope) || (withBelow && isAtOrBelow(one.scope, scope))) &&
      (principal === undefined || isSameId(one.principalId, principal)),
  );
  return replyWithList(found.map((one) => renderAssignment(context, one)));
}

function listDefinitions({ scope = '' }: Parameters, exchange: Exchange, context: ArmContext): Reply {
  authorize(context, 'Microsoft.Authorization/roleDefinitions/read', scope);
  const filter = exchange.url.searchParams.get('$filter') ?? '';
  const name = /roleName eq '([^']+)'/i.exec(filter)?.[1];
  const found = roles.filter((role) => name === undefined || role.name.toLowerCase() === name.toLowerCase());
  return replyWithList(found.map((role) => renderDefinition(context, role)));
}

function getDefinition({ scope = '', name = '' }: Parameters, _: Exchange, context: ArmContext): Reply {
  authorize(context, 'Microsoft.Authorization/roleDefinitions/read', scope);
  const role = isGuid(name) ? findRole(name) : undefined;
  if (role) return { status: 200, body: renderDefinition(context, role) };
  throw armError(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name}' does not exist.`,
  );
}

function listLiveAssignments({ azure }: ArmContext): readonly RoleAssignment[] {
  return azure.resources.roleAssignments.filter(({ removedAt }) => removedAt === undefined);
}

function findAssignment(context: ArmContext, scope: string, name: string): RoleAssignment | undefined {
  return listLiveAssignments(context).find((one) => isSameId(one.name, name) && isSameId(one.scope, scope));
}

function isSameGrant(one: RoleAssignment, other: RoleAssignment): boolean {
  return (
    isSameId(one.scope, other.scope) &&
    one.roleId === other.roleId &&
    isSameId(one.principalId, other.principalId)
  );
}

function renderAssignment({ azure }: ArmContext, one: RoleAssignment) {
  return {
    id: `${one.scope}/providers/${action}/${one.name}`,
    name: one.name,
    type: action,
    properties: {
      roleDefinitionId: `/subscriptions/${azure.subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${one.roleId}`,
      principalId: one.principalId,
      principalType: one.principalType,
      scope: one.scope,
      ...(one.description === undefined ? {} : { description: one.description }),
      createdOn: new Date(one.createdAt * 1000).toISOString(),
      updatedOn: new Date(one.createdAt * 1000).toISOString(),
    },
  };
}

function renderDefinition({ azure }: ArmContext, { id, name, actions, notActions, dataActions }: Role) {
  return {
    id: `/subscriptions/${azure.subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
    name: id,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName: name,
      type: 'BuiltInRole',
      permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
      assignableScopes: ['/'],
    },
  };
}
