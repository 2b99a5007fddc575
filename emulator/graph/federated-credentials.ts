import {
  type CredentialFault,
  maximumCredentials,
  type WantedCredential,
  writeCredential,
} from '../entra/credential-rules.ts';
import type { Application, FederatedCredential } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { applicationKey, getApplication } from './applications.ts';
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

const list = `/v1\\.0/${applicationKey}/federatedIdentityCredentials`;
const one = `${list}(?:/(?<idOrName>[^/()]+)|\\(name='(?<name>[^']*)'\\))`;
const set = 'applications/federatedIdentityCredentials';
const invalidValue = 'InvalidFederatedIdentityCredentialValue';

export const credentialRoutes: readonly Route<GraphContext>[] = [
  route('GET', list, getAll),
  route('POST', list, create),
  route('GET', one, get),
  route('PATCH', one, patch),
  route('DELETE', one, destroy),
];

function getAll(parameters: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const { credentials } = getApplication(parameters, context);
  const { clock, behaviour } = context.azure;
  const seen = credentials.getAt(clock.now() - behaviour.listLagSeconds);
  return replyWithPage(context, exchange, set, seen.map(renderCredential), ['name', 'subject']);
}

function get(parameters: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const credential = getExisting(parameters, getApplication(parameters, context));
  return replyWithItem(context, exchange, set, renderCredential(credential));
}

async function create(parameters: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  const application = getApplication(parameters, context);
  authorizeWrite(context, application);
  const { name, issuer, subject, audiences, description } = await readCredentialBody(exchange);
  const wanted = { name: String(name ?? ''), issuer, subject, audiences, description };
  if (application.credentials.current.some((credential) => credential.name === wanted.name)) {
    throw graphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `FederatedIdentityCredential with name ${wanted.name} already exists.`,
    );
  }
  const credential = write(context, application, wanted);
  return replyWithItem(context, exchange, set, renderCredential(credential), 201);
}

async function patch(parameters: Parameters, exchange: Exchange, context: GraphContext): Promise<Reply> {
  const application = getApplication(parameters, context);
  authorizeWrite(context, application);
  const body = await readCredentialBody(exchange);
  const old = find(parameters, application);
  if (!old && (parameters.name === undefined || !mayCreate(exchange)))
    throw objectNotFound(parameters.name ?? parameters.idOrName ?? '');
  const name = old?.name ?? parameters.name ?? '';
  if (body.name !== undefined && body.name !== name)
    throw badRequest("Property 'name' of a federated identity credential is read-only and cannot be set.");
  const credential = write(context, application, { ...old, ...body, name } as WantedCredential);
  return old ? { status: 204 } : replyWithItem(context, exchange, set, renderCredential(credential), 201);
}

function destroy(parameters: Parameters, _: Exchange, context: GraphContext): Reply {
  const application = getApplication(parameters, context);
  authorizeWrite(context, application);
  const gone = getExisting(parameters, application);
  const kept = application.credentials.current.filter((credential) => credential !== gone);
  application.credentials.set(kept, context.azure.clock.now());
  return { status: 204 };
}

const properties = ['name', 'issuer', 'subject', 'audiences', 'description'];

/**
 * Reads the body of a write. Rejects properties that v1.0 does not have, such as the expressions of the beta.
 */
async function readCredentialBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const body = await readBody(exchange);
  const odd = Object.keys(body).find((name) => !properties.includes(name) && !name.startsWith('@odata.'));
  if (odd === undefined) return body;
  throw badRequest(
    `Property '${odd}' does not exist on type 'microsoft.graph.federatedIdentityCredential' or can't be written.`,
  );
}

function write(
  context: GraphContext,
  { credentials }: Application,
  wanted: WantedCredential,
): FederatedCredential {
  const { azure } = context;
  const { allowedIssuers } = azure.tenant;
  const outcome = writeCredential(credentials.current, wanted);
  if ('kind' in outcome) throw createRefusal(outcome);
  if (allowedIssuers && !allowedIssuers.includes(outcome.credential.issuer)) {
    throw graphError(
      400,
      invalidValue,
      `The issuer '${outcome.credential.issuer}' is not allowed by the application management policy assigned to this application.`,
    );
  }
  credentials.set(outcome.credentials, azure.clock.now());
  return outcome.credential;
}

function createRefusal(fault: CredentialFault) {
  switch (fault.kind) {
    case 'pair':
      return graphError(
        400,
        invalidValue,
        'The combination of issuer and subject must be unique for the application. A federated identity credential with this combination already exists.',
      );
    case 'limit':
      return badRequest(
        `The application already has ${maximumCredentials} federated identity credentials, which is the most that it can have.`,
      );
    case 'name':
    case 'audiences':
    case 'length':
    case 'value':
      return graphError(400, invalidValue, fault.message);
  }
}

function find(
  { name, idOrName = '' }: Parameters,
  { credentials }: Application,
): FederatedCredential | undefined {
  return credentials.current.find((credential) =>
    name === undefined
      ? credential.id === idOrName || credential.name === idOrName
      : credential.name === name,
  );
}

function getExisting(parameters: Parameters, application: Application): FederatedCredential {
  const credential = find(parameters, application);
  if (credential) return credential;
  throw objectNotFound(parameters.name ?? parameters.idOrName ?? '');
}

function renderCredential({ id, name, issuer, subject, audiences, description }: FederatedCredential) {
  return { id, name, issuer, subject, description: description ?? null, audiences };
}
