import type { Graph } from '../../azure/clients/index.ts';
import { errorCode, FederationError } from '../../errors/index.ts';
import { type Change, findDifferences } from '../plan.ts';
import {
  type Application,
  applicationSchema,
  deleteApplication,
  deletePrincipal,
  getApplicationPath,
  getClientPath,
  getPrincipalPath,
  listDeletedApplications,
  manageCredentials,
  principalSchema,
  purge,
} from './graph-applications.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { endsWithJob, formatMarkTags, type Mark, parseMark, updateTags } from './mark.ts';

/** What to do if a deleted application holds the name. */
export type DeletedApplication = 'fail' | 'restore' | 'purge';

/** An application as it should be. */
export interface WantedApplication {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly identifierUris: readonly string[];
  readonly deleted: DeletedApplication;
  readonly mark: Mark;
}

// Delegated permission that the portal adds to every new application: sign in and read the user's own profile.
const userRead = {
  resourceAppId: '00000003-0000-0000-c000-000000000000',
  resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }],
};

/** Opens an application by its unique name. The plan creates it if it does not exist, and repairs it if it has drifted. */
export function openNamedApplication(graph: Graph, wanted: WantedApplication): IdentityHost {
  const title = `application "${wanted.uniqueName}"`;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await graph.find(
      `read the ${title}`,
      getApplicationPath(wanted.uniqueName).read,
      applicationSchema,
    );
    const deleted = found ? undefined : await findDeleted(graph, wanted);
    const body = createApplicationBody(wanted, found);
    const differences = found ? findDifferences(body, { ...found }) : [];
    const change: Change = {
      kind: 'application',
      name: wanted.uniqueName,
      action: found === undefined ? 'create' : differences.length > 0 ? 'update' : 'unchanged',
      ...(differences.length > 0 && { differences }),
      ...(deleted && { note: deletedNotes[wanted.deleted] }),
    };
    const write = async () => {
      if (deleted && wanted.deleted === 'purge') await purge(graph, title, deleted.id, false);
      if (deleted && wanted.deleted === 'restore')
        await graph.post(`restore the deleted ${title}`, `/directory/deletedItems/${deleted.id}/restore`, {});
      return writeApplication(graph, title, wanted, body, deleted !== undefined);
    };
    const planned = await planWithPrincipal(graph, change, found, wanted.mark, write);
    return { ...planned, restores: deleted !== undefined && wanted.deleted === 'restore' };
  };
  return { title, plan, destroy: createDestroy(graph, title), ...manageCredentials(graph, title) };
}

const deletedNotes: Readonly<Record<DeletedApplication, string>> = {
  fail: '',
  restore: 'restores the deleted application of this name',
  purge: 'purges the deleted application of this name first',
};

// The list of deleted applications can have many pages and needs another permission, so it is read only if required.
async function findDeleted(graph: Graph, wanted: WantedApplication): Promise<Application | undefined> {
  if (wanted.deleted === 'fail') return undefined;
  const all = await listDeletedApplications(graph);
  return all.find(({ uniqueName }) => uniqueName === wanted.uniqueName);
}

// The name of a purged application is not free at once, and a restored application is not found at once.
const nameAvailability = {
  code: 'unique-name-taken',
  what: 'the name of the deleted application to become available',
  seconds: 60,
} as const;

async function writeApplication(
  graph: Graph,
  title: string,
  wanted: WantedApplication,
  body: object,
  settling: boolean,
): Promise<Application> {
  const { path, read } = getApplicationPath(wanted.uniqueName);
  const readBack = () => graph.get(`read the ${title}`, read, applicationSchema, { afterCreation: true });
  try {
    const options = settling ? { passing: nameAvailability } : {};
    const upsert = { body, schema: applicationSchema, options };
    // The answer has no body if the application existed, perhaps because another run created it in the meantime.
    return (await graph.upsert(`write the ${title}`, path, upsert)) ?? (await readBack());
  } catch (error) {
    if (errorCode(error) !== 'unique-name-taken' || settling) throw error;
    const found = await graph.find(`read the ${title}`, read, applicationSchema);
    if (found) return found;
    await purgeOwn(graph, title, wanted, error);
    return writeApplication(graph, title, wanted, body, true);
  }
}

