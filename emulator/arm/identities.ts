import { randomUUID } from 'node:crypto';
import { writeCredential } from '../entra/credential-rules.ts';
import type { CredentialOwner, FederatedCredential } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { remove, replace } from '../items.ts';
import { Replicated } from '../replicated.ts';
import {
  type ArmContext,
  armError,
  findResource,
  getGroup,
  getResource,
  listResources,
  notFound,
  type ResourcePath,
  readBody,
  readLocation,
  readTags,
  replyWithList,
} from './request.ts';
import type { ManagedIdentity } from './resources.ts';

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const groupPath = '/subscriptions/{subscription}/resourceGroups/{group}';
const identityPath = `${groupPath}/providers/${type}/{identity}`;
const credentialPath = `${identityPath}/federatedIdentityCredentials/{credential}`;

/** User-assigned managed identities and their federated credentials. */
export const identityRoutes: readonly Route<ArmContext>[] = [
  route('GET', `/subscriptions/{subscription}/providers/${type}`, list, 'i'),
  route('GET', `${groupPath}/providers/${type}`, list, 'i'),
  route('GET', identityPath, get, 'i'),
  route('PUT', identityPath, put, 'i'),
  route('PATCH', identityPath, put, 'i'),
  route('DELETE', identityPath, destroy, 'i'),
  route('GET', `${identityPath}/federatedIdentityCredentials`, listCredentials, 'i'),
  route('GET', credentialPath, getCredential, 'i'),
  route('PUT', credentialPath, putCredential, 'i'),
  route('DELETE', credentialPath, destroyCredential, 'i'),
];

function readPath({ subscription = '', group = '', identity = '' }: Parameters): ResourcePath {
  return { subscription, group, name: identity };
}

function getIdentity(parameters: Parameters, context: ArmContext, action: string): ManagedIdentity {
  const { identities } = context.azure.resources;
  return getResource(context, type, identities, `${type}/${action}`, readPath(parameters));
}

function list(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const found = listResources(context, type, context.azure.resources.identities, parameters);
  return replyWithList(found.map((identity) => renderIdentity(context, identity)));
}

function get(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  return { status: 200, body: renderIdentity(context, getIdentity(parameters, context, 'read')) };
}

async function put(parameters: Parameters, exchange: Exchange, context: ArmContext): Promise<Reply> {
  const path = readPath(parameters);
  const { resources } = context.azure;
  const old = findResource(context, type, resources.identities, `${type}/write`, path);
  const { body } = await readBody(exchange);
  if (!/^[A-Za-z0-9][\w-]{2,127}$/.test(path.name))
    throw armError(400, 'InvalidResourceName', `The resource name '${path.name}' is not valid.`);
  if (old) {
    const changed = { ...old, tags: body.tags === undefined ? old.tags : readTags(body) };
    replace(resources.identities, old, changed);
    replace<CredentialOwner>(context.azure.directory.identities, old, changed);
    return { status: 200, body: renderIdentity(context, changed) };
  }
  if (exchange.method === 'PATCH') throw notFound(type, path.name, path.group);
  const identity = create(path, body, context);
  return { status: 201, body: renderIdentity(context, identity) };
}

function create(
  { subscription, group, name }: ResourcePath,
  body: Record<string, unknown>,
  context: ArmContext,
): ManagedIdentity {
  const { resources, directory, clock } = context.azure;
  const location = readLocation(body);
  const createdAt = clock.now();
  const clientId = randomUUID();
  const principal = directory.addServicePrincipal({
    appId: clientId,
    kind: 'ManagedIdentity',
    createdAt,
    permissions: [],
    properties: { displayName: name, accountEnabled: true },
  });
  const identity: ManagedIdentity = {
    name,
    resourceGroup: getGroup(context, subscription, group).name,
    location,
    tags: readTags(body),
    clientId,
    principalId: principal.id,
    createdAt,
    credentials: new Replicated<readonly FederatedCredential[]>([], createdAt),
  };
  resources.identities.push(identity);
  directory.identities.push(identity);
  return identity;
}

