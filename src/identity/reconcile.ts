import { errorCode } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { AccountHost, AccountStep } from './accounts.ts';
import type { Credential } from './credentials/credential.ts';
import { type CredentialPlan, type CredentialStep, getPair, planCredentials } from './credentials/plan.ts';
import type { Identity, IdentityHost, IdentityPlan, UsableIdentity } from './objects/identity.ts';
import { type Change, describeChange, isWrite } from './plan.ts';
import type { DesiredState } from './request.ts';
import { assignRole, planRoles, type RoleStep } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';
import type { Services } from './services.ts';

/** Where the desired state is applied. */
export interface Places extends Services {
  /** Undefined if no service account is to be annotated. */
  readonly cluster: AccountHost | undefined;
  readonly tenantId: string;
}

/** The changes, in the order to apply them. */
export interface Plan {
  readonly identity: IdentityPlan;
  /** The credentials that the identity has now. */
  readonly existing: readonly Credential[];
  readonly credentials: CredentialPlan;
  readonly roles: readonly RoleStep[];
  readonly accounts: readonly AccountStep[];
}

/** Lists all objects of the desired state, each with the change that it needs or needed. */
export function listChanges({ identity, credentials, roles, accounts }: Plan): readonly Change[] {
  return [...identity.changes, ...[...credentials.steps, ...roles, ...accounts].map(({ change }) => change)];
}

/** Reads the current state and compares it with the desired state; writes nothing. */
export async function makePlan(
  desired: DesiredState,
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
  desired: DesiredState,
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

/** Applies the plan and returns it with what was really done. Each step is idempotent, so that an interrupted run can be repeated. */
export async function applyPlan(
  plan: Plan,
  desired: DesiredState,
  places: Places,
  deps: Pick<Deps, 'log'>,
): Promise<{ readonly identity: UsableIdentity; readonly done: Plan }> {
  const { host, manager, cluster, tenantId } = places;
  const report = (change: Change) => deps.log.info(describeChange(change, false));
  const identity = await plan.identity.apply();
  plan.identity.changes.forEach(report);
  // A restored identity has credentials that could not be read before.
  const compared = plan.identity.restores
    ? compareCredentials(desired, host, await host.credentials(identity))
    : plan.credentials;
  const credentials = await applyCredentials(compared, host, identity, report);
  for (const step of plan.roles) {
    if (manager && isWrite(step.change)) await assignRole(manager, step, identity.principalId, desired.mark);
    report(step.change);
  }
  const { clientId } = identity;
  const { tokenExpirationSeconds } = desired;
  for (const step of plan.accounts) {
    if (cluster && isWrite(step.change))
      await cluster.apply(step, { clientId, tenantId, tokenExpirationSeconds });
    report(step.change);
  }
  return { identity, done: { ...plan, credentials } };
}

/** Writes one credential after another: Azure rejects concurrent writes to the same managed identity. */
async function applyCredentials(
  plan: CredentialPlan,
  host: IdentityHost,
  identity: Identity,
  report: (change: Change) => void,
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
    report(change);
  }
  return { ...plan, steps, inForce };
}

/** Writes a credential, unless another run has written one with the same issuer and subject since the plan; then that one is used. */
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
    const serving = present.find((credential) => getPair(credential) === getPair(wanted));
    if (serving === undefined) throw error;
    const { audiences } = wanted;
    if (serving.audiences.join() !== audiences.join()) await host.write(identity, { ...serving, audiences });
    return { ...serving, audiences };
  }
}
