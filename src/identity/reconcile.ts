import type { ResourceManager } from '../azure/clients/index.ts';
import { errorCode } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { AccountHost, AccountStep } from './accounts.ts';
import type { Credential } from './credentials/credential.ts';
import { type CredentialPlan, type CredentialStep, pairOf, planCredentials } from './credentials/plan.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './objects/identity.ts';
import { type Change, sentence, writes } from './plan.ts';
import type { Desired } from './request.ts';
import { assignRole, planRoles, type RoleStep } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';

/** Where the desired state is brought about. */
export interface Places {
  readonly host: IdentityHost;
  /** Undefined where no subscription is needed. */
  readonly manager: ResourceManager | undefined;
  /** Undefined where no cluster is to be touched. */
  readonly cluster: AccountHost | undefined;
  readonly tenantId: string;
}

/** What has to happen, in the order in which it is done. */
export interface Plan {
  readonly identity: IdentityPlan;
  /** The credentials that the identity holds now. */
  readonly existing: readonly Credential[];
  readonly credentials: CredentialPlan;
  readonly roles: readonly RoleStep[];
  readonly accounts: readonly AccountStep[];
}

/** Everything that is wanted, each with what has to happen or happened to it. */
export function changesOf({ identity, credentials, roles, accounts }: Plan): readonly Change[] {
  return [...identity.changes, ...[...credentials.steps, ...roles, ...accounts].map(({ change }) => change)];
}

/** Reads what is there and compares it with what is wanted; writes nothing. */
export async function makePlan(
  desired: Desired,
  resolved: readonly ResolvedRole[],
  places: Places,
): Promise<Plan> {
  const { host, manager, cluster, tenantId } = places;
  const { mark, tokenExpirationSeconds } = desired;
  const identity = await host.plan();
  const { known } = identity;
  const existing = known ? await host.credentials(known) : [];
  const credentials = compareCredentials(desired, host, existing);
  const roles = manager ? await planRoles(manager, resolved, known?.principalId, mark) : [];
  const values = { clientId: known?.clientId, tenantId, tokenExpirationSeconds };
  const accounts = cluster ? await cluster.plan(desired.accounts, values) : [];
  return { identity, existing, credentials, roles, accounts };
}

function compareCredentials(
  desired: Desired,
  host: IdentityHost,
  existing: readonly Credential[],
): CredentialPlan {
  return planCredentials({
    wanted: desired.credentials,
    existing,
    owner: desired.mark.owner,
    prune: desired.prune,
    sweepBefore: desired.sweepBefore,
    withDescription: host.withDescription,
    identity: host.title,
  });
}

/** Does what the plan says and gives it back as it was done. Each step is idempotent, so that a run that was cut short is simply run again. */
export async function applyPlan(
  plan: Plan,
  desired: Desired,
  places: Places,
  deps: Pick<Deps, 'log'>,
): Promise<{ readonly identity: UsableIdentity; readonly done: Plan }> {
  const { host, manager, cluster, tenantId } = places;
  const say = (change: Change) => deps.log.info(sentence(change, false));
  const identity = await plan.identity.apply();
  plan.identity.changes.forEach(say);
  // With a restored identity come credentials that could not be read before.
  const compared = plan.identity.restores
    ? compareCredentials(desired, host, await host.credentials(identity))
    : plan.credentials;
  const credentials = await applyCredentials(compared, host, identity, say);
  for (const step of plan.roles) {
    if (manager && writes(step.change)) await assignRole(manager, step, identity.principalId, desired.mark);
    say(step.change);
  }
  const { clientId } = identity;
  const { tokenExpirationSeconds } = desired;
  for (const step of plan.accounts) {
    if (cluster && writes(step.change))
      await cluster.apply(step, { clientId, tenantId, tokenExpirationSeconds });
    say(step.change);
  }
  return { identity, done: { ...plan, credentials } };
}

/** One after another: writes to the same managed identity at once are refused. */
async function applyCredentials(
  plan: CredentialPlan,
  host: IdentityHost,
  identity: Identity,
  say: (change: Change) => void,
): Promise<CredentialPlan> {
  const steps: CredentialStep[] = [];
  let { inForce } = plan;
  for (const step of plan.steps) {
    if (step.remove !== undefined) await host.remove(identity, step.remove);
    const { write } = step;
    const serving = write && (await writeCredential(host, identity, write));
    const isOther = serving !== undefined && serving.name !== step.change.name;
    const change: Change = isOther ? { ...step.change, name: serving.name, action: 'adopt' } : step.change;
    if (isOther) inForce = inForce.map((credential) => (credential === write ? serving : credential));
    steps.push({ ...step, change });
    say(change);
  }
  return { ...plan, steps, inForce };
}

/** Writes a credential. Where another run has written the same issuer and subject since the plan was made, that one serves. */
async function writeCredential(
  host: IdentityHost,
  identity: Identity,
  wanted: Credential,
): Promise<Credential> {
  try {
    await host.write(identity, wanted);
    return wanted;
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'credential-pair-taken' && code !== 'credential-name-taken') throw error;
    const present = await host.credentials(identity);
    const serving = present.find((credential) => pairOf(credential) === pairOf(wanted));
    if (serving === undefined) throw error;
    const { audiences } = wanted;
    if (serving.audiences.join() !== audiences.join()) await host.write(identity, { ...serving, audiences });
    return { ...serving, audiences };
  }
}
