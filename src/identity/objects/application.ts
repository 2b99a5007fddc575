import type { Graph } from '../../azure/clients/index.ts';
import { errorCode, FederationError } from '../../errors/index.ts';
import { type Change, differencesOf } from '../plan.ts';
import {
  type Application,
  applicationCredentials,
  byClientId,
  byUniqueName,
  deletedApplications,
  destroyApplication,
  destroyPrincipal,
  principalPath,
  purge,
  type ServicePrincipal,
} from './graph-applications.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { endsWithJob, keptTags, type Mark, markTags, parseMark } from './mark.ts';

/** What to do where a deleted application holds the name. */
export type DeletedApplication = 'fail' | 'restore' | 'purge';

/** An application as it should be. */
export interface WantedApplication {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly identifierUris: readonly string[];
  readonly deleted: DeletedApplication;
  readonly mark: Mark;
}

// Delegated permission that the portal gives every new application: sign in and read the own profile.
const userRead = {
  resourceAppId: '00000003-0000-0000-c000-000000000000',
  resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }],
};

/** An application that is known by its unique name, created where absent and repaired where it drifted. */
export function namedApplication(graph: Graph, wanted: WantedApplication): IdentityHost {
  const title = `application "${wanted.uniqueName}"`;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await graph.find<Application>(`read the ${title}`, byUniqueName(wanted.uniqueName).read);
    const deleted = found ? undefined : await findDeleted(graph, wanted);
    const body = applicationBody(wanted, found);
    const differences = found ? differencesOf(body, { ...found }) : [];
    const change: Change = {
      kind: 'application',
      name: wanted.uniqueName,
      action: found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged',
      ...(differences.length > 0 && { differences }),
      ...(deleted && { note: deletedNotes[wanted.deleted] }),
    };
    const bring = async () => {
      if (deleted && wanted.deleted === 'purge') await purge(graph, title, deleted.id, false);
      if (deleted && wanted.deleted === 'restore')
        await graph.post(`restore the deleted ${title}`, `/directory/deletedItems/${deleted.id}/restore`, {});
      return writeApplication(graph, title, wanted, body, deleted !== undefined);
    };
    const planned = await withServicePrincipal(graph, change, found, wanted.mark, bring);
    return { ...planned, restores: deleted !== undefined && wanted.deleted === 'restore' };
  };
  return { title, plan, destroy: destroyer(graph, title), ...applicationCredentials(graph, title) };
}

const deletedNotes: Readonly<Record<DeletedApplication, string>> = {
  fail: '',
  restore: 'a deleted application of this name is restored',
  purge: 'a deleted application of this name is purged first',
};

// Listing what was deleted may take many pages and a permission more, so only who asks for it pays for it.
async function findDeleted(graph: Graph, wanted: WantedApplication): Promise<Application | undefined> {
  if (wanted.deleted === 'fail') return undefined;
  const all = await deletedApplications(graph);
  return all.find(({ uniqueName }) => uniqueName === wanted.uniqueName);
}

// A purged application's name is not free at once, and a restored one is not found at once.
const nameSettles = {
  code: 'unique-name-taken',
  what: 'the name of a deleted application to settle',
  seconds: 60,
} as const;

async function writeApplication(
  graph: Graph,
  title: string,
  wanted: WantedApplication,
  body: object,
  settling: boolean,
): Promise<Application> {
  const { path, read } = byUniqueName(wanted.uniqueName);
  const readBack = () => graph.get<Application>(`read the ${title}`, read, { afterCreation: true });
  try {
    const options = settling ? { passing: nameSettles } : {};
    // No body comes back where it was there already, perhaps because another run made it in between.
    return (await graph.upsert<Application>(`write the ${title}`, path, body, options)) ?? (await readBack());
  } catch (error) {
    if (errorCode(error) !== 'unique-name-taken' || settling) throw error;
    const found = await graph.find<Application>(`read the ${title}`, read);
    if (found) return found;
    await purgeOwn(graph, title, wanted, error);
    return writeApplication(graph, title, wanted, body, true);
  }
}

