import { type Azure, connectAzure, tenantOf } from '../azure/index.ts';
import { connectCluster } from '../kubernetes/index.ts';
import type { Deps, InputsOf, Run } from '../runtime/index.ts';
import { existingApplication, namedApplication } from './application.ts';
import type { definition } from './definition.ts';
import { type Desired, desiredState } from './desired.ts';
import { connectGraph } from './graph.ts';
import type { IdentityHost } from './identity.ts';
import { existingManagedIdentity, namedManagedIdentity } from './managed-identity.ts';
import { sentence, writes } from './plan.ts';
import { applyPlan, makePlan, type Places } from './reconcile.ts';
import { outputsOf, summaryOf } from './report.ts';
import { connectResourceManager } from './resource-manager.ts';

/** Brings the identity, its credentials and roles, and the accounts in the cluster to the state that the inputs describe. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const azure = await connectAzure(inputs, deps);
  const desired = desiredState(inputs, deps.env, azure.environment);
  const places = await openPlaces(inputs, desired, azure, deps);
  const plan = await deps.log.group('Compare what is there with what is wanted', () =>
    makePlan(desired, places),
  );
  plan.credentials.warnings.forEach(deps.log.warning);
  if (inputs.plan) {
    for (const change of plan.changes) deps.log.info(sentence(change, true));
    return {
      outputs: outputsOf(plan, plan.identity.known, places.tenantId),
      summary: summaryOf(plan, places, plan.identity.known, 'planned'),
    };
  }
  const identity = await deps.log.group('Bring it about', () => applyPlan(plan, desired, places, deps));
  const written = plan.changes.filter(writes).length;
  deps.log.info(written === 0 ? 'nothing had to be changed' : `${written} of ${plan.changes.length} changed`);
  return {
    outputs: outputsOf(plan, identity, places.tenantId),
    summary: summaryOf(plan, places, identity, 'done'),
  };
};

async function openPlaces(
  inputs: InputsOf<typeof definition>,
  desired: Desired,
  azure: Azure,
  deps: Deps,
): Promise<Places> {
  const needsManager = desired.roles.length > 0 || desired.identity.kind.endsWith('managed-identity');
  return {
    host: hostOf(desired, azure, deps),
    manager: needsManager ? connectResourceManager(azure, deps) : undefined,
    cluster: inputs.annotate ? await connectCluster(inputs, deps) : undefined,
    tenantId: await tenantOf(azure),
  };
}

function hostOf({ identity, mark }: Desired, azure: Azure, deps: Deps): IdentityHost {
  switch (identity.kind) {
    case 'application':
      return namedApplication(connectGraph(azure, deps), { ...identity, mark });
    case 'existing-application':
      return existingApplication(connectGraph(azure, deps), identity.clientId, mark);
    case 'managed-identity':
      return namedManagedIdentity(connectResourceManager(azure, deps), { ...identity, mark });
    case 'existing-managed-identity':
      return existingManagedIdentity(connectResourceManager(azure, deps), identity.clientId);
  }
}