function destroy(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const { resources, directory } = context.azure;
  const path = readPath(parameters);
  const identity = findResource(context, type, resources.identities, `${type}/delete`, path);
  if (!identity) return { status: 204 };
  directory.removePrincipals(identity.clientId);
  remove(directory.identities, (one) => one === identity);
  remove(resources.identities, (one) => one === identity);
  return { status: 200 };
}

function listCredentials(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const identity = getIdentity(parameters, context, 'federatedIdentityCredentials/read');
  return replyWithList(identity.credentials.current.map((one) => renderCredential(context, identity, one)));
}

function getCredential(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const identity = getIdentity(parameters, context, 'federatedIdentityCredentials/read');
  const found = identity.credentials.current.find(({ name }) => name === parameters.credential);
  if (!found) throw credentialNotFound(parameters);
  return { status: 200, body: renderCredential(context, identity, found) };
}

async function putCredential(
  parameters: Parameters,
  exchange: Exchange,
  context: ArmContext,
): Promise<Reply> {
  const identity = getIdentity(parameters, context, 'federatedIdentityCredentials/write');
  const { properties } = await readBody(exchange);
  const { issuer, subject, audiences } = properties;
  return writeExclusively(context, identity, () => {
    const { credential: name = '' } = parameters;
    const outcome = writeCredential(identity.credentials.current, { name, issuer, subject, audiences });
    if ('kind' in outcome) {
      switch (outcome.kind) {
        case 'pair':
          throw armError(
            400,
            'BadRequest',
            'Issuer and subject combination already exists for this Managed Identity.',
          );
        case 'limit':
          throw armError(
            400,
            'BadRequest',
            'Too many Federated Identity Credentials: a managed identity can have at most 20.',
          );
        default:
          throw armError(400, 'BadRequest', outcome.message);
      }
    }
    identity.credentials.set(outcome.credentials, context.azure.clock.now());
    return {
      status: outcome.isNew ? 201 : 200,
      body: renderCredential(context, identity, outcome.credential),
    };
  });
}

async function destroyCredential(parameters: Parameters, _: Exchange, context: ArmContext): Promise<Reply> {
  const identity = getIdentity(parameters, context, 'federatedIdentityCredentials/delete');
  return writeExclusively(context, identity, () => {
    const kept = identity.credentials.current.filter(({ name }) => name !== parameters.credential);
    if (kept.length === identity.credentials.current.length) return { status: 204 };
    identity.credentials.set(kept, context.azure.clock.now());
    return { status: 200 };
  });
}

const beingWritten = new WeakSet<object>();

/**
 * Runs a write to the credentials of an identity. As in Azure, it is rejected while another write is running.
 */
async function writeExclusively(
  { azure }: ArmContext,
  identity: ManagedIdentity,
  write: () => Reply,
): Promise<Reply> {
  // This object stays the same when the tags of the identity change.
  const lock = identity.credentials;
  if (beingWritten.has(lock)) {
    const id = azure.resources.getResourceId(type, identity);
    throw armError(
      409,
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
      `Too many Federated Identity Credentials are written concurrently for the managed identity '${id}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`,
    );
  }
  beingWritten.add(lock);
  try {
    await azure.clock.sleep(azure.behaviour.identityWriteSeconds);
    return write();
  } finally {
    beingWritten.delete(lock);
  }
}

function credentialNotFound({ identity = '', credential = '', group = '' }: Parameters) {
  return notFound(type, `${identity}/federatedIdentityCredentials/${credential}`, group);
}

function renderIdentity({ azure }: ArmContext, identity: ManagedIdentity) {
  return {
    id: azure.resources.getResourceId(type, identity),
    name: identity.name,
    type,
    location: identity.location,
    tags: identity.tags,
    properties: { tenantId: azure.tenant.id, principalId: identity.principalId, clientId: identity.clientId },
  };
}

function renderCredential({ azure }: ArmContext, identity: ManagedIdentity, credential: FederatedCredential) {
  const { name, issuer, subject, audiences } = credential;
  return {
    id: `${azure.resources.getResourceId(type, identity)}/federatedIdentityCredentials/${name}`,
    name,
    type: `${type}/federatedIdentityCredentials`,
    properties: { issuer, subject, audiences },
  };
}