/** Purges the deleted application of this name where a job of ours was to do it and was cancelled. Throws FederationError `application-deleted` for others. */
async function purgeOwn(
  graph: Graph,
  title: string,
  wanted: WantedApplication,
  cause: unknown,
): Promise<void> {
  const holder = (await deletedApplications(graph)).find(
    ({ uniqueName }) => uniqueName === wanted.uniqueName,
  );
  if (holder && endsWithJob(parseMark(holder.tags), wanted.mark.owner))
    return purge(graph, title, holder.id, false);
  throw new FederationError(`failed to create the ${title}: a deleted application still holds this name`, {
    code: 'application-deleted',
    hint: 'Set deleted-application: restore to have it back with its client id, or purge to end it for good. Entra itself purges it 30 days after its deletion.',
    cause,
  });
}

/** An existing application by its client id, which stays as it is; only its service principal is made where absent. */
export function existingApplication(graph: Graph, clientId: string, mark: Mark): IdentityHost {
  const title = `application ${clientId}`;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await graph.find<Application>(`read the ${title}`, byClientId(clientId));
    if (found === undefined) {
      throw new FederationError(`failed to find the ${title}: this tenant has none`, {
        code: 'application-not-found',
        hint: 'Check client-id, and that azure-tenant-id is the tenant where the application was registered.',
      });
    }
    const change: Change = { kind: 'application', name: found.displayName, action: 'unchanged' };
    return withServicePrincipal(graph, change, found, mark, async () => found);
  };
  return { title, plan, destroy: destroyer(graph, title), ...applicationCredentials(graph, title) };
}

async function withServicePrincipal(
  graph: Graph,
  change: Change,
  found: Application | undefined,
  mark: Mark,
  bring: () => Promise<Application>,
): Promise<IdentityPlan> {
  const title = `service principal of the application "${change.name}"`;
  const principal =
    found && (await graph.find<ServicePrincipal>(`read the ${title}`, principalPath(found.appId).read));
  const action = principal ? 'unchanged' : 'create';
  const principalChange: Change = { kind: 'service-principal', name: change.name, action };
  const apply = async (): Promise<UsableIdentity> => {
    const application = change.action === 'unchanged' && found ? found : await bring();
    const { path, read } = principalPath(application.appId);
    const made =
      principal ??
      (await graph.upsert<ServicePrincipal>(
        `create the ${title}`,
        path,
        { tags: markTags(mark) },
        { afterCreation: true },
      )) ??
      (await graph.get<ServicePrincipal>(`read the ${title}`, read, { afterCreation: true }));
    return { clientId: application.appId, objectId: application.id, principalId: made.id };
  };
  return {
    changes: [change, principalChange],
    known: found && { clientId: found.appId, objectId: found.id, principalId: principal?.id },
    mark: parseMark(found?.tags),
    principalMark: parseMark(principal?.tags),
    apply,
  };
}

/** What is written to an application. What others added to one that is there stays: URIs, permissions and tags are completed, never taken away. */
export function applicationBody(
  wanted: Pick<WantedApplication, 'displayName' | 'identifierUris' | 'mark'>,
  found?: Application,
) {
  const uris = found?.identifierUris ?? [];
  const access = found?.requiredResourceAccess ?? [];
  const asksForGraph = access.some(({ resourceAppId }) => resourceAppId === userRead.resourceAppId);
  const tags = found ? keptTags(found.tags ?? [], wanted.mark) : markTags(wanted.mark);
  return {
    displayName: wanted.displayName,
    identifierUris: [...uris, ...wanted.identifierUris.filter((uri) => !uris.includes(uri))],
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: asksForGraph ? access : [...access, userRead],
    tags,
  };
}

function destroyer(graph: Graph, title: string): IdentityHost['destroy'] {
  return async (identity: Identity, what) => {
    if (what === 'identity') return destroyApplication(graph, title, identity);
    if (identity.principalId !== undefined)
      await destroyPrincipal(graph, `service principal of the ${title}`, identity.principalId);
  };
}
