import type { Cluster } from '../kubernetes/index.ts';
import { codeOf, type Deps } from '../runtime/index.ts';
import { type AccountStep, applyAccount, planAccounts } from './accounts.ts';
import { type Credential, type CredentialPlan, planCredentials } from './credentials.ts';
import type { Desired } from './desired.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './identity.ts';
import { type Change, sentence, writes } from './plan.ts';
import type { ResourceManager } from './resource-manager.ts';
import { assignRole, planRoles, type RoleStep, resolveRoles } from './role-assignments.ts';

/** Where the desired state is brought about. */
export interface Places {
  readonly host: IdentityHost;
  /** Undefined where no role is wanted. */
  readonly manager: ResourceManager | undefined;
  /** Undefined where no cluster is to be touched. */
  readonly cluster: Cluster | undefined;
  readonly tenantId: string;
}

/** What has to happen, in the order in which it is done. */
export interface Plan {
  readonly identity: IdentityPlan;
  readonly credentials: CredentialPlan;
  readonly roles: readonly RoleStep[];
  readonly accounts: readonly AccountStep[];
  readonly changes: readonly Change[];
}

/** Reads what is there and compares it with what is wanted; writes nothing. */
export async function makePlan(desired: Desired, places: Places): Promise<Plan> {
  const { host, manager, cluster, tenantId } = places;
  const identity = await host.plan();
  const { known } = identity;
  const credentials = planCredentials({
    wanted: desired.credentials,
    existing: known ? await host.credentials(known) : [],
    owner: desired.mark.owner,
    prune: desired.prune,
    withDescription: host.withDescription,
    identity: host.title,
  });
  const roles = manager
    ? await planRoles(manager, await resolveRoles(manager, desired.roles), known?.principalId, desired.mark)
    : [];
  const accounts = cluster
    ? await planAccounts(cluster, desired.accounts, { clientId: known?.clientId, tenantId })
    : [];
  const changes = [
    ...identity.changes,
    ...[...credentials.steps, ...roles, ...accounts].map(({ change }) => change),
  ];
  return { identity, credentials, roles, accounts, changes };
}

/** Does what the plan says, step by step; each step is idempotent, so that a run that was cut short is simply run again. */
export async function applyPlan(
  plan: Plan,
  desired: Desired,
  places: Places,
  deps: Pick<Deps, 'log'>,
): Promise<UsableIdentity> {
  const { host, manager, cluster, tenantId } = places;
  const say = (change: Change) => deps.log.info(sentence(change, false));
  const identity = await plan.identity.apply();
  plan.identity.changes.forEach(say);
  for (const { change, remove, write } of plan.credentials.steps) {
    if (remove !== undefined) await host.remove(identity, remove);
    if (write !== undefined) await writeCredential(host, identity, write);
    say(change);
  }
  for (const step of plan.roles) {
    if (manager && writes(step.change)) await assignRole(manager, step, identity.principalId, desired.mark);
    say(step.change);
  }
  for (const step of plan.accounts) {
    if (cluster && writes(step.change))
      await applyAccount(cluster, step, { clientId: identity.clientId, tenantId });
    say(step.change);
  }
  return identity;
}

/** Writes a credential; where another run has written the same issuer and subject since the plan was made, that one serves. */
async function writeCredential(host: IdentityHost, identity: Identity, wanted: Credential): Promise<void> {
  try {
    await host.write(identity, wanted);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'credential-pair-taken' && code !== 'credential-name-taken') throw error;
    const present = await host.credentials(identity);
    const serving = present.find(
      ({ issuer, subject }) => issuer === wanted.issuer && subject === wanted.subject,
    );
    if (serving === undefined) throw error;
    if (serving.audiences.join() !== wanted.audiences.join())
      await host.write(identity, { ...serving, audiences: wanted.audiences });
  }
}
