import { errorMessage, FederationError } from '../errors/index.ts';
import { type Deps, isCancelled } from '../runtime/index.ts';
import { removeCluster } from './clean-up.ts';
import type { ClusterRequest, Provider } from './provider.ts';
import { type VerifiedCluster, verifyCluster } from './verification.ts';

/**
 * Returns the existing cluster of the requested name if it runs and signs as requested. Otherwise deletes it
 * if `replace` is set, or if this job created it and it is broken. Returns undefined if no cluster is left
 * under the name.
 * Throws FederationError `cluster-broken` or `cluster-differs`.
 */
export async function reuseCluster(
  request: ClusterRequest,
  provider: Provider,
  replace: boolean,
  deps: Deps,
): Promise<VerifiedCluster | undefined> {
  const { name } = request;
  const inspection = await provider.inspect(request, deps);
  if (inspection.state === 'absent') return undefined;
  if (inspection.state === 'broken') {
    const { problem, ours } = inspection;
    if (!ours && !replace) throw createBrokenError(request, problem);
    deps.log.info(`Replacing the cluster ${name}, which is broken: ${problem}`);
    await removeCluster(request, provider, deps);
    return undefined;
  }
  try {
    const verified = await verifyCluster(inspection.access, request, deps);
    deps.log.info(`The cluster ${name} already runs and signs as requested: nothing to change`);
    return verified;
  } catch (error) {
    if (isCancelled(error)) throw error;
    const problem = errorMessage(error);
    if (!replace) throw new FederationError('cluster-differs', { name, problem }, { cause: error });
    deps.log.info(`Replacing the cluster ${name}, which differs: ${problem}`);
    await removeCluster(request, provider, deps);
    return undefined;
  }
}

function createBrokenError({ provider, name }: ClusterRequest, problem: string): FederationError {
  const command = provider === 'kind' ? `kind delete cluster --name ${name}` : `minikube delete -p ${name}`;
  return new FederationError('cluster-broken', { name, problem, command });
}
