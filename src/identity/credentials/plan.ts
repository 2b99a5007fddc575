import { FederationError } from '../../errors/index.ts';
import { type Change, differencesOf } from '../plan.ts';
import { type Credential, credentialLimit, type Prune, type WantedCredential } from './credential.ts';
import { recogniseCredential } from './names.ts';

/** One thing to do to the credentials of an identity; without `write` and `remove` there is nothing to do. */
export interface CredentialStep {
  readonly change: Change;
  readonly remove?: string;
  readonly write?: Credential;
}

export interface CredentialPlan {
  /** In the order in which they may be done: removals make room and free names and pairs before anything is written. */
  readonly steps: readonly CredentialStep[];
  /** The credentials that serve afterwards, in the order of the wanted ones. */
  readonly inForce: readonly Credential[];
  readonly warnings: readonly string[];
}

export interface CredentialPlanOptions {
  readonly wanted: readonly WantedCredential[];
  readonly existing: readonly Credential[];
  readonly owner: string;
  readonly prune: Prune;
  /** Credentials of jobs that began before this time, in seconds since the epoch, are removed. */
  readonly sweepBefore?: number | undefined;
  /** Managed identities keep no description, so it is no difference there. */
  readonly withDescription: boolean;
  /** How the identity reads in messages: `application "x"`. */
  readonly identity: string;
}

/** What has to happen so that every wanted credential is in force. Pure. Throws FederationError `too-many-federated-credentials`. */
export function planCredentials(options: CredentialPlanOptions): CredentialPlan {
  const removals = new Map<string, string>();
  const serving = new Map(options.existing.map((credential) => [pairOf(credential), credential]));
  for (const wanted of options.wanted) {
    const holder = serving.get(pairOf(wanted));
    if (holder === undefined || holder.name === wanted.name) continue;
    const reason = reasonToReplace(holder, options);
    if (reason !== undefined) removals.set(holder.name, reason);
    // The pair can be held once only, so the drifted credential under the wanted name has nothing to be repaired to.
    else if (options.existing.some(({ name }) => name === wanted.name))
      removals.set(wanted.name, `what it should hold is held by "${holder.name}"`);
  }
  const left = options.existing.filter(({ name }) => !removals.has(name));
  const planned = options.wanted.map((wanted) => stepFor(wanted, left, options));
  const inForce = planned.map(({ credential }) => credential);
  for (const credential of left) {
    const reason = inForce.some(({ name }) => name === credential.name)
      ? undefined
      : reasonToRemove(credential, options);
    if (reason !== undefined) removals.set(credential.name, reason);
  }
  const steps = planned.map(({ step }) => step);
  const created = steps.flatMap(({ change, write }) => (change.action === 'create' && write ? [write] : []));
  assertRoom(options, options.existing.length - removals.size, created);
  return { steps: inOrder(removals, steps), inForce, warnings: nearMisses(options) };
}

function inOrder(
  removals: ReadonlyMap<string, string>,
  steps: readonly CredentialStep[],
): readonly CredentialStep[] {
  const removing = [...removals].map(
    ([name, note]): CredentialStep => ({
      change: { kind: 'federated-credential', name, action: 'delete', note },
      remove: name,
    }),
  );
  const updatesFirst = steps.toSorted(
    (a, b) => Number(b.change.action === 'update') - Number(a.change.action === 'update'),
  );
  return [...removing, ...updatesFirst];
}

function stepFor(
  { account, ...wanted }: WantedCredential,
  existing: readonly Credential[],
  { owner, withDescription }: CredentialPlanOptions,
): { readonly step: CredentialStep; readonly credential: Credential } {
  const note = `${account.namespace}/${account.name}`;
  const base = { kind: 'federated-credential', note } as const;
  const actual =
    existing.find(({ name }) => name === wanted.name) ??
    existing.find((other) => pairOf(other) === pairOf(wanted));
  if (actual === undefined)
    return {
      credential: wanted,
      step: { change: { ...base, name: wanted.name, action: 'create' }, write: wanted },
    };
  const isOurs = actual.name === wanted.name || recogniseCredential(actual.name, { ...wanted, owner }).ours;
  const { issuer, subject, audiences, description } = wanted;
  // Somebody else's description stays: it says nothing to Entra.
  const desired = { issuer, subject, audiences, ...(withDescription && isOurs && { description }) };
  const differences = differencesOf(desired, { ...actual });
  const credential = { ...actual, ...desired };
  if (differences.length > 0)
    return {
      credential,
      step: { change: { ...base, name: actual.name, action: 'update', differences }, write: credential },
    };
  const action = isOurs ? 'unchanged' : 'adopt';
  return { credential, step: { change: { ...base, name: actual.name, action } } };
}

