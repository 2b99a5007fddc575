import type { V1Pod } from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import { type Cluster, list, read, readApiRefusal } from '../kubernetes/index.ts';
import { type Deps, retry } from '../runtime/index.ts';
import { useLabel } from './contract.ts';
import { findInjectedToken } from './mutation.ts';

/** A labelled pod that lacks the injection: the webhook acts when a pod is created, and never again. */
export interface StalePod {
  readonly namespace: string;
  readonly name: string;
  /** `ReplicaSet/name` of what would make it anew; null for a pod that stands alone. */
  readonly owner: string | null;
}

/** The labelled pods of all namespaces that will never get a token as they are. */
export async function findStalePods(cluster: Cluster): Promise<readonly StalePod[]> {
  return (await labelledPods(cluster)).filter(lacksInjection).map(stalePod);
}

/**
 * Evicts the stale pods that somebody makes anew, waits until they are gone, and returns what is stale then. Eviction keeps to the disruption
 * budgets of the workloads, so it may have to wait for them.
 */
export async function restartStalePods(
  cluster: Cluster,
  timeoutSeconds: number,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<readonly StalePod[]> {
  const stale = (await labelledPods(cluster)).filter(lacksInjection);
  const owned = stale.filter((pod) => stalePod(pod).owner !== null);
  const deadline = deps.clock.now() + timeoutSeconds;
  for (const pod of owned) await evict(cluster, pod, deadline, deps);
  for (const pod of owned) await untilGone(cluster, pod, deadline, deps);
  if (owned.length > 0)
    deps.log.info(
      `restarted ${owned.length === 1 ? 'one pod' : `${owned.length} pods`}: ${owned.map(nameOf).join(', ')}`,
    );
  return findStalePods(cluster);
}

async function evict(
  cluster: Cluster,
  pod: V1Pod,
  deadline: number,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<void> {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const policy = {
    what: `the disruption budget of ${namespace}/${name} to allow its restart`,
    budgetSeconds: Math.max(0, deadline - deps.clock.now()),
    isTransient: (error: unknown) => readApiRefusal(error)?.status === 429,
  };
  try {
    await retry(policy, deps, () =>
      cluster.core.createNamespacedPodEviction({
        name,
        namespace,
        body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
      }),
    );
  } catch (error) {
    const refusal = readApiRefusal(error);
    if (refusal?.status === 404) return;
    throw new FederationError(
      `failed to restart the pod ${namespace}/${name}: ${refusal?.message ?? error}`,
      {
        code: 'stale-pod-not-restarted',
        hint: 'Raise the input timeout, loosen the PodDisruptionBudget, or restart the workload by hand (kubectl rollout restart).',
        cause: error,
      },
    );
  }
}

async function untilGone(
  cluster: Cluster,
  pod: V1Pod,
  deadline: number,
  { clock }: Pick<Deps, 'clock'>,
): Promise<void> {
  const { name = '', namespace = '', uid } = pod.metadata ?? {};
  for (;;) {
    const present = await read<V1Pod>(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
    });
    if (present?.metadata?.uid !== uid) return;
    if (clock.now() >= deadline) {
      throw new FederationError(`failed to restart the pod ${namespace}/${name}: it does not end`, {
        code: 'stale-pod-not-restarted',
        hint: 'Raise the input timeout: the pod may take its whole terminationGracePeriodSeconds.',
      });
    }
    await clock.sleep(0.5);
  }
}

function labelledPods(cluster: Cluster): Promise<readonly V1Pod[]> {
  return list<V1Pod>(cluster, { apiVersion: 'v1', kind: 'Pod' }, { labelSelector: `${useLabel}=true` });
}

function stalePod({ metadata }: V1Pod): StalePod {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    owner: owner ? `${owner.kind}/${owner.name}` : null,
  };
}

function nameOf(pod: V1Pod): string {
  const { namespace, name } = stalePod(pod);
  return `${namespace}/${name}`;
}

function lacksInjection(pod: V1Pod): boolean {
  const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const going = pod.metadata?.deletionTimestamp !== undefined;
  return !over && !going && findInjectedToken(pod) === undefined;
}
