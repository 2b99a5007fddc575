import type { V1Pod } from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import { type Cluster, list, read, readApiRefusal } from '../kubernetes/index.ts';
import { type Deps, poll, retry } from '../runtime/index.ts';
import { useLabel } from './contract.ts';
import { findInjectedToken } from './mutation.ts';

/** A labeled pod without the injected token. The webhook acts only when a pod is created. */
export interface StalePod {
  readonly namespace: string;
  readonly name: string;
  /** `ReplicaSet/name` of the controller that would recreate it; null for a standalone pod. */
  readonly owner: string | null;
}

type WaitDeps = Pick<Deps, 'clock' | 'log'>;

/** Returns the labeled pods of all namespaces that have to be recreated to get a token. */
export async function findStalePods(cluster: Cluster): Promise<readonly StalePod[]> {
  return (await listStalePods(cluster)).map(toStalePod);
}

/**
 * Evicts the stale pods that a controller recreates, waits until they are gone, and returns the remaining stale pods. Evictions respect
 * PodDisruptionBudgets, so they may have to wait. Throws FederationError `stale-pod-not-restarted`.
 */
export async function restartStalePods(
  cluster: Cluster,
  timeoutSeconds: number,
  deps: WaitDeps,
): Promise<readonly StalePod[]> {
  const owned = (await listStalePods(cluster)).filter((pod) => toStalePod(pod).owner !== null);
  const deadline = deps.clock.now() + timeoutSeconds;
  const remainingSeconds = () => Math.max(0, deadline - deps.clock.now());
  for (const pod of owned) await evict(cluster, pod, remainingSeconds(), deps);
  for (const pod of owned) await waitForDeletion(cluster, pod, remainingSeconds(), deps);
  if (owned.length > 0) deps.log.info(`Restarted pods: ${owned.map(formatPod).join(', ')}`);
  return findStalePods(cluster);
}

async function evict(cluster: Cluster, pod: V1Pod, budgetSeconds: number, deps: WaitDeps): Promise<void> {
  const { name = '', namespace = '' } = pod.metadata ?? {};
  const policy = {
    what: `the disruption budget of pod ${namespace}/${name} to allow an eviction`,
    budgetSeconds,
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
    throw notRestarted(pod, refusal?.message ?? String(error), error);
  }
}

async function waitForDeletion(
  cluster: Cluster,
  pod: V1Pod,
  budgetSeconds: number,
  deps: WaitDeps,
): Promise<void> {
  const { name = '', namespace = '', uid } = pod.metadata ?? {};
  const policy = {
    what: `the deletion of pod ${namespace}/${name}`,
    budgetSeconds,
    expired: (missing: string, seconds: number) =>
      notRestarted(pod, `after ${Math.round(seconds)} s, ${missing}`),
  };
  await poll(policy, deps, async () => {
    const current = await read<V1Pod>(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
    });
    return current?.metadata?.uid === uid
      ? { missing: 'the pod is still terminating' }
      : { ready: undefined };
  });
}

function notRestarted(pod: V1Pod, problem: string, cause?: unknown): FederationError {
  return new FederationError('stale-pod-not-restarted', { pod: formatPod(pod), problem }, { cause });
}

async function listStalePods(cluster: Cluster): Promise<readonly V1Pod[]> {
  const labelSelector = `${useLabel}=true`;
  const pods = await list<V1Pod>(cluster, { apiVersion: 'v1', kind: 'Pod' }, { labelSelector });
  return pods.filter(isStale);
}

function toStalePod({ metadata }: V1Pod): StalePod {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    owner: owner ? `${owner.kind}/${owner.name}` : null,
  };
}

function formatPod({ metadata }: V1Pod): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function isStale(pod: V1Pod): boolean {
  const finished = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  const terminating = pod.metadata?.deletionTimestamp !== undefined;
  return !finished && !terminating && findInjectedToken(pod) === undefined;
}
