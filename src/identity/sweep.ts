import type { RoleAssignment } from '@azure/arm-authorization';
import type { Graph, ResourceManager } from '../azure/clients/index.ts';
import { collectPages } from '../azure/index.ts';
import type { Credential } from './credentials/credential.ts';
import { recognizeCredential } from './credentials/names.ts';
import {
  applicationSchema,
  deleteApplication,
  getPrincipalPath,
  getTagPath,
  listDeletedApplications,
  listDeletedPrincipals,
  manageCredentials,
  principalSchema,
  purge,
} from './objects/graph-applications.ts';
import type { Identity } from './objects/identity.ts';
import { manageIdentity, requireIds } from './objects/managed-identity.ts';
import {
  endsWithJob,
  type Mark,
  markTag,
  parseMark,
  parseMarkRecord,
  parseMarkText,
} from './objects/mark.ts';
import type { Change, Kind } from './plan.ts';
import { assignsRole, deleteAssignment } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';

/** One object that an earlier job left behind, and how to delete it. */
export interface SweepStep {
  readonly change: Change;
  remove(): Promise<void>;
}

/** The identity that this run uses. It is not deleted, nor are the roles that it is to have. */
export interface OwnIdentity extends Identity {
  readonly credentials: readonly Credential[];
  readonly roles: readonly ResolvedRole[];
}

export interface SweepOptions {
  readonly owner: string;
  /** Jobs that started before this time, in seconds since the epoch, have ended. */
  readonly before: number;
  /** Undefined if it does not exist yet. */
  readonly own: OwnIdentity | undefined;
  readonly graph: Graph | undefined;
  readonly manager: ResourceManager | undefined;
}

/**
 * Finds what earlier jobs left behind, in the order in which it can be deleted: role assignments, then identities, then objects that
 * were deleted but not purged. Keeps an identity that has a credential of another owner, or of a job that may still be running.
 */
export async function planSweep(options: SweepOptions): Promise<readonly SweepStep[]> {
  const { graph, manager, own } = options;
  const identities = [
    ...(graph ? await findApplications(graph, options) : []),
    ...(manager ? await findManagedIdentities(manager, options) : []),
  ];
  const leftovers = identities.filter(({ isInUse }) => !isInUse);
  const busy = identities.filter(({ isInUse }) => isInUse).map(({ principalId }) => principalId);
  if (own?.credentials.some((credential) => belongsToRecentJob(credential, options)))
    busy.push(own.principalId);
  return [
    ...(manager ? await findAssignments(manager, options, busy) : []),
    ...leftovers.map(({ step }) => step),
    ...(graph ? await findDeleted(graph, options) : []),
  ];
}

interface LeftIdentity {
  readonly step: SweepStep;
  readonly principalId: string | undefined;
  readonly isInUse: boolean;
}

function isLeft(mark: Mark | undefined, { owner, before }: SweepOptions): mark is Mark {
  return (
    mark !== undefined &&
    endsWithJob(mark, owner) &&
    mark.lifetime.kind === 'job' &&
    mark.lifetime.since < before
  );
}

async function findApplications(graph: Graph, options: SweepOptions): Promise<readonly LeftIdentity[]> {
  const path = getTagPath(markTag);
  const marked = await graph.list('list the applications of this action', path, applicationSchema);
  const left: LeftIdentity[] = [];
  for (const application of marked) {
    const { id: objectId, appId: clientId, uniqueName, displayName } = application;
    const mark = parseMark(application.tags);
    if (!isLeft(mark, options) || clientId === options.own?.clientId) continue;
    const title = `application "${uniqueName ?? displayName}"`;
    const principal = await graph.find(
      `read the service principal of the ${title}`,
      getPrincipalPath(clientId).read,
      principalSchema,
    );
    const identity = { objectId, clientId, principalId: principal?.id };
    const credentials = await manageCredentials(graph, title).credentials(identity);
    left.push({
      principalId: principal?.id,
      isInUse: credentials.some((credential) => needsIdentity(credential, options)),
      step: createStep('application', uniqueName ?? displayName, () =>
        deleteApplication(graph, title, identity),
      ),
    });
  }
  return left;
}

async function findManagedIdentities(
  manager: ResourceManager,
  options: SweepOptions,
): Promise<readonly LeftIdentity[]> {
  const all = await manager.call('list the managed identities', () =>
    collectPages(manager.identities.userAssignedIdentities.listBySubscription()),
  );
  const left: LeftIdentity[] = [];
  for (const resource of all) {
    const { name = '' } = resource;
    if (!isLeft(parseMarkRecord(resource.tags), options) || resource.clientId === options.own?.clientId)
      continue;
    const title = `managed identity "${name}"`;
    const identity = requireIds(resource, title);
    const host = manageIdentity(manager, title);
    const credentials = await host.credentials(identity);
    left.push({
      principalId: identity.principalId,
      isInUse: credentials.some((credential) => needsIdentity(credential, options)),
      step: createStep('managed-identity', name, () => host.destroy(identity, 'identity')),
    });
  }
  return left;
}

// A credential of another owner, one to keep, or one of a job that may still be running.
function needsIdentity(credential: Credential, options: SweepOptions): boolean {
  const { ours, jobSince } = recognizeCredential(credential, options.owner);
  return !ours || jobSince === undefined || jobSince >= options.before;
}

function belongsToRecentJob(credential: Credential, { owner, before }: SweepOptions): boolean {
  const { jobSince } = recognizeCredential(credential, owner);
  return jobSince !== undefined && jobSince >= before;
}

async function findAssignments(
  manager: ResourceManager,
  options: SweepOptions,
  busy: readonly (string | undefined)[],
): Promise<readonly SweepStep[]> {
  const all = await manager.call('list the role assignments of the subscription', () =>
    collectPages(manager.authorization.roleAssignments.listForSubscription()),
  );
  const { own } = options;
  const isNeeded = (assignment: RoleAssignment) =>
    own !== undefined &&
    assignment.principalId === own.principalId &&
    own.roles.some((role) => assignsRole(assignment, role));
  return all.flatMap((assignment) => {
    const { id, principalId, description, scope } = assignment;
    const stays =
      !isLeft(parseMarkText(description), options) || busy.includes(principalId) || isNeeded(assignment);
    return id === undefined || stays
      ? []
      : [
          createStep('role-assignment', `${id.split('/').at(-1)} @ ${scope}`, () =>
            deleteAssignment(manager, id),
          ),
        ];
  });
}

/** Finds what a cancelled job deleted but did not purge. Service principals come first, as with objects that still exist. */
async function findDeleted(graph: Graph, options: SweepOptions): Promise<readonly SweepStep[]> {
  const principals = (await listDeletedPrincipals(graph)).filter(({ tags }) =>
    isLeft(parseMark(tags), options),
  );
  const applications = (await listDeletedApplications(graph)).filter(({ tags }) =>
    isLeft(parseMark(tags), options),
  );
  return [
    ...principals.map(({ id, appId }) =>
      createStep('service-principal', `of ${appId}, deleted`, () =>
        purge(graph, `service principal of ${appId}`, id, false),
      ),
    ),
    ...applications.map(({ id, displayName }) =>
      createStep('application', `${displayName}, deleted`, () =>
        purge(graph, `application "${displayName}"`, id, false),
      ),
    ),
  ];
}

function createStep(kind: Kind, name: string, remove: () => Promise<void>): SweepStep {
  return { change: { kind, name, action: 'delete', note: 'an earlier job left it behind' }, remove };
}
