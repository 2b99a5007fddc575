import type { V1Pod } from '@kubernetes/client-node';
import { remove } from '../../kubernetes/index.ts';
import type { Check, Passed, Skipped } from '../check.ts';
import type { Context } from '../context.ts';
import { refusedAdmission } from '../diagnosis/admission.ts';
import { newPodName, workloadPod } from '../facts/pod.ts';
import { runInCluster } from '../workload/in-cluster.ts';
import { runOnRunner } from '../workload/on-runner.ts';

/** A real pod does it all by itself: with its own token and what the webhook gave it. It is removed again in any case. */
export const pod: Check = {
  id: 'pod',
  title: 'Workload',
  lookedAt: ({ inputs, embedded }) =>
    embedded
      ? 'the stored pod, its variables and a token bound to it; the workload itself runs on this runner'
      : `a pod with the image ${inputs.podImage}`,
  run: async (context) => {
    const { facts, cluster, inputs, deps } = context;
    if ((await facts.serviceAccount()) === undefined)
      return { skipped: 'the service account of the pod does not exist' };
    const created = await create(context);
    try {
      return await work(context, created);
    } finally {
      await remove(
        cluster,
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: created.metadata.name, namespace: inputs.serviceAccount.namespace },
        },
        { gracePeriodSeconds: 0 },
      ).catch((error: unknown) =>
        deps.log.warning(`the pod ${created.metadata.name} could not be removed: ${String(error)}`),
      );
    }
  },
};

/** A pod as the API server stored it. */
export type StoredPod = V1Pod & { readonly metadata: { readonly name: string; readonly uid: string } };

async function create(context: Context): Promise<StoredPod> {
  const { cluster, inputs } = context;
  try {
    const stored = await cluster.objects.create(workloadPod(context, newPodName()));
    const { name = '', uid = '' } = stored.metadata ?? {};
    return { ...stored, metadata: { ...stored.metadata, name, uid } };
  } catch (error) {
    throw refusedAdmission(error, inputs.serviceAccount);
  }
}

function work(context: Context, stored: StoredPod): Promise<Passed | Skipped> {
  return context.embedded ? runOnRunner(context, stored) : runInCluster(context, stored);
}
