import { loadAzureEnvironment } from '../azure/index.ts';
import { errorMessage } from '../errors/index.ts';
import type { Deps, InputsOf, Run } from '../runtime/index.ts';
import { createBicepFiles, writeBicep } from './bicep/template.ts';
import type { definition } from './definition.ts';
import { type Change, describeChange, isWrite } from './plan.ts';
import { applyPlan, listChanges, makePlan, type Places, type Plan } from './reconcile.ts';
import { createOutputs, createSummary } from './report.ts';
import { type DesiredState, readRequest } from './request.ts';
import { resolveRoles } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';
import { openServices } from './services.ts';
import { planSweep, type SweepStep } from './sweep.ts';

/** Reconciles the identity, its credentials and roles, and the service accounts with the state that the inputs describe. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const environment = await loadAzureEnvironment(inputs.azureEnvironment);
  const desired = readRequest(inputs, deps.env, environment, deps.clock.now());
  const places = await openPlaces(inputs, desired, deps);
  const roles = places.manager ? await resolveRoles(places.manager, desired.roles) : [];
  // Written before anything else is read, so that a job without the permission to read applications gets the files as well.
  const { bicepDirectory } = inputs;
  const bicepFile = bicepDirectory && (await writeBicep(bicepDirectory, createBicepFiles(desired, roles)));
  const { leftovers, plan } = await deps.log.group('Plan changes', async () => {
    const plan = await makePlan(desired, roles, places);
    return { plan, leftovers: await findLeftovers(desired, places, roles, plan, deps) };
  });
  plan.credentials.warnings.forEach(deps.log.warning);
  const report = { places, isPlan: inputs.plan, bicepFile };
  if (inputs.plan) {
    const changes = [...leftovers.map(({ change }) => change), ...listChanges(plan)];
    for (const change of changes) deps.log.info(describeChange(change, true));
    const planned = { ...report, changes, inForce: plan.credentials.inForce, identity: plan.identity.known };
    return { outputs: createOutputs(planned), summary: createSummary(planned) };
  }
  const { swept, identity, done } = await deps.log.group('Apply changes', async () => ({
    swept: await deleteLeftovers(leftovers, deps),
    ...(await applyPlan(plan, desired, places, deps)),
  }));
  const changes = [...swept, ...listChanges(done)];
  const written = changes.filter(isWrite).length;
  deps.log.info(written === 0 ? 'Nothing had to be changed' : `Changed ${written} of ${changes.length}`);
  const finished = { ...report, changes, inForce: done.credentials.inForce, identity };
  return { outputs: createOutputs(finished), summary: createSummary(finished) };
};

/** Connects to what the desired state needs, and finds the tenant ID. The SDKs are loaded only now, when the inputs are known to be valid. */
async function openPlaces(
  inputs: InputsOf<typeof definition>,
  desired: DesiredState,
  deps: Deps,
): Promise<Places> {
  const { connectAzure, resolveTenantId } = await import('../azure/sign-in/index.ts');
  const azure = await connectAzure(inputs, deps);
  const services = await openServices(desired, azure, deps);
  const cluster = inputs.annotate
    ? await (await import('./accounts.ts')).openAccounts(inputs, deps)
    : undefined;
  return { ...services, cluster, tenantId: await resolveTenantId(azure) };
}

/** Finds what earlier jobs left behind. A failure is a warning and does not fail this job. */
async function findLeftovers(
  { sweepBefore: before, mark: { owner } }: DesiredState,
  { graph, manager }: Places,
  roles: readonly ResolvedRole[],
  { identity: { known }, existing: credentials }: Plan,
  deps: Deps,
): Promise<readonly SweepStep[]> {
  if (before === undefined) return [];
  const own = known && { ...known, credentials, roles };
  try {
    return await planSweep({ owner, before, own, graph, manager });
  } catch (error) {
    deps.log.warning(`Could not look for resources left by earlier jobs: ${errorMessage(error)}`);
    return [];
  }
}

/** Deletes what earlier jobs left behind. A failure is a warning and does not fail this job. */
async function deleteLeftovers(leftovers: readonly SweepStep[], deps: Deps): Promise<readonly Change[]> {
  const deleted: Change[] = [];
  for (const { change, remove } of leftovers) {
    try {
      await remove();
      deps.log.info(describeChange(change, false));
      deleted.push(change);
    } catch (error) {
      deps.log.warning(`Could not delete a resource left by an earlier job: ${errorMessage(error)}`);
    }
  }
  return deleted;
}
