import type { V1DaemonSet } from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import { type Cluster, read } from '../kubernetes/index.ts';
import { type Deps, poll } from '../runtime/index.ts';

/**
 * Waits until kube-proxy runs on every node. kind and minikube report a cluster as ready about five seconds earlier: a webhook that
 * starts before then cannot reach the API server through its Service, exits, and restarts only after a delay. A cluster without
 * kube-proxy routes Services in another way. If kube-proxy does not become ready in time, a warning says so.
 */
export async function waitForKubeProxy(
  cluster: Cluster,
  timeoutSeconds: number,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<void> {
  const policy = {
    what: 'kube-proxy to run on every node',
    budgetSeconds: timeoutSeconds,
    maximumDelaySeconds: 0.25,
    expired: (problem: string, seconds: number) =>
      new FederationError('kube-proxy-not-ready', { problem, seconds: Math.round(seconds) }),
  };
  try {
    await poll(policy, deps, async () => {
      const missing = await findMissingProxies(cluster);
      return missing === undefined ? { ready: undefined } : { missing };
    });
  } catch (error) {
    if (!(error instanceof FederationError) || error.code !== 'kube-proxy-not-ready') throw error;
    deps.log.warning(`${error.message}\n${error.hint}`);
  }
}

async function findMissingProxies(cluster: Cluster): Promise<string | undefined> {
  const kubeProxy = await read<V1DaemonSet>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace: 'kube-system' },
  });
  const { metadata, status } = kubeProxy ?? {};
  if (kubeProxy === undefined) return undefined;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) return 'kube-proxy has no pods yet';
  const { numberReady = 0, desiredNumberScheduled = 0 } = status ?? {};
  return numberReady < desiredNumberScheduled
    ? `kube-proxy runs on ${numberReady} of ${desiredNumberScheduled} nodes`
    : undefined;
}
