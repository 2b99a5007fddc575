import type { V1DaemonSet } from '@kubernetes/client-node';
import { type Cluster, read } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';

/**
 * Waits until kube-proxy runs on every node. kind and minikube call a cluster ready five seconds before: a webhook that starts meanwhile
 * finds no API server behind the address of its Service, ends, and is started again only after a pause. A cluster without kube-proxy
 * has another way and is not waited for; one whose kube-proxy does not come up in time is tried all the same.
 */
export async function waitForKubeProxy(
  cluster: Cluster,
  timeoutSeconds: number,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<void> {
  const started = deps.clock.now();
  for (let told = false; ; ) {
    const missing = await whatKubeProxyLacks(cluster);
    if (missing === undefined) return;
    if (!told) deps.log.info(`waiting until pods can reach the API server: ${missing}`);
    told = true;
    if (deps.clock.now() - started >= timeoutSeconds) {
      deps.log.warning(`pods may not reach the API server: after ${timeoutSeconds} s ${missing}`);
      return;
    }
    await deps.clock.sleep(0.25);
  }
}

async function whatKubeProxyLacks(cluster: Cluster): Promise<string | undefined> {
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
