import type { V1ContainerStatus, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { type Cluster, list, read } from '../kubernetes/index.ts';
import { deploymentName, systemLabels, systemNamespace } from './contract.ts';

/** What keeps the webhook's pods from being ready, in the cluster's own words; empty where nothing is known. */
export async function findNotRunningReason(cluster: Cluster): Promise<string> {
  const pods = await webhookPods(cluster);
  if (pods.length === 0) return `no pod of Deployment ${deploymentName} was created yet`;
  return pods
    .map(stateOf)
    .filter((state) => state !== '')
    .join('\n');
}

/** The webhook's image by the digest that the nodes pulled, `…/webhook@sha256:…`; undefined where they were given it without one. */
export async function pulledImage(cluster: Cluster): Promise<string | undefined> {
  const statuses = (await webhookPods(cluster)).flatMap(({ status }) => status?.containerStatuses ?? []);
  const images = statuses.map(({ imageID }) => /^(?:\S+:\/\/)?(\S+@sha256:[0-9a-f]{64})$/.exec(imageID)?.[1]);
  return images.find((image) => image !== undefined);
}

function webhookPods(cluster: Cluster): Promise<readonly V1Pod[]> {
  const labelSelector = Object.entries(systemLabels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return list<V1Pod>(
    cluster,
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: systemNamespace, labelSelector },
  );
}

function stateOf(pod: V1Pod): string {
  const name = pod.metadata?.name ?? '';
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled) return `pod ${name} is not scheduled: ${unscheduled.message ?? unscheduled.reason ?? ''}`;
  const statuses = pod.status?.containerStatuses ?? [];
  const faults = statuses.map(containerState).filter((state) => state !== '');
  return faults.length === 0 ? '' : `pod ${name}: ${faults.join('; ')}`;
}

function containerState({ state, lastState, restartCount, ready }: V1ContainerStatus): string {
  const waiting = state?.waiting;
  if (waiting) return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended) return `ended with exit code ${ended.exitCode}, ${restartCount} restarts`;
  return ready ? '' : 'runs, but is not ready';
}

/** What the Deployment has still to do until only pods of its present template answer; undefined once that is so. */
export async function describePendingRollout(cluster: Cluster): Promise<string | undefined> {
  const deployment = await read<V1Deployment>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: deploymentName, namespace: systemNamespace },
  });
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0 } = deployment?.status ?? {};
  if (observedGeneration < (deployment?.metadata?.generation ?? 0)) return 'its change has not been seen yet';
  return replicas > updatedReplicas || updatedReplicas === 0
    ? `pods of the earlier configuration still run: ${replicas - updatedReplicas}`
    : undefined;
}
