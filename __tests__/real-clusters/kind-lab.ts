import type { V1Pod } from '@kubernetes/client-node';
import * as cluster from '../../src/cluster/index.ts';
import { type Cluster, connectCluster, list } from '../../src/kubernetes/index.ts';
import { useLabel } from '../../src/webhook/contract.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { machineInputs } from './support.ts';

/** A kind cluster for one test file, started from the sources. */
export interface KindLab {
  readonly api: Cluster;
  readonly shop: Workshop;
  /** The inputs that name the cluster. */
  readonly inputs: Readonly<Record<'kubeconfig' | 'context', string>>;
  deps(): TestDeps;
  close(): Promise<void>;
}

export async function kindLab(name: string): Promise<KindLab> {
  const shop = workshop();
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DOCKER_HOST: process.env.DOCKER_HOST };
  const deps = () => testDeps({ temporaryDirectory: shop.folder, env });
  const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
  const clusterInputs = {
    'cluster-provider': 'kind',
    // Unique on this machine, because another run of the tests may use it.
    'cluster-name': `${name}-${process.pid}`,
    'issuer-url': 'https://issuer.example/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...machineInputs('kind'),
  };
  const clusterDeps = deps();
  const close = async () => {
    await runPost(cluster, clusterInputs, clusterDeps);
    shop.remove();
  };
  try {
    const { outputs, failure } = await runAction(cluster, clusterInputs, clusterDeps);
    if (failure) throw failure;
    const inputs = { kubeconfig: String(outputs.kubeconfig), context: String(outputs.context) };
    return { api: await connectCluster(inputs, { env: {} }), shop, inputs, deps, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Calls `look` until it returns a value. Throws after a minute. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited a minute for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Returns the pods of a namespace that opt in, except for those that are being deleted. */
export async function labelledPods(api: Cluster, namespace: string): Promise<readonly V1Pod[]> {
  const pods = await list<V1Pod>(
    api,
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace, labelSelector: `${useLabel}=true` },
  );
  return pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
}
