import type { V1ContainerStatus, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { type Cluster, list, read } from '../kubernetes/index.ts';
import { deploymentName, systemLabels, systemNamespace } from './contract.ts';

/** Reads the Deployment of the webhook; undefined if it does not exist. */
export function readDeployment(cluster: Cluster): Promise<V1Deployment | undefined> {
  return read<V1Deployment>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: deploymentName, namespace: systemNamespace },
  });
}

/** Reads the version in the image tag of the Deployment; undefined if the image has no tag of this form. */
export async function readDeployedVersion(cluster: Cluster): Promise<string | undefined> {
  const deployment = await readDeployment(cluster);
  const [container] = deployment?.spec?.template.spec?.containers ?? [];
  return /:(v\d+\.\d+\.\d+[\w.-]*)(@|$)/.exec(container?.image ?? '')?.[1];
}

/** Reads which image the nodes pulled, by digest: `…/webhook@sha256:…`. Undefined if they loaded it without a registry. */
export async function readPulledImage(cluster: Cluster): Promise<string | undefined> {
  const statuses = (await listWebhookPods(cluster)).flatMap(({ status }) => status?.containerStatuses ?? []);
  const images = statuses.map(({ imageID }) => /^(?:\S+:\/\/)?(\S+@sha256:[0-9a-f]{64})$/.exec(imageID)?.[1]);
  return images.find((image) => image !== undefined);
}

/** Returns why the pods of the webhook are not ready, in the words of the cluster; empty if no reason is known. */
export async function findNotRunningReason(cluster: Cluster): Promise<string> {
  const pods = await listWebhookPods(cluster);
  if (pods.length === 0) return `Deployment ${deploymentName} has no pods yet`;
  return pods
    .map(describePod)
    .filter((state) => state !== '')
    .join('\n');
}

/** Returns what the Deployment still has to do until only pods of its current template answer; undefined if that is done. */
export async function describePendingRollout(cluster: Cluster): Promise<string | undefined> {
  const deployment = await readDeployment(cluster);
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0 } = deployment?.status ?? {};
  if (observedGeneration < (deployment?.metadata?.generation ?? 0))
    return `the change of Deployment ${deploymentName} is not observed yet`;
  return replicas > updatedReplicas || updatedReplicas === 0
    ? `pods with the previous configuration still running: ${replicas - updatedReplicas}`
    : undefined;
}

function listWebhookPods(cluster: Cluster): Promise<readonly V1Pod[]> {
  const labelSelector = Object.entries(systemLabels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return list<V1Pod>(
    cluster,
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: systemNamespace, labelSelector },
  );
}

function describePod(pod: V1Pod): string {
  const name = pod.metadata?.name ?? '';
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled) return `pod ${name} is not scheduled: ${unscheduled.message ?? unscheduled.reason ?? ''}`;
  const statuses = pod.status?.containerStatuses ?? [];
  const faults = statuses.map(describeContainer).filter((state) => state !== '');
  return faults.length === 0 ? '' : `pod ${name}: ${faults.join('; ')}`;
}

function describeContainer({ state, lastState, restartCount, ready }: V1ContainerStatus): string {
  const waiting = state?.waiting;
  if (waiting) return [waiting.reason, waiting.message].filter(Boolean).join(': ');
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended) return `exited with code ${ended.exitCode} (${restartCount} restarts)`;
  return ready ? '' : 'running, but not ready';
}
