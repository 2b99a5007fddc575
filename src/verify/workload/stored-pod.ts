import type { V1Pod } from '@kubernetes/client-node';
import * as v from 'valibot';
import { type Cluster, clusterErrorMessage, remove } from '../../kubernetes/index.ts';
import { type Deps, defineState } from '../../runtime/index.ts';
import { buildPod, createPodName } from '../manifest/pod.ts';
import { diagnoseAdmission } from '../refusals/admission.ts';
import type { Surroundings } from '../surroundings.ts';

/** A pod as the API server stored it. */
export type StoredPod = V1Pod & { readonly metadata: { readonly name: string; readonly uid: string } };

type PodParts = Pick<Surroundings, 'cluster' | 'deps' | 'environment' | 'inputs'>;

// The pod that the post step has to delete if this process does not live to do so.
const podState = defineState('pod', v.string());

/** Creates the workload's pod. Throws CheckFailedError if it is not admitted. */
export async function createPod({ cluster, deps, environment, inputs }: PodParts): Promise<StoredPod> {
  const name = createPodName();
  const wanted = await buildPod({ inputs, environment }, name);
  podState.save(name, deps);
  try {
    const stored = await cluster.objects.create(wanted);
    const { uid = '' } = stored.metadata ?? {};
    return { ...stored, metadata: { ...stored.metadata, name, uid } };
  } catch (error) {
    throw diagnoseAdmission(error, inputs.serviceAccount);
  }
}

/** Deletes the workload's pod; a failure is only a warning. */
export async function deletePod({ cluster, deps, inputs }: PodParts, name: string): Promise<void> {
  try {
    await removePod(cluster, inputs.serviceAccount.namespace, name);
    podState.clear(deps);
  } catch (error) {
    deps.log.warning(`Failed to delete the pod ${name}: ${clusterErrorMessage(error)}`);
  }
}

/**
 * Deletes the pod that a run left behind because it was interrupted. Returns false if nothing had to be
 * deleted.
 */
export async function deleteLeftPod(
  deps: Pick<Deps, 'state'>,
  namespace: string,
  connect: () => Promise<Cluster>,
): Promise<boolean> {
  const name = podState.read(deps);
  return name !== undefined && removePod(await connect(), namespace, name);
}

function removePod(cluster: Cluster, namespace: string, name: string): Promise<boolean> {
  const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
  return remove(cluster, ref, { gracePeriodSeconds: 0 });
}
