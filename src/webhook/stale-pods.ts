import type { V1Pod } from '@kubernetes/client-node';
import { type Cluster, list } from '../kubernetes/index.ts';
import { useLabel } from './contract.ts';
import { injectedTokenOf } from './mutation.ts';

/** A labelled pod that lacks the injection: the webhook acts when a pod is created, and never again. */
export interface StalePod {
  readonly namespace: string;
  readonly name: string;
  /** `ReplicaSet/name` of what would make it anew; null for a pod that stands alone. */
  readonly owner: string | null;
}

/** The labelled pods of all namespaces that will never get a token as they are. */
export async function findStalePods(cluster: Cluster): Promise<readonly StalePod[]> {
  const pods = await list<V1Pod>(
    cluster,
    { apiVersion: 'v1', kind: 'Pod' },
    { labelSelector: `${useLabel}=true` },
  );
  return pods.filter(lacksInjection).map(({ metadata }) => {
    const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
    return {
      namespace: metadata?.namespace ?? '',
      name: metadata?.name ?? '',
      owner: owner ? `${owner.kind}/${owner.name}` : null,
    };
  });
}

function lacksInjection(pod: V1Pod): boolean {
  const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const going = pod.metadata?.deletionTimestamp !== undefined;
  return !over && !going && injectedTokenOf(pod) === undefined;
}
