import { type Deps, isCancelled, noJobCache, type Run, type Summary } from '../runtime/index.ts';
import { startedCluster } from './clean-up.ts';
import type { definition } from './definition.ts';
import { explainFailedStart, type FailedStart, reportFailedStart } from './failed-start.ts';
import type { ClusterRequest, Provider } from './provider.ts';
import { loadProvider } from './providers/index.ts';
import { readRequest } from './request.ts';
import { reuseCluster } from './reuse.ts';
import { type VerifiedCluster, verifyCluster } from './verification.ts';

/**
 * Starts the cluster, or reuses the one of that name if it signs as requested, and verifies what it signs.
 */
export const run: Run<typeof definition> = async (inputs, given) => {
  const deps: Deps = inputs.cache ? given : { ...given, cache: noJobCache };
  const request = await readRequest(inputs, deps);
  const provider = await loadProvider(request.provider);
  const started = deps.clock.now();
  const result =
    (await reuseCluster(request, provider, inputs.replace, deps)) ??
    (await startAndVerify(request, provider, deps));
  if ('failure' in result) return reportFailedStart(request, result);
  const { access, proof } = result;
  deps.exportVariable('KUBECONFIG', access.kubeconfig);
  return {
    outputs: {
      kubeconfig: access.kubeconfig,
      context: access.context,
      'key-id': proof.keyId,
      'kubernetes-version': proof.kubernetesVersion,
      'cluster-provider': request.provider,
      'logs-directory': undefined,
    },
    summary: summarize(request, result, deps.clock.now() - started),
  };
};

async function startAndVerify(
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<VerifiedCluster | FailedStart> {
  const { provider: providerName, name, directory } = request;
  if (providerName === 'existing') return verifyCluster(await provider.start(request, deps), request, deps);
  startedCluster.save({ provider: providerName, name, directory }, deps);
  const started = deps.clock.now();
  try {
    const access = await deps.log.group(`Start the ${providerName} cluster ${name}`, () =>
      provider.start(request, deps),
    );
    deps.log.info(`The cluster is ready after ${(deps.clock.now() - started).toFixed(1)} s`);
    return await deps.log.group('Verify what the cluster signs', () => verifyCluster(access, request, deps));
  } catch (error) {
    // A cancelled job cannot run anything anymore. Its post step deletes the cluster.
    if (isCancelled(error)) throw error;
    return explainFailedStart(error, request, provider, deps);
  }
}

function summarize(request: ClusterRequest, { access, proof }: VerifiedCluster, seconds: number): Summary {
  return {
    title: request.provider === 'existing' ? 'Cluster checked' : 'Cluster started',
    links: ['cluster'],
    facts: [
      ['Provider', request.provider],
      ['Kubernetes', proof.kubernetesVersion],
      ['Issuer', proof.issuer],
      ['Key ID', proof.keyId],
      ['Context', access.context],
      ['Ready after', `${seconds.toFixed(1)} s`],
    ],
  };
}
