import { FederationError } from '../../errors/index.ts';
import { type Change, findDifferences } from '../plan.ts';
import { type Credential, credentialLimit, type Prune, type WantedCredential } from './credential.ts';
import { recognizeCredential } from './names.ts';

/** One change to the credentials of an identity; without `write` and `remove`, nothing has to be done. */
export interface CredentialStep {
  readonly change: Change;
  readonly remove?: string;
  readonly write?: Credential;
}

export interface CredentialPlan {
  /** In the order to apply them: deletions come first, because they free room, names and pairs. */
  readonly steps: readonly CredentialStep[];
  /** The credentials that are in force afterwards, in the order of the wanted ones. */
  readonly inForce: readonly Credential[];
  readonly warnings: readonly string[];
}

export interface CredentialPlanOptions {
  readonly wanted: readonly WantedCredential[];
  readonly existing: readonly Credential[];
  readonly owner: string;
  readonly prune: Prune;
  /** Deletes credentials of jobs that started before this time, in seconds since the epoch. */
  readonly sweepBefore?: number | undefined;
  /** Credentials of managed identities have no description, so it is not compared there. */
  readonly withDescription: boolean;
  /** As it reads in messages: `application "x"`. */
  readonly identity: string;
}

/** Plans the changes after which every wanted credential is in force. Pure. Throws FederationError `too-many-federated-credentials`. */
export function planCredentials(options: CredentialPlanOptions): CredentialPlan {
  const removals = new Map<string, string>();
  const serving = new Map(options.existing.map((credential) => [getPair(credential), credential]));
  for (const wanted of options.wanted) {
    const holder = serving.get(getPair(wanted));
    if (holder === undefined || holder.name === wanted.name) continue;
    const reason = explainReplacement(holder, options);
    if (reason !== undefined) removals.set(holder.name, reason);
    // A pair can exist only once, so the drifted credential of the wanted name cannot be repaired.
    else if (options.existing.some(({ name }) => name === wanted.name))
      removals.set(wanted.name, `"${holder.name}" already has its issuer and subject`);
  }
  const left = options.existing.filter(({ name }) => !removals.has(name));
  const planned = options.wanted.map((wanted) => planCredential(wanted, left, options));
  const inForce = planned.map(({ credential }) => credential);
  for (const credential of left) {
    const reason = inForce.some(({ name }) => name === credential.name)
      ? undefined
      : explainRemoval(credential, options);
    if (reason !== undefined) removals.set(credential.name, reason);
  }
  const steps = planned.map(({ step }) => step);
  const created = steps.flatMap(({ change, write }) => (change.action === 'create' && write ? [write] : []));
  assertRoom(options, options.existing.length - removals.size, created);
  return { steps: orderSteps(removals, steps), inForce, warnings: findNearMisses(options) };
}

