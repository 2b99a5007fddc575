import type { Azure } from '../azure/index.ts';
import { errorMessage } from '../errors/index.ts';
import type { CleanUp, Deps } from '../runtime/index.ts';
import type { Credential } from './credentials/credential.ts';
import { recognizeCredential } from './credentials/names.ts';
import { getPair } from './credentials/plan.ts';
import type { definition } from './definition.ts';
import type { Identity } from './objects/identity.ts';
import { endsWithJob } from './objects/mark.ts';
import { type DesiredState, readRequest } from './request.ts';
import { deleteAssignment, planRoles, resolveRoles } from './roles/assignments.ts';
import { openServices, type Services } from './services.ts';

/**
 * Deletes with `on-exit: remove` what the run created. It finds the objects by their marks, not by what the run noted, so that it also
 * works after a cancelled step. It keeps what other jobs still use, until the last of them ends.
 */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  if (inputs.onExit !== 'remove' || inputs.plan) return;
  const { connectAzure } = await import('../azure/sign-in/index.ts');
  const azure = await connectAzure(inputs, deps);
  // The plan of the clean-up must not look for deleted applications.
  const request = { ...inputs, deletedApplication: 'fail' } as const;
  await deleteObjects(readRequest(request, deps.env, azure.environment, deps.clock.now()), azure, deps);
};

async function deleteObjects(desired: DesiredState, azure: Azure, deps: Deps): Promise<void> {
  const services = await openServices(desired, azure, deps);
  const { host } = services;
  const { known, mark, principalMark } = await host.plan();
  if (known === undefined) {
    deps.log.info(`Nothing to delete: the ${host.title} does not exist`);
    return;
  }
  const { owner } = desired.mark;
  const left = await deleteCredentials(desired, services, known, deps);
  if (left.some((credential) => recognizeCredential(credential, owner).jobSince !== undefined)) {
    deps.log.info(`Keeping the roles of the ${host.title}: another job still uses it`);
  } else {
    // A scope that no longer exists must not keep the identity from being deleted.
    await deleteRoles(desired, services, known, deps).catch((error) => deps.log.warning(errorMessage(error)));
  }
  if (left.length > 0) {
    deps.log.info(`Keeping the ${host.title}: it has ${left.length} other federated credential(s)`);
  } else if (endsWithJob(mark, owner)) {
    await host.destroy(known, 'identity');
    deps.log.info(`Deleted ${host.title}`);
  } else if (endsWithJob(principalMark, owner)) {
    await host.destroy(known, 'service-principal');
    deps.log.info(`Deleted service principal of the ${host.title}`);
  }
}

/** Deletes the wanted credentials that end with a job of this owner. Returns those that the identity still has. */
async function deleteCredentials(
  { credentials, mark }: DesiredState,
  { host }: Services,
  identity: Identity,
  deps: Deps,
): Promise<readonly Credential[]> {
  const left: Credential[] = [];
  for (const credential of await host.credentials(identity)) {
    const isWanted = credentials.some((wanted) => getPair(wanted) === getPair(credential));
    if (!isWanted || recognizeCredential(credential, mark.owner).jobSince === undefined) {
      left.push(credential);
      continue;
    }
    await host.remove(identity, credential.name);
    deps.log.info(`Deleted federated credential "${credential.name}"`);
  }
  return left;
}

async function deleteRoles(
  desired: DesiredState,
  { manager }: Services,
  identity: Identity,
  deps: Deps,
): Promise<void> {
  if (!manager) return;
  const roles = await resolveRoles(manager, desired.roles);
  const steps = await planRoles(manager, roles, identity.principalId, desired.mark);
  for (const { change, assignmentId, mark } of steps) {
    if (assignmentId === undefined || !endsWithJob(mark, desired.mark.owner)) continue;
    await deleteAssignment(manager, assignmentId);
    deps.log.info(`Deleted role assignment "${change.name}"`);
  }
}
