import { connectAzure } from '../azure/sign-in/index.ts';
import { errorMessage } from '../errors/index.ts';
import type { CleanUp, Deps } from '../runtime/index.ts';
import type { Credential } from './credentials/credential.ts';
import { recogniseCredential } from './credentials/names.ts';
import { pairOf } from './credentials/plan.ts';
import type { definition } from './definition.ts';
import type { Identity } from './objects/identity.ts';
import { endsWithJob } from './objects/mark.ts';
import { type Desired, desiredState } from './request.ts';
import { planRoles, removeAssignment, resolveRoles } from './roles/assignments.ts';
import { openServices, type Services } from './services.ts';

/**
 * The post step of `on-exit: remove`. It finds what to remove by the marks, not by notes of the run, so that it also works behind a step that was
 * cancelled in the middle. What other jobs still use stays until the last of them ends.
 */
export const removeOnExit: CleanUp<typeof definition> = async (inputs, deps) => {
  const azure = await connectAzure(inputs, deps);
  const desired = desiredState(
    { ...inputs, deletedApplication: 'fail' },
    deps.env,
    azure.environment,
    deps.clock.now(),
  );
  const services = await openServices(desired, azure, deps);
  const { host } = services;
  const { known, mark, principalMark } = await host.plan();
  if (known === undefined) {
    deps.log.info(`there is no ${host.title} to remove`);
    return;
  }
  const { owner } = desired.mark;
  const left = await removeCredentials(desired, services, known, deps);
  if (left.some((credential) => jobSinceOf(credential, owner) !== undefined)) {
    deps.log.info(`kept the roles of the ${host.title}: another job still uses it`);
  } else {
    // A scope that is gone is no reason to leave the identity behind as well.
    await removeRoles(desired, services, known, deps).catch((error) => deps.log.warning(errorMessage(error)));
  }
  if (left.length > 0) {
    deps.log.info(`kept the ${host.title}: it still holds ${left.length} federated credential(s) of others`);
  } else if (endsWithJob(mark, owner)) {
    await host.destroy(known, 'identity');
    deps.log.info(`removed: ${host.title}`);
  } else if (endsWithJob(principalMark, owner)) {
    await host.destroy(known, 'service-principal');
    deps.log.info(`removed: service principal of the ${host.title}`);
  }
};

/** Removes what this job's run made, or found of an earlier attempt of it; gives back what the identity still holds. */
async function removeCredentials(
  { credentials, mark }: Desired,
  { host }: Services,
  identity: Identity,
  deps: Deps,
): Promise<readonly Credential[]> {
  const left: Credential[] = [];
  for (const credential of await host.credentials(identity)) {
    const isWanted = credentials.some((wanted) => pairOf(wanted) === pairOf(credential));
    if (!isWanted || jobSinceOf(credential, mark.owner) === undefined) {
      left.push(credential);
      continue;
    }
    await host.remove(identity, credential.name);
    deps.log.info(`removed: federated credential "${credential.name}"`);
  }
  return left;
}

function jobSinceOf({ name, issuer, subject }: Credential, owner: string): number | undefined {
  const recognised = recogniseCredential(name, { owner, issuer, subject });
  return recognised.ours ? recognised.jobSince : undefined;
}

async function removeRoles(
  desired: Desired,
  { manager }: Services,
  identity: Identity,
  deps: Deps,
): Promise<void> {
  if (!manager) return;
  const roles = await resolveRoles(manager, desired.roles);
  for (const { change, assignmentId, mark } of await planRoles(
    manager,
    roles,
    identity.principalId,
    desired.mark,
  )) {
    if (assignmentId === undefined || !endsWithJob(mark, desired.mark.owner)) continue;
    await removeAssignment(manager, assignmentId);
    deps.log.info(`removed: role assignment "${change.name}"`);
  }
}
