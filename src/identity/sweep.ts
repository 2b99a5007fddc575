import type { RoleAssignment } from '@azure/arm-authorization';
import type { Graph, ResourceManager } from '../azure/clients/index.ts';
import { collectPages } from '../azure/clients/index.ts';
import type { Credential } from './credentials/credential.ts';
import { recogniseCredential } from './credentials/names.ts';
import {
  type Application,
  applicationCredentials,
  byTag,
  deletedApplications,
  deletedPrincipals,
  destroyApplication,
  principalPath,
  purge,
  type ServicePrincipal,
} from './objects/graph-applications.ts';
import type { Identity } from './objects/identity.ts';
import { holdings, usable } from './objects/managed-identity.ts';
import { endsWithJob, type Mark, markOfRecord, markOfText, markTag, parseMark } from './objects/mark.ts';
import type { Change, Kind } from './plan.ts';
import { isAssignmentOf, removeAssignment } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';

/** One leftover of an earlier job and how to end it. */
export interface SweepStep {
  readonly change: Change;
  remove(): Promise<void>;
}

/** The identity that this run uses itself: it stays, and so do the roles that are wanted for it. */
export interface OwnIdentity extends Identity {
  readonly credentials: readonly Credential[];
  readonly roles: readonly ResolvedRole[];
}

export interface SweepOptions {
  readonly owner: string;
  /** Jobs that began before this time, in seconds since the epoch, are over. */
  readonly before: number;
  /** Undefined where it is still to be made. */
  readonly own: OwnIdentity | undefined;
  readonly graph: Graph | undefined;
  readonly manager: ResourceManager | undefined;
}

/**
 * What earlier jobs left behind, in the order in which it can go: role assignments, then applications with their service principals first, then what
 * was deleted but not purged. An identity that still holds a credential of somebody else, or of a job that may be at work, stays.
 */
export async function planSweep(options: SweepOptions): Promise<readonly SweepStep[]> {
  const { graph, manager, own } = options;
  const identities = [
    ...(graph ? await leftApplications(graph, options) : []),
    ...(manager ? await leftManagedIdentities(manager, options) : []),
  ];
  const leftovers = identities.filter(({ isAtWork }) => !isAtWork);
  const busy = identities.filter(({ isAtWork }) => isAtWork).map(({ principalId }) => principalId);
  if (own?.credentials.some((credential) => isOfYoungJob(credential, options))) busy.push(own.principalId);
  return [
    ...(manager ? await leftAssignments(manager, options, busy) : []),
    ...leftovers.map(({ step }) => step),
    ...(graph ? await deletedLeftovers(graph, options) : []),
  ];
}

interface LeftIdentity {
  readonly step: SweepStep;
  readonly principalId: string | undefined;
  readonly isAtWork: boolean;
}

function isLeft(mark: Mark | undefined, { owner, before }: SweepOptions): mark is Mark {
  return (
    mark !== undefined &&
    endsWithJob(mark, owner) &&
    mark.lifetime.kind === 'job' &&
    mark.lifetime.since < before
  );
}

async function leftApplications(graph: Graph, options: SweepOptions): Promise<readonly LeftIdentity[]> {
  const marked = await graph.list<Application>('list the applications made here', byTag(markTag));
  const left: LeftIdentity[] = [];
  for (const application of marked) {
    const { id: objectId, appId: clientId, uniqueName, displayName } = application;
    const mark = parseMark(application.tags);
    if (!isLeft(mark, options) || clientId === options.own?.clientId) continue;
    const title = `application "${uniqueName ?? displayName}"`;
    const principal = await graph.find<ServicePrincipal>(
      `read the service principal of the ${title}`,
      principalPath(clientId).read,
    );
    const identity = { objectId, clientId, principalId: principal?.id };
    const credentials = await applicationCredentials(graph, title).credentials(identity);
    left.push({
      principalId: principal?.id,
      isAtWork: credentials.some((credential) => isInUse(credential, options)),
      step: step('application', uniqueName ?? displayName, () => destroyApplication(graph, title, identity)),
    });
  }
  return left;
}

async function leftManagedIdentities(
  manager: ResourceManager,
  options: SweepOptions,
): Promise<readonly LeftIdentity[]> {
  const all = await manager.call('list the managed identities', () =>
    collectPages(manager.identities.userAssignedIdentities.listBySubscription()),
  );
  const left: LeftIdentity[] = [];
  for (const resource of all) {
    const { name = '' } = resource;
    if (!isLeft(markOfRecord(resource.tags), options) || resource.clientId === options.own?.clientId)
      continue;
    const title = `managed identity "${name}"`;
    const identity = usable(resource, title);
    const host = holdings(manager, title);
    const credentials = await host.credentials(identity);
    left.push({
      principalId: identity.principalId,
      isAtWork: credentials.some((credential) => isInUse(credential, options)),
      step: step('managed-identity', name, () => host.destroy(identity, 'identity')),
    });
  }
  return left;
}

// Somebody else's credential, one that is kept, or one of a job that may be at work.
function isInUse(credential: Credential, options: SweepOptions): boolean {
  const { ours, jobSince } = recognised(credential, options);
  return !ours || jobSince === undefined || jobSince >= options.before;
}

function isOfYoungJob(credential: Credential, options: SweepOptions): boolean {
  const { jobSince } = recognised(credential, options);
  return jobSince !== undefined && jobSince >= options.before;
}

function recognised(
  { name, issuer, subject }: Credential,
  { owner }: SweepOptions,
): { readonly ours: boolean; readonly jobSince?: number } {
  return recogniseCredential(name, { owner, issuer, subject });
}

async function leftAssignments(
  manager: ResourceManager,
  options: SweepOptions,
  busy: readonly (string | undefined)[],
): Promise<readonly SweepStep[]> {
  const all = await manager.call('list the role assignments of the subscription', () =>
    collectPages(manager.authorization.roleAssignments.listForSubscription()),
  );
  const { own } = options;
  const isWanted = (assignment: RoleAssignment) =>
    own !== undefined &&
    assignment.principalId === own.principalId &&
    own.roles.some((role) => isAssignmentOf(assignment, role));
  return all.flatMap((assignment) => {
    const { id, principalId, description, scope } = assignment;
    const stays =
      !isLeft(markOfText(description), options) || busy.includes(principalId) || isWanted(assignment);
    return id === undefined || stays
      ? []
      : [step('role-assignment', `${id.split('/').at(-1)} @ ${scope}`, () => removeAssignment(manager, id))];
  });
}

/** What was deleted but not purged, by a job that was cancelled in between. Service principals first, as with living ones. */
async function deletedLeftovers(graph: Graph, options: SweepOptions): Promise<readonly SweepStep[]> {
  const principals = (await deletedPrincipals(graph)).filter(({ tags }) => isLeft(parseMark(tags), options));
  const applications = (await deletedApplications(graph)).filter(({ tags }) =>
    isLeft(parseMark(tags), options),
  );
  return [
    ...principals.map(({ id, appId }) =>
      step('service-principal', `of ${appId}, deleted`, () =>
        purge(graph, `service principal of ${appId}`, id, false),
      ),
    ),
    ...applications.map(({ id, displayName }) =>
      step('application', `${displayName}, deleted`, () =>
        purge(graph, `application "${displayName}"`, id, false),
      ),
    ),
  ];
}

function step(kind: Kind, name: string, remove: () => Promise<void>): SweepStep {
  return { change: { kind, name, action: 'delete', note: 'an earlier job left it' }, remove };
}
