import type { V1Pod } from '@kubernetes/client-node';
import { type Cluster, clusterErrorMessage, remove } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { Check, Passed, Skipped } from '../check.ts';
import type { Context } from '../context.ts';
import { choosePodImage, newPodName, workloadPod } from '../manifest/pod.ts';
import { refusedAdmission } from '../refusals/admission.ts';
import { runInCluster } from '../workload/in-cluster.ts';
import { runOnRunner } from '../workload/on-runner.ts';

/** A real pod does it all by itself: with its own token and what the webhook gave it. It is removed again in any case. */
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
    const created = await create(context);
    try {
      return await work(context, created);
    } finally {
      await takeAway(context, created.metadata.name);
    }
  },
};

const podState = 'pod';

/** Removes the pod that a run left behind because it was ended before it could; false where there is none. */
export async function removeLeftPod(
  { state }: Pick<Deps, 'state'>,
  namespace: string,
  connect: () => Promise<Cluster>,
): Promise<boolean> {
  const name = state.read(podState);
  return name !== '' && removePod(await connect(), namespace, name);
}

function removePod(cluster: Cluster, namespace: string, name: string): Promise<boolean> {
  const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
  return remove(cluster, ref, { gracePeriodSeconds: 0 });
}

async function takeAway({ cluster, deps, inputs }: Context, name: string): Promise<void> {
  try {
    await removePod(cluster, inputs.serviceAccount.namespace, name);
    deps.state.save(podState, '');
  } catch (error) {
    deps.log.warning(`the pod ${name} could not be removed: ${clusterErrorMessage(error)}`);
  }
}

/** A pod as the API server stored it. */
export type StoredPod = V1Pod & { readonly metadata: { readonly name: string; readonly uid: string } };

async function create(context: Context): Promise<StoredPod> {
  const { cluster, inputs, deps } = context;
  const name = newPodName();
  const wanted = await workloadPod(context, name);
  // The post step removes it where this process does not live to do so.
  deps.state.save(podState, name);
  try {
    const stored = await cluster.objects.create(wanted);
    const { uid = '' } = stored.metadata ?? {};
    return { ...stored, metadata: { ...stored.metadata, name, uid } };
  } catch (error) {
    throw refusedAdmission(error, inputs.serviceAccount);
  }
}

function work(context: Context, stored: StoredPod): Promise<Passed | Skipped> {
  return context.embedded ? runOnRunner(context, stored) : runInCluster(context, stored);
}
