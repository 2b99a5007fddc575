import { FederationError } from '../runtime/index.ts';
import type { Credential } from './credentials.ts';
import type { Graph } from './graph.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { type Mark, markTags } from './mark.ts';
import { type Change, differencesOf } from './plan.ts';

/** An application as it should be. */
export interface WantedApplication {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly identifierUris: readonly string[];
  readonly mark: Mark;
}

// Delegated permission that every new application of the portal asks for: sign in and read the own profile.
const userRead = {
  resourceAppId: '00000003-0000-0000-c000-000000000000',
  resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }],
};

interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly identifierUris?: readonly string[];
  readonly signInAudience?: string;
  readonly requiredResourceAccess?: readonly { readonly resourceAppId: string }[];
  readonly tags?: readonly string[];
}

interface ServicePrincipal {
  readonly id: string;
}

const applicationFields =
  'id,appId,displayName,uniqueName,identifierUris,signInAudience,requiredResourceAccess,tags';

/** An application that is known by its unique name, created where absent and repaired where it drifted. */
export function namedApplication(graph: Graph, wanted: WantedApplication): IdentityHost {
  const path = `/applications(uniqueName='${odata(wanted.uniqueName)}')`;
  const title = `application "${wanted.uniqueName}"`;
  const plan = async (): Promise<IdentityPlan> => {
    const select = `${path}?$select=${applicationFields}`;
    const found = await graph.find<Application>(`read the ${title}`, select);
    const body = desiredBody(wanted, found);
    const differences = found ? differencesOf(body, { ...found }) : [];
    const change: Change = {
      kind: 'application',
      name: wanted.uniqueName,
      action: found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged',
      ...(differences.length > 0 && { differences }),
    };
    return withServicePrincipal(graph, change, found, wanted.mark, async () => {
      const tags = found === undefined ? { tags: markTags(wanted.mark) } : {};
      const written = await graph.upsert<Application>(`write the ${title}`, path, { ...body, ...tags });
      // No body comes back where another run made it in between, or where it was there already.
      return written ?? found ?? graph.get<Application>(`read the ${title}`, select, { afterCreation: true });
    });
  };
  return { title, plan, ...credentialsOf(graph, title) };
}

/** An existing application by its client id, which stays as it is; only its service principal is made where absent. */
export function existingApplication(graph: Graph, clientId: string, mark: Mark): IdentityHost {
  const title = `application ${clientId}`;
  const plan = async (): Promise<IdentityPlan> => {
    const path = `/applications(appId='${odata(clientId)}')?$select=${applicationFields}`;
    const found = await graph.find<Application>(`read the ${title}`, path);
    if (found === undefined) {
      throw new FederationError(`failed to find the ${title}: this tenant has none`, {
        code: 'application-not-found',
        hint: 'Check client-id, and that azure-tenant-id is the tenant where the application was registered.',
      });
    }
    const change: Change = { kind: 'application', name: found.displayName, action: 'unchanged' };
    return withServicePrincipal(graph, change, found, mark, async () => found);
  };
  return { title, plan, ...credentialsOf(graph, title) };
}

async function withServicePrincipal(
  graph: Graph,
  change: Change,
  found: Application | undefined,
  mark: Mark,
  bring: () => Promise<Application>,
): Promise<IdentityPlan> {
  const pathOf = (appId: string) => `/servicePrincipals(appId='${odata(appId)}')`;
  const reading = `read the service principal of the application "${change.name}"`;
  const principal =
    found && (await graph.find<ServicePrincipal>(reading, `${pathOf(found.appId)}?$select=id,appId`));
  const principalChange: Change = {
    kind: 'service-principal',
    name: change.name,
    action: principal ? 'unchanged' : 'create',
  };
  const known = found && { clientId: found.appId, objectId: found.id, principalId: principal?.id };
  const apply = async (): Promise<UsableIdentity> => {
    const application = change.action === 'unchanged' && found ? found : await bring();
    const path = pathOf(application.appId);
    const made =
      principal ??
      (await graph.upsert<ServicePrincipal>(
        `create the service principal of the application "${change.name}"`,
        path,
        { tags: markTags(mark) },
        { afterCreation: true },
      )) ??
      (await graph.get<ServicePrincipal>(reading, `${path}?$select=id,appId`, { afterCreation: true }));
    return { clientId: application.appId, objectId: application.id, principalId: made.id };
  };
  return { changes: [change, principalChange], known, apply };
}

// What others added to an application stays: URIs and permissions are completed, never taken away.
function desiredBody(wanted: WantedApplication, found: Application | undefined) {
  const uris = found?.identifierUris ?? [];
  const access = found?.requiredResourceAccess ?? [];
  const asksForGraph = access.some(({ resourceAppId }) => resourceAppId === userRead.resourceAppId);
  return {
    displayName: wanted.displayName,
    identifierUris: [...uris, ...wanted.identifierUris.filter((uri) => !uris.includes(uri))],
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: asksForGraph ? access : [...access, userRead],
  };
}

function credentialsOf(graph: Graph, title: string): Omit<IdentityHost, 'title' | 'plan'> {
  const listOf = ({ objectId }: Identity) => `/applications/${objectId}/federatedIdentityCredentials`;
  const named = (identity: Identity, name: string) => `${listOf(identity)}(name='${odata(name)}')`;
  return {
    withDescription: true,
    credentials: async (identity) => {
      const listed = await graph.list<Credential & { description?: string | null }>(
        `list the federated credentials of the ${title}`,
        listOf(identity),
        { afterCreation: true },
      );
      return listed.map(({ name, issuer, subject, audiences, description }) => ({
        ...{ name, issuer, subject, audiences },
        ...(typeof description === 'string' && { description }),
      }));
    },
    write: async (identity, { name, ...body }) => {
      await graph.upsert(
        `write the federated credential "${name}" of the ${title}`,
        named(identity, name),
        body,
        { afterCreation: true },
      );
    },
    remove: (identity, name) =>
      graph.remove(`remove the federated credential "${name}" of the ${title}`, named(identity, name)),
  };
}

/** A value inside single quotes of a Graph path. */
function odata(value: string): string {
  return encodeURIComponent(value.replaceAll("'", "''"));
}