/** Issuer and subject: what Entra finds a credential by, and what it holds once only. */
export function pairOf({ issuer, subject }: Pick<Credential, 'issuer' | 'subject'>): string {
  return `${issuer}\n${subject}`;
}

/** Why a credential that holds a wanted pair under another name cannot stay; undefined where it serves as it is. */
function reasonToReplace(holder: Credential, options: CredentialPlanOptions): string | undefined {
  if (options.wanted.some(({ name }) => name === holder.name))
    return 'it holds what another credential should, and is written anew';
  const { ours, jobSince } = recognised(holder, options);
  if (!ours || jobSince === undefined) return undefined;
  if (options.sweepBefore !== undefined && jobSince < options.sweepBefore)
    return 'an earlier job left it, and it is written anew';
  const isKept = options.wanted.some((wanted) => recognised(wanted, options).jobSince === undefined);
  return isKept ? 'it was to end with a job, and is written anew to stay' : undefined;
}

function reasonToRemove(credential: Credential, options: CredentialPlanOptions): string | undefined {
  const { ours, jobSince } = recognised(credential, options);
  if (!ours) return undefined;
  if (jobSince !== undefined && options.sweepBefore !== undefined && jobSince < options.sweepBefore)
    return 'an earlier job left it';
  const isPruned =
    options.prune === 'any-issuer' ||
    (options.prune === 'same-issuer' && options.wanted.some(({ issuer }) => issuer === credential.issuer));
  return isPruned ? 'made here before and not wanted now' : undefined;
}

function recognised(
  credential: Credential,
  { owner }: CredentialPlanOptions,
): { readonly ours: boolean; readonly jobSince?: number } {
  const { issuer, subject } = credential;
  return recogniseCredential(credential.name, { owner, issuer, subject });
}

/** Credentials that no token will ever match, because they differ from a wanted one in case or white space only. */
function nearMisses({ wanted, existing }: CredentialPlanOptions): readonly string[] {
  const loose = (credential: Credential) =>
    pairOf(credential)
      .toLowerCase()
      .replace(/[^\S\n]/g, '');
  const isNearMiss = (credential: Credential) =>
    wanted.some(
      (meant) =>
        loose(meant) === loose(credential) &&
        pairOf(meant) !== pairOf(credential) &&
        meant.name !== credential.name,
    );
  return existing
    .filter(isNearMiss)
    .map(
      ({ name }) =>
        `the federated credential "${name}" differs from a wanted one in upper and lower case or white space only: no token matches it`,
    );
}

function assertRoom(options: CredentialPlanOptions, kept: number, created: readonly Credential[]): void {
  const room = Math.max(0, credentialLimit - kept);
  if (created.length <= room) return;
  const list = (credentials: readonly Credential[]) =>
    credentials.map(({ subject }) => subject.replace(/^system:serviceaccount:(.+):/, '$1/')).join(', ') ||
    'none';
  const unwanted = options.existing.filter(
    (credential) =>
      !options.wanted.some((wanted) => pairOf(wanted) === pairOf(credential)) &&
      reasonToRemove(credential, { ...options, prune: 'any-issuer' }) !== undefined,
  );
  const prune = `- prune-credentials: any-issuer removes ${unwanted.length} that were made here before and are not wanted now`;
  throw new FederationError(
    `failed to plan the federated credentials: the ${options.identity} holds at most ${credentialLimit} and would need ${kept + created.length}, of which ${kept} are there. ` +
      `These fit: ${list(created.slice(0, room))}. These do not: ${list(created.slice(room))}`,
    {
      code: 'too-many-federated-credentials',
      hint: [
        'Nothing was changed. Ways round it:',
        ...(options.prune !== 'any-issuer' && unwanted.length > 0 ? [prune] : []),
        `- several identities: run this action once per ${credentialLimit} service accounts, each time with another name`,
        '- one service account that several workloads of a namespace share',
      ].join('\n'),
    },
  );
}
