import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { clusterMessageOf, read } from '../../kubernetes/index.ts';
import { BrokenLink } from '../broken-link.ts';
import type { Passed } from '../check.ts';
import type { StoredPod } from '../checks/pod.ts';
import { injectedValues } from '../checks/pod-mutated.ts';
import type { Context } from '../context.ts';
import { aadstsNumbersIn, entraRefusalOf } from '../diagnosis/entra-codes.ts';

/** What the blog's image logs once it has read the secret; it never ends by itself. */
const readIt = /successfully got secret/;
const logLines = 20;

/** Waits for a stored pod to do its work on a node: it ends with exit code 0, or logs that it has read the secret. */
export async function runInCluster(context: Context, stored: StoredPod): Promise<Passed> {
  const { clock, log } = context.deps;
  const { namespace } = context.inputs.serviceAccount;
  const { name } = stored.metadata;
  const started = clock.now();
  let nextReport = started + 5;
  for (;;) {
    const pod = await read<V1Pod>(context.cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
    });
    const state = pod === undefined ? 'is gone' : stateOf(pod);
    const phase = pod?.status?.phase;
    const logged = phase === 'Pending' ? '' : await logOf(context, name);
    if (phase === 'Succeeded' || readIt.test(logged)) {
      return {
        found:
          phase === 'Succeeded' ? 'the pod ended with exit code 0' : 'the pod logs that it read the secret',
        evidence: [
          ['workload ran', `in the pod ${namespace}/${name} on node ${pod?.spec?.nodeName ?? ''}`],
          ...injectedValues(stored),
        ],
      };
    }
    const now = clock.now();
    const broken =
      pod === undefined || phase === 'Failed' ? failed(state, logged) : stuck(pod, now - started);
    if (broken) throw broken;
    if (now - started > context.inputs.timeout) throw late(state, context.inputs.timeout, logged);
    if (now >= nextReport) {
      nextReport = now + 5;
      log.info(
        `waiting for the pod (${Math.round(now - started)} of ${context.inputs.timeout} s): it ${state}`,
      );
    }
    await clock.sleep(0.5);
  }
}

function stateOf(pod: V1Pod): string {
  const unscheduled = pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (unscheduled) return `is not scheduled: ${unscheduled.message ?? ''}`;
  const status = pod.status?.containerStatuses?.[0];
  return status ? containerState(status) : (pod.status?.phase ?? 'Pending').toLowerCase();
}

function containerState({ state }: V1ContainerStatus): string {
  if (state?.waiting)
    return `waits: ${[state.waiting.reason, state.waiting.message].filter(Boolean).join(': ')}`;
  if (state?.terminated) return `ended with exit code ${state.terminated.exitCode}`;
  return 'runs';
}

async function logOf(context: Context, name: string): Promise<string> {
  const { namespace } = context.inputs.serviceAccount;
  try {
    return await context.cluster.core.readNamespacedPodLog({ name, namespace, tailLines: logLines });
  } catch (error) {
    context.deps.log.debug(`the log of the pod cannot be read yet: ${clusterMessageOf(error)}`);
    return '';
  }
}

// Reasons that pass sometimes get this long, in seconds, before they count.
const patience: Readonly<Record<string, number>> = {
  InvalidImageName: 0,
  CreateContainerConfigError: 10,
  CreateContainerError: 10,
  ImagePullBackOff: 30,
};

function stuck(pod: V1Pod, seconds: number): BrokenLink | undefined {
  const waiting = pod.status?.containerStatuses?.[0]?.state?.waiting;
  const limit = patience[waiting?.reason ?? ''];
  if (limit === undefined || seconds < limit) return undefined;
  const image = waiting?.reason === 'ImagePullBackOff' || waiting?.reason === 'InvalidImageName';
  return new BrokenLink({
    code: image ? 'pod-image-unavailable' : 'pod-container-not-created',
    cause: image ? 'the image of the pod cannot be had' : 'the container of the pod cannot be created',
    change: image
      ? 'Set pod-image to one that the nodes can pull, or load it into the cluster before.'
      : 'See the answer.',
    answer: `${waiting?.reason}: ${waiting?.message ?? ''}`,
  });
}

function failed(state: string, logged: string): BrokenLink {
  const row = entraRefusalOf(aadstsNumbersIn(logged));
  return new BrokenLink({
    code: row?.code ?? 'pod-failed',
    cause: row ? `in the pod ${row.cause}` : `the pod ${state}`,
    change:
      row?.change ??
      'See its last log lines. The links before are whole: what the image itself does is left.',
    answer: logged.trim() || state,
  });
}

function late(state: string, seconds: number, logged: string): BrokenLink {
  return new BrokenLink({
    code: state.startsWith('is not scheduled') ? 'pod-unschedulable' : 'pod-timeout',
    cause: `the pod has not read the secret within ${seconds} s: it ${state}`,
    change: state.startsWith('is not scheduled')
      ? 'Give the cluster a node that can take it: see the answer.'
      : 'Raise the input timeout, or see its last log lines.',
    answer: logged.trim() || state,
  });
}
