import { type ServiceAccountRef, subjectOf } from '../kubernetes/index.ts';
import { FederationError } from '../runtime/index.ts';
import { credentialName, jobCredentialName, recogniseCredential } from './names.ts';
import { type Change, differencesOf } from './plan.ts';

/** A federated credential as Entra has it. Managed identities' have no description. */
export interface Credential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description?: string;
}

/** A federated credential as it should be. */
export interface WantedCredential extends Credential {
  readonly account: ServiceAccountRef;
}

/** As many as one application or managed identity can hold. */
export const credentialLimit = 20;

/** Which credentials of ours that are not wanted any more are removed. */
export type Prune = 'none' | 'same-issuer' | 'any-issuer';

/** How long what is made here is meant to live. */
export type Lifetime = { readonly kind: 'kept' } | { readonly kind: 'job'; readonly since: number };

/** The credentials that these accounts need: one each, one audience each, named by content. */
export function wantedCredentials(options: {
  readonly accounts: readonly ServiceAccountRef[];
  readonly issuer: string;
  readonly audience: string;
  readonly owner: string;
  readonly lifetime: Lifetime;
}): readonly WantedCredential[] {
  const { issuer, owner, lifetime } = options;
  return options.accounts.map((account) => {
    const key = { owner, issuer, subject: subjectOf(account) };
    return {
      account,
      name: lifetime.kind === 'kept' ? credentialName(key) : jobCredentialName(key, lifetime.since),
      issuer,
      subject: key.subject,
      audiences: [options.audience],
      description: `Service account ${account.namespace}/${account.name}, by entra-kubernetes-federation for ${owner}`,
    };
  });
}

/** One thing to do to the credentials of an identity; a change without `write` or `remove` is none. */
export interface CredentialStep {
  readonly change: Change;
  readonly remove?: string;
  readonly write?: Credential;
}

export interface CredentialPlan {
  /** In the order in which they may be done: removals make room and free names before anything is written. */
  readonly steps: readonly CredentialStep[];
  /** Name under which each wanted credential is in force, in the order of the wanted ones. */
  readonly inForce: readonly Credential[];
  readonly warnings: readonly string[];
}

interface PlanOptions {
  readonly wanted: readonly WantedCredential[];
  readonly existing: readonly Credential[];
  readonly owner: string;
  readonly prune: Prune;
  /** Managed identities keep no description, so it is no difference there. */
  readonly withDescription: boolean;
  /** How the identity reads in messages: `application "x"`. */
  readonly identity: string;
}

/** What has to happen so that exactly the wanted credentials are in force. Pure. Throws FederationError `too-many-federated-credentials`. */
export function planCredentials(options: PlanOptions): CredentialPlan {
  const removed = new Map<string, CredentialStep>();
  const remove = (credential: Credential, note: string) => {
    const change: Change = { kind: 'federated-credential', name: credential.name, action: 'delete', note };
    removed.set(credential.name, { change, remove: credential.name });
  };
  const wantedNames = new Set(options.wanted.map(({ name }) => name));
  const holders = new Map(options.existing.map((credential) => [pairOf(credential), credential]));
  for (const wanted of options.wanted) {
    const holder = holders.get(pairOf(wanted));
    if (holder === undefined || holder.name === wanted.name) continue;
    if (wantedNames.has(holder.name))
      remove(holder, 'it holds what another credential should, and is written anew');
    else if (mustBeReplaced(holder, wanted, options.owner))
      remove(holder, 'its name says that it ends with a job; it is written anew to stay');
    else {
      const drifted = options.existing.find(({ name }) => name === wanted.name);
      if (drifted) remove(drifted, `what it should hold is held by "${holder.name}"`);
    }
  }
  const left = options.existing.filter(({ name }) => !removed.has(name));
  const steps = options.wanted.map((wanted) => stepFor(wanted, left, options.withDescription));
  const inForce = steps.map(({ credential }) => credential);
  const used = new Set(inForce.map(({ name }) => name));
  for (const stale of left.filter((credential) => !used.has(credential.name) && isStale(credential, options)))
    remove(stale, 'made here before and not wanted now');
  const created = steps.filter(({ step }) => step.change.action === 'create');
  assertRoom(
    options,
    options.existing.length - removed.size,
    created.map(({ credential }) => credential),
  );
  const order = { update: 0, create: 1, unchanged: 2, adopt: 2, delete: 0 };
  const rest = steps.map(({ step }) => step);
  return {
    steps: [...removed.values(), ...rest.toSorted((a, b) => order[a.change.action] - order[b.change.action])],
    inForce,
    warnings: nearMisses(options),
  };
}

