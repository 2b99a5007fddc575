import type { ServicePrincipal } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { isSameId } from '../items.ts';
import { replyWithItem, replyWithPage } from './odata.ts';
import {
  authorizeRead,
  authorizeWrite,
  badRequest,
  type GraphContext,
  graphError,
  mayCreate,
  objectNotFound,
  readBody,
} from './request.ts';

const key = "servicePrincipals(?:/(?<id>[^/()]+)|\\(appId='(?<appId>[^']*)'\\))";
const writable = [
  'accountEnabled',
  'tags',
  'notes',
  'description',
  'appRoleAssignmentRequired',
  'alternativeNames',
];

export const servicePrincipalRoutes: readonly Route<GraphContext>[] = [
  route('GET', '/v1\\.0/servicePrincipals', list),
  route('POST', '/v1\\.0/servicePrincipals', create),
  route('GET', `/v1\\.0/${key}`, get),
  route('PATCH', `/v1\\.0/${key}`, patch),
  route('DELETE', `/v1\\.0/${key}`, destroy),
];

function find({ id, appId }: Parameters, { azure }: GraphContext): ServicePrincipal | undefined {
  return id === undefined
    ? azure.directory.findPrincipal(appId ?? '')
    : azure.directory.findPrincipalById(id);
}

function list(_: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const { directory, clock, behaviour } = context.azure;
  const seenAt = clock.now() - behaviour.listLagSeconds;
  const visible = directory.servicePrincipals.filter(
    ({ createdAt, deletedAt }) => createdAt <= seenAt && (deletedAt === undefined || deletedAt > seenAt),
  );
  const filterable = ['id', 'appId', 'displayName', 'tags', 'servicePrincipalType'];
  return replyWithPage(context, exchange, 'servicePrincipals', visible.map(renderPrincipal), filterable);
}

function get(parameters: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const { clock, behaviour } = context.azure;
  const principal = find(parameters, context);
  if (!principal || clock.now() < principal.createdAt + behaviour.propagationSeconds.servicePrincipal)
    throw objectNotFound(parameters.id ?? parameters.appId ?? '');
  return replyWithItem(context, exchange, 'servicePrincipals', renderPrincipal(principal));
}

async function create(_: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  const { appId, ...body } = await readBody(exchange);
  if (typeof appId !== 'string')
    throw badRequest("A value is required for property 'appId' of resource 'ServicePrincipal'.");
  if (context.azure.directory.findPrincipal(appId)) {
    throw graphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  return replyWithItem(
    context,
    exchange,
    'servicePrincipals',
    renderPrincipal(add(context, appId, body)),
    201,
  );
}

async function patch(parameters: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  const body = await readBody(exchange);
  const old = find(parameters, context);
  if (old) {
    authorizeWrite(context, findOwners(context, old.appId));
    old.properties = { ...old.properties, ...checkProperties(body) };
    return { status: 204 };
  }
  if (parameters.appId === undefined || !mayCreate(exchange))
    throw objectNotFound(parameters.id ?? parameters.appId ?? '');
  const principal = add(context, parameters.appId, body);
  return replyWithItem(context, exchange, 'servicePrincipals', renderPrincipal(principal), 201);
}

function add(context: GraphContext, appId: string, body: Record<string, unknown>): ServicePrincipal {
  const { directory, clock, behaviour } = context.azure;
  const application = directory.applications.find(
    (one) => one.deletedAt === undefined && isSameId(one.clientId, appId),
  );
  const now = clock.now();
  if (!application || now < application.createdAt + behaviour.propagationSeconds.application)
    throw badRequest(
      `The appId '${appId}' of the service principal does not reference a valid application object.`,
    );
  authorizeWrite(context, application);
  return directory.addServicePrincipal({
    appId: application.clientId,
    kind: 'Application',
    createdAt: now,
    permissions: [],
    properties: {
      accountEnabled: true,
      ...checkProperties(body),
      displayName: application.properties.displayName,
    },
  });
}

function checkProperties(body: Record<string, unknown>): Record<string, unknown> {
  for (const name of Object.keys(body)) {
    if (!writable.includes(name) && name !== 'appId' && name !== 'displayName' && !name.startsWith('@odata.'))
      throw badRequest(
        `Property '${name}' does not exist on type 'microsoft.graph.servicePrincipal' or can't be written.`,
      );
  }
  if (body.accountEnabled !== undefined && typeof body.accountEnabled !== 'boolean')
    throw badRequest("Property 'accountEnabled' is not true or false.");
  return Object.fromEntries(Object.entries(body).filter(([name]) => writable.includes(name)));
}

function destroy(parameters: Parameters, _: Exchange, context: GraphContext): Reply {
  const principal = find(parameters, context);
  if (!principal) throw objectNotFound(parameters.id ?? parameters.appId ?? '');
  authorizeWrite(context, findOwners(context, principal.appId));
  principal.deletedAt = context.azure.clock.now();
  return { status: 204 };
}

/**
 * Returns the owners of a service principal's application; empty if the application is not in this tenant.
 */
export function findOwners({ azure }: GraphContext, appId: string): { readonly owners: readonly string[] } {
  return azure.directory.applications.find((one) => isSameId(one.clientId, appId)) ?? { owners: [] };
}

/** Renders a service principal as Graph does. */
export function renderPrincipal({ id, appId, kind, createdAt, deletedAt, properties }: ServicePrincipal) {
  return {
    id,
    appId,
    deletedDateTime: deletedAt === undefined ? null : new Date(deletedAt * 1000).toISOString(),
    servicePrincipalType: kind,
    createdDateTime: new Date(createdAt * 1000).toISOString(),
    servicePrincipalNames: [appId],
    tags: [],
    notes: null,
    ...properties,
  };
}
