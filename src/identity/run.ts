import { loadAzureEnvironment } from '../azure/index.ts';
import { connectAzure, resolveTenantId } from '../azure/sign-in/index.ts';
import { errorMessage } from '../errors/index.ts';
import type { Deps, Run } from '../runtime/index.ts';
import { bicepFiles, writeBicep } from './bicep/template.ts';
import type { definition } from './definition.ts';
import { type Change, sentence, writes } from './plan.ts';
import { applyPlan, changesOf, makePlan, type Plan } from './reconcile.ts';
import { outputsOf, summaryOf } from './report.ts';
import { type Desired, desiredState } from './request.ts';
import { resolveRoles } from './roles/assignments.ts';
import type { ResolvedRole } from './roles/roles.ts';
import { openServices, type Services } from './services.ts';
import { planSweep, type SweepStep } from './sweep.ts';

/** Brings the identity, its credentials and roles, and the accounts in the cluster to the state that the inputs describe. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const environment = await loadAzureEnvironment(inputs.azureEnvironment);
  const desired = desiredState(inputs, deps.env, environment, deps.clock.now());
  const azure = await connectAzure(inputs, deps);
  const services = await openServices(desired, azure, deps);
  const cluster = inputs.annotate
    ? await (await import('./accounts.ts')).openAccounts(inputs, deps)
    : undefined;
  const places = { ...services, cluster, tenantId: await resolveTenantId(azure) };
  const { manager } = services;
  const roles = manager ? await resolveRoles(manager, desired.roles) : [];
  // Before anything is read: who may not even read applications still gets the files.
  const { bicepDirectory } = inputs;
  const bicepFile = bicepDirectory && (await writeBicep(bicepDirectory, bicepFiles(desired, roles)));
  const { leftovers, plan } = await deps.log.group('Compare what is there with what is wanted', async () => {
    const plan = await makePlan(desired, roles, places);
    return { plan, leftovers: await leftoversOf(desired, services, roles, plan, deps) };
  });
  plan.credentials.warnings.forEach(deps.log.warning);
  const report = { places, isPlan: inputs.plan, bicepFile };
  if (inputs.plan) {
    const changes = [...leftovers.map(({ change }) => change), ...changesOf(plan)];
    for (const change of changes) deps.log.info(sentence(change, true));
    const planned = { ...report, changes, inForce: plan.credentials.inForce, identity: plan.identity.known };
    return { outputs: outputsOf(planned), summary: summaryOf(planned) };
  }
  const { swept, identity, done } = await deps.log.group('Bring it about', async () => ({
    swept: await sweep(leftovers, deps),
    ...(await applyPlan(plan, desired, places, deps)),
  }));
  const changes = [...swept, ...changesOf(done)];
  const written = changes.filter(writes).length;
  deps.log.info(written === 0 ? 'nothing had to be changed' : `changed ${written} of ${changes.length}`);
  const finished = { ...report, changes, inForce: done.credentials.inForce, identity };
  return { outputs: outputsOf(finished), summary: summaryOf(finished) };
};

/** What earlier jobs left. That it cannot be looked for is somebody's to look at, but no reason to fail this job. */
async function leftoversOf(
  { sweepBefore: before, mark: { owner } }: Desired,
  { graph, manager }: Services,
  roles: readonly ResolvedRole[],
  { identity: { known }, existing: credentials }: Plan,
  deps: Deps,
): Promise<readonly SweepStep[]> {
  if (before === undefined) return [];
  const own = known && { ...known, credentials, roles };
  try {
    return await planSweep({ owner, before, own, graph, manager });
  } catch (error) {
    deps.log.warning(`what earlier jobs left was not looked for: ${errorMessage(error)}`);
    return [];
  }
}

/** Removes what earlier jobs left. What cannot be removed is somebody's to look at, but no reason to fail this job. */
async function sweep(leftovers: readonly SweepStep[], deps: Deps): Promise<readonly Change[]> {
  const swept: Change[] = [];
  for (const { change, remove } of leftovers) {
    try {
      await remove();
      deps.log.info(sentence(change, false));
      swept.push(change);
    } catch (error) {
      deps.log.warning(`left by an earlier job and still there: ${errorMessage(error)}`);
    }
  }
  return swept;
}
