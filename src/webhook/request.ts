import { loadAzureEnvironment } from '../azure/index.ts';
import { type EmbeddedCluster, readEmbeddedCluster } from '../cluster/index.ts';
import { type Cluster, connectCluster } from '../kubernetes/index.ts';
import type { Deps, InputsOf } from '../runtime/index.ts';
import { toWebhookAuthority } from './authority.ts';
import type { definition } from './definition.ts';
import { createHelmMethod } from './helm/method.ts';
import type { Installation, Method } from './installation.ts';
import { createManifestMethod } from './manifest.ts';
import { getPublishedImage } from './objects.ts';

export type Inputs = InputsOf<typeof definition>;

/** The cluster to install the webhook in. */
export interface Target {
  readonly cluster: Cluster;
  /** Set for an embedded cluster, which runs the webhook as a process. */
  readonly embedded: EmbeddedCluster | undefined;
}

/** Opens the cluster of the kubeconfig. Throws FederationError `kubeconfig-unreadable` or `context-unknown`. */
export async function connectTarget(inputs: Inputs, deps: Deps): Promise<Target> {
  const cluster = await connectCluster(inputs, deps);
  return { cluster, embedded: await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context) };
}

/** Reads what to install, for any kind of cluster. Throws FederationError if the Azure environment is unreadable. */
export async function readRequest(inputs: Inputs, { cluster }: Target, deps: Deps): Promise<Installation> {
  const { azureEnvironment, tenantId, timeout: timeoutSeconds } = inputs;
  const authority = toWebhookAuthority(await loadAzureEnvironment(azureEnvironment));
  return { cluster, tenantId, authority, timeoutSeconds, deps };
}

/** Returns the installation method for a cluster with nodes. */
export async function createMethod(inputs: Inputs, cluster: Cluster, deps: Deps): Promise<Method> {
  const { image, replicas, webhookVersion: version, chart, values } = inputs;
  return inputs.method === 'helm'
    ? createHelmMethod(cluster, { version, image, replicas, chart, values }, deps)
    : createManifestMethod({ image: image ?? getPublishedImage(version), replicas });
}