function stepFor(
  wanted: WantedCredential,
  existing: readonly Credential[],
  withDescription: boolean,
): { readonly step: CredentialStep; readonly credential: Credential } {
  const { account, ...credential } = wanted;
  const note = `${account.namespace}/${account.name}`;
  const base = { kind: 'federated-credential', note } as const;
  const named = existing.find(({ name }) => name === wanted.name);
  const adopted = existing.find((other) => other.name !== wanted.name && pairOf(other) === pairOf(wanted));
  const actual = named ?? adopted;
  if (actual === undefined)
    return {
      credential,
      step: { change: { ...base, name: wanted.name, action: 'create' }, write: credential },
    };
  const { issuer, subject, audiences, description } = wanted;
  // Somebody else's description stays: it says nothing to Entra.
  const compared = { issuer, subject, audiences, ...(withDescription && !adopted && { description }) };
  const differences = differencesOf(compared, { ...actual });
  const target = adopted ? { ...adopted, audiences } : credential;
  if (differences.length > 0)
    return {
      credential: target,
      step: { change: { ...base, name: actual.name, action: 'update', differences }, write: target },
    };
  const action = adopted ? 'adopt' : 'unchanged';
  return { credential: target, step: { change: { ...base, name: actual.name, action } } };
}

function pairOf({ issuer, subject }: Credential): string {
  return `${issuer}\n${subject}`;
}

// A credential that says "until the end of a job" would be swept while a run that keeps its work relies on it.
function mustBeReplaced(holder: Credential, wanted: Credential, owner: string): boolean {
  const { issuer, subject } = wanted;
  const recognised = recogniseCredential(holder.name, { owner, issuer, subject });
  return recognised.ours && recognised.jobSince !== undefined && !wanted.name.startsWith('k8s-job-');
}

function isStale(credential: Credential, { owner, prune, wanted }: PlanOptions): boolean {
  if (prune === 'none' || !recogniseCredential(credential.name, { ...credential, owner }).ours) return false;
  return prune === 'any-issuer' || wanted.some(({ issuer }) => issuer === credential.issuer);
}

/** Credentials that no token will ever match, because they differ from a wanted one in case or white space only. */
function nearMisses({ wanted, existing }: PlanOptions): readonly string[] {
  const loose = (credential: Credential) =>
    pairOf(credential)
      .toLowerCase()
      .replace(/[^\S\n]/g, '');
  return existing.flatMap((credential) => {
    const meant = wanted.find((other) => loose(other) === loose(credential));
    return meant && pairOf(meant) !== pairOf(credential) && meant.name !== credential.name
      ? [
          `the federated credential "${credential.name}" differs from the wanted one in upper and lower case or white space only: no token matches it`,
        ]
      : [];
  });
}

function assertRoom(options: PlanOptions, kept: number, created: readonly Credential[]): void {
  const room = credentialLimit - kept;
  if (created.length <= room) return;
  const list = (credentials: readonly Credential[]) =>
    credentials.map(({ subject }) => subject.replace(/^system:serviceaccount:(.+):/, '$1/')).join(', ') ||
    'none';
  const prunable = options.existing.filter((credential) =>
    isStale(credential, { ...options, prune: 'any-issuer' }),
  );
  const unwanted = prunable.filter(({ name }) => !options.wanted.some((wanted) => wanted.name === name));
  throw new FederationError(
    `failed to plan the federated credentials: ${options.identity} holds at most ${credentialLimit}, has ${options.existing.length} and would need ${kept + created.length}. ` +
      `These fit: ${list(created.slice(0, Math.max(0, room)))}. These do not: ${list(created.slice(Math.max(0, room)))}`,
    {
      code: 'too-many-federated-credentials',
      hint: [
        'Nothing was changed. Ways round it:',
        ...(options.prune !== 'any-issuer' && unwanted.length > 0
          ? [
              `- prune-credentials: any-issuer removes ${unwanted.length} that were made here before and are not wanted now`,
            ]
          : []),
        `- several identities: run this action once per ${credentialLimit} service accounts, each time with another name`,
        '- one service account that several workloads of a namespace share',
      ].join('\n'),
    },
  );
}