function orderSteps(
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

function planCredential(
  { account, ...wanted }: WantedCredential,
  existing: readonly Credential[],
  { owner, withDescription }: CredentialPlanOptions,
): { readonly step: CredentialStep; readonly credential: Credential } {
  const note = `${account.namespace}/${account.name}`;
  const base = { kind: 'federated-credential', note } as const;
  const actual =
    existing.find(({ name }) => name === wanted.name) ??
    existing.find((other) => getPair(other) === getPair(wanted));
  if (actual === undefined)
    return {
      credential: wanted,
      step: { change: { ...base, name: wanted.name, action: 'create' }, write: wanted },
    };
  const isOurs =
    actual.name === wanted.name || recognizeCredential({ ...wanted, name: actual.name }, owner).ours;
  const { issuer, subject, audiences, description } = wanted;
  // The description of another owner is kept: it means nothing to Entra ID.
  const desired = { issuer, subject, audiences, ...(withDescription && isOurs && { description }) };
  const differences = findDifferences(desired, { ...actual });
  const credential = { ...actual, ...desired };
  if (differences.length > 0)
    return {
      credential,
      step: { change: { ...base, name: actual.name, action: 'update', differences }, write: credential },
    };
  const action = isOurs ? 'unchanged' : 'adopt';
  return { credential, step: { change: { ...base, name: actual.name, action } } };
}

/** Returns issuer and subject: Entra ID finds a credential by this pair, and accepts it only once. */
export function getPair({ issuer, subject }: Pick<Credential, 'issuer' | 'subject'>): string {
  return `${issuer}\n${subject}`;
}

/** Returns why a credential with a wanted pair and another name cannot be used; undefined if it can. */
function explainReplacement(holder: Credential, options: CredentialPlanOptions): string | undefined {
  if (options.wanted.some(({ name }) => name === holder.name))
    return 'has the issuer and subject of another credential, and is recreated';
  const { ours, jobSince } = recognizeCredential(holder, options.owner);
  if (!ours || jobSince === undefined) return undefined;
  if (options.sweepBefore !== undefined && jobSince < options.sweepBefore)
    return 'an earlier job left it behind, and it is recreated';
  const isKept = options.wanted.some(
    (wanted) => recognizeCredential(wanted, options.owner).jobSince === undefined,
  );
  return isKept ? 'was to end with a job, and is recreated to be kept' : undefined;
}

function explainRemoval(credential: Credential, options: CredentialPlanOptions): string | undefined {
  const { ours, jobSince } = recognizeCredential(credential, options.owner);
  if (!ours) return undefined;
  if (jobSince !== undefined && options.sweepBefore !== undefined && jobSince < options.sweepBefore)
    return 'an earlier job left it behind';
  const isPruned =
    options.prune === 'any-issuer' ||
    (options.prune === 'same-issuer' && options.wanted.some(({ issuer }) => issuer === credential.issuer));
  return isPruned ? 'created by an earlier run and no longer wanted' : undefined;
}

/** Returns a warning for each credential that differs from a wanted one only in case or whitespace: no token matches it. */
function findNearMisses({ wanted, existing }: CredentialPlanOptions): readonly string[] {
  const normalize = (credential: Credential) =>
    getPair(credential)
      .toLowerCase()
      .replace(/[^\S\n]/g, '');
  const isNearMiss = (credential: Credential) =>
    wanted.some(
      (meant) =>
        normalize(meant) === normalize(credential) &&
        getPair(meant) !== getPair(credential) &&
        meant.name !== credential.name,
    );
  return existing
    .filter(isNearMiss)
    .map(
      ({ name }) =>
        `The federated credential "${name}" differs from a wanted one only in uppercase, lowercase or whitespace: no token matches it`,
    );
}

// `kept` credentials stay, and `created` are to be added.
function assertRoom(options: CredentialPlanOptions, kept: number, created: readonly Credential[]): void {
  const room = Math.max(0, credentialLimit - kept);
  if (created.length <= room) return;
  const list = (credentials: readonly Credential[]) =>
    credentials.map(({ subject }) => subject.replace(/^system:serviceaccount:(.+):/, '$1/')).join(', ') ||
    'none';
  const unwanted = options.existing.filter(
    (credential) =>
      !options.wanted.some((wanted) => getPair(wanted) === getPair(credential)) &&
      explainRemoval(credential, { ...options, prune: 'any-issuer' }) !== undefined,
  );
  const answer =
    `the ${options.identity} can hold ${credentialLimit} and would need ${kept + created.length}, of which ${kept} exist. ` +
    `These fit: ${list(created.slice(0, room))}. These do not: ${list(created.slice(room))}`;
  const error = new FederationError('too-many-federated-credentials', {
    action: 'plan the federated credentials',
    answer,
  });
  if (options.prune === 'any-issuer' || unwanted.length === 0) throw error;
  throw error.addAdvice([`\`prune-credentials: any-issuer\` would delete ${unwanted.length}.`]);
}