/**
 * Purges the deleted application of this name if a job of this owner was cancelled before it could do that.
 * Throws FederationError `application-deleted` for other applications.
 */
async function purgeOwn(
  graph: Graph,
  title: string,
  wanted: WantedApplication,
  cause: unknown,
): Promise<void> {
  const holder = (await listDeletedApplications(graph)).find(
    ({ uniqueName }) => uniqueName === wanted.uniqueName,
  );
  if (holder && endsWithJob(parseMark(holder.tags), wanted.mark.owner))
    return purge(graph, title, holder.id, false);
  throw new FederationError('application-deleted', { action: `create the ${title}` }, { cause });
}

/** Opens an existing application by its client ID. It is not changed; only its service principal is created if it does not exist. */
export function openExistingApplication(graph: Graph, clientId: string, mark: Mark): IdentityHost {
  const title = `application ${clientId}`;
  const plan = async (): Promise<IdentityPlan> => {
    const found = await graph.find(`read the ${title}`, getClientPath(clientId), applicationSchema);
    if (found === undefined) throw new FederationError('application-not-found', { clientId });
    const change: Change = { kind: 'application', name: found.displayName, action: 'unchanged' };
    return planWithPrincipal(graph, change, found, mark, async () => found);
  };
  return { title, plan, destroy: createDestroy(graph, title), ...manageCredentials(graph, title) };
}

// The plan of an application together with its service principal.
async function planWithPrincipal(
  graph: Graph,
  change: Change,
  found: Application | undefined,
  mark: Mark,
  write: () => Promise<Application>,
): Promise<IdentityPlan> {
  const title = `service principal of the application "${change.name}"`;
  const principal =
    found && (await graph.find(`read the ${title}`, getPrincipalPath(found.appId).read, principalSchema));
  const action = principal ? 'unchanged' : 'create';
  const principalChange: Change = { kind: 'service-principal', name: change.name, action };
  const apply = async (): Promise<UsableIdentity> => {
    const application = change.action === 'unchanged' && found ? found : await write();
    const { path, read } = getPrincipalPath(application.appId);
    const options = { afterCreation: true };
    const upsert = { body: { tags: formatMarkTags(mark) }, schema: principalSchema, options };
    const { id: principalId } =
      principal ??
      (await graph.upsert(`create the ${title}`, path, upsert)) ??
      (await graph.get(`read the ${title}`, read, principalSchema, options));
    return { clientId: application.appId, objectId: application.id, principalId };
  };
  return {
    changes: [change, principalChange],
    known: found && { clientId: found.appId, objectId: found.id, principalId: principal?.id },
    mark: parseMark(found?.tags),
    principalMark: parseMark(principal?.tags),
    apply,
  };
}

/** Returns the body of an application to write. URIs, permissions and tags that others added to an existing one are kept. */
export function createApplicationBody(
  wanted: Pick<WantedApplication, 'displayName' | 'identifierUris' | 'mark'>,
  found?: Application,
) {
  const current = found?.identifierUris ?? [];
  const uris = [...current, ...wanted.identifierUris.filter((uri) => !current.includes(uri))];
  const access = found?.requiredResourceAccess ?? [];
  const asksForGraph = access.some(({ resourceAppId }) => resourceAppId === userRead.resourceAppId);
  const tags = found ? updateTags(found.tags ?? [], wanted.mark) : formatMarkTags(wanted.mark);
  return {
    displayName: wanted.displayName,
    ...(uris.length > 0 && { identifierUris: uris }),
    signInAudience: 'AzureADMyOrg',
    requiredResourceAccess: asksForGraph ? access : [...access, userRead],
    tags,
  };
}

function createDestroy(graph: Graph, title: string): IdentityHost['destroy'] {
  return async (identity: Identity, what) => {
    if (what === 'identity') return deleteApplication(graph, title, identity);
    if (identity.principalId !== undefined)
      await deletePrincipal(graph, `service principal of the ${title}`, identity.principalId);
  };
}
