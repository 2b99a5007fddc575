import type { Check } from '../check.ts';
import { choosePodImage } from '../manifest/pod.ts';
import { runInCluster } from '../workload/in-cluster.ts';
import { runOnRunner } from '../workload/on-runner.ts';
import { createPod, deletePod } from '../workload/stored-pod.ts';

/**
 * A real pod does everything by itself, with its own token and what the webhook injected. It is always
 * deleted.
 */
export const pod: Check = {
  id: 'pod',
  title: 'Workload',
  reliesOn: ['pod-mutated', 'key-vault-read', 'token-exchange'],
  lookedAt: ({ inputs, embedded }) =>
    embedded
      ? 'the stored pod, its variables and a token bound to it; the workload itself runs on this runner'
      : `a pod with the image ${choosePodImage(inputs)}`,
  run: async (context) => {
    const { facts } = context;
    if ((await facts.serviceAccount()) === undefined)
      return { skipped: 'the service account of the pod does not exist' };
    const created = await createPod(context);
    try {
      return await (context.embedded ? runOnRunner : runInCluster)(context, created);
    } finally {
      await deletePod(context, created.metadata.name);
    }
  },
};
