import type { Application } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { isSameId } from '../items.ts';
import { checkNewIdentifierUris } from './identifier-uris.ts';
import { replyWithItem, replyWithPage } from './odata.ts';
import {
  authorizeRead,
  authorizeWrite,
  badRequest,
  type GraphContext,
  mayCreate,
  objectNotFound,
  readBody,
} from './request.ts';

/** Matches an application in a path, by object ID or by one of its other keys. */
export const applicationKey =
  "applications(?:/(?<id>[^/()]+)|\\((?<key>appId|uniqueName)='(?<value>[^']*)'\\))";
const filterable = ['id', 'appId', 'displayName', 'identifierUris', 'tags'];

/** The writable properties and their defaults. */
const writable: Readonly<Record<string, unknown>> = {
  displayName: undefined,
  uniqueName: null,
  description: null,
  notes: null,
  identifierUris: [],
  signInAudience: 'AzureADandPersonalMicrosoftAccount',
  requiredResourceAccess: [],
  tags: [],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    requestedAccessTokenVersion: null,
  },
  appRoles: [],
  web: { redirectUris: [], implicitGrantSettings: {} },
  spa: { redirectUris: [] },
  publicClient: { redirectUris: [] },
  info: {},
  optionalClaims: null,
  groupMembershipClaims: null,
  isFallbackPublicClient: null,
  serviceManagementReference: null,
};

export const applicationRoutes: readonly Route<GraphContext>[] = [
  route('GET', '/v1\\.0/applications', list),
  route('POST', '/v1\\.0/applications', create),
  route('GET', `/v1\\.0/${applicationKey}`, get),
  route('PATCH', `/v1\\.0/${applicationKey}`, patch),
  route('DELETE', `/v1\\.0/${applicationKey}`, destroy),
];

/** Returns the application of a path. Rejects one that does not exist or has not propagated yet. */
export function getApplication(parameters: Parameters, { azure }: GraphContext): Application {
  const application = findApplication(parameters, azure.directory.applications);
  const { clock, behaviour } = azure;
  if (!application || clock.now() < application.createdAt + behaviour.propagationSeconds.application)
    throw objectNotFound(parameters.id ?? parameters.value ?? '');
  return application;
}

function findApplication(parameters: Parameters, all: readonly Application[]): Application | undefined {
  const { id, key, value = '' } = parameters;
  return all.find((one) => {
    if (one.deletedAt !== undefined) return false;
    if (id !== undefined) return isSameId(one.id, id);
    return key === 'appId' ? isSameId(one.clientId, value) : one.properties.uniqueName === value;
  });
}

function list(_: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const { directory, clock, behaviour } = context.azure;
  const seenAt = clock.now() - behaviour.listLagSeconds;
  const visible = directory.applications.filter(
    ({ createdAt, deletedAt }) => createdAt <= seenAt && (deletedAt === undefined || deletedAt > seenAt),
  );
  return replyWithPage(context, exchange, 'applications', visible.map(renderApplication), filterable);
}

function get(parameters: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  return replyWithItem(
    context,
    exchange,
    'applications',
    renderApplication(getApplication(parameters, context)),
  );
}

async function create(_: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  authorizeWrite(context);
  const application = addApplication(context, await readBody(exchange));
  return replyWithItem(context, exchange, 'applications', renderApplication(application), 201);
}

async function patch(parameters: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  const body = await readBody(exchange);
  // A write sees earlier writes even before they have propagated.
  const old = findApplication(parameters, context.azure.directory.applications);
  if (old) {
    authorizeWrite(context, old);
    if (
      body.uniqueName !== undefined &&
      body.uniqueName !== old.properties.uniqueName &&
      old.properties.uniqueName !== null
    )
      throw badRequest("Property 'uniqueName' is read-only and cannot be set.");
    old.properties = { ...old.properties, ...checkProperties(context, body, old) };
    return { status: 204 };
  }
  if (parameters.key !== 'uniqueName' || !mayCreate(exchange))
    throw objectNotFound(parameters.id ?? parameters.value ?? '');
  authorizeWrite(context);
  const application = addApplication(context, { ...body, uniqueName: parameters.value });
  return replyWithItem(context, exchange, 'applications', renderApplication(application), 201);
}

function addApplication(context: GraphContext, body: Record<string, unknown>): Application {
  const { azure, caller } = context;
  const properties = checkProperties(context, body);
  if (typeof properties.displayName !== 'string' || properties.displayName === '')
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.");
  const { uniqueName } = properties;
  return azure.directory.addApplication({
    createdAt: azure.clock.now(),
    owners: [caller.principalId],
    properties: {
      ...properties,
      displayName: properties.displayName,
      uniqueName: typeof uniqueName === 'string' ? uniqueName : null,
    },
  });
}

function checkProperties(
  context: GraphContext,
  body: Record<string, unknown>,
  own?: Application,
): Record<string, unknown> {
  for (const name of Object.keys(body)) {
    if (!(name in writable) && !name.startsWith('@odata.'))
      throw badRequest(
        `Property '${name}' does not exist on type 'microsoft.graph.application' or can't be written.`,
      );
  }
  const { azure } = context;
  // A soft-deleted application keeps its names until it is purged.
  const others = azure.directory.applications.filter((one) => one !== own);
  const { uniqueName, identifierUris } = body;
  if (
    uniqueName !== undefined &&
    uniqueName !== null &&
    others.some((one) => one.properties.uniqueName === uniqueName)
  )
    throw duplicate('uniqueName');
  checkNewIdentifierUris(context, identifierUris, own);
  const live = others.filter(({ deletedAt }) => deletedAt === undefined);
  if (
    asList(identifierUris).some((uri) =>
      live.some(({ properties }) => asList(properties.identifierUris).includes(uri)),
    )
  )
    throw duplicate('identifierUris');
  return Object.fromEntries(Object.entries(body).filter(([name]) => name in writable));
}

function duplicate(property: string) {
  return badRequest(`Another object with the same value for property ${property} already exists.`);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function destroy(parameters: Parameters, _: Exchange, context: GraphContext): Reply {
  const { directory, clock } = context.azure;
  const application = findApplication(parameters, directory.applications);
  if (!application) throw objectNotFound(parameters.id ?? parameters.value ?? '');
  authorizeWrite(context, application);
  directory.deleteApplication(application, clock.now());
  return { status: 204 };
}

/** Renders an application as Graph does. */
export function renderApplication({ id, clientId, createdAt, deletedAt, properties }: Application) {
  return {
    id,
    appId: clientId,
    deletedDateTime: deletedAt === undefined ? null : new Date(deletedAt * 1000).toISOString(),
    createdDateTime: new Date(createdAt * 1000).toISOString(),
    ...writable,
    ...properties,
  };
}
