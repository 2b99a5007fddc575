import { connectCluster } from '../kubernetes/index.ts';
import type { CleanUp } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { deleteLeftPod } from './workload/stored-pod.ts';

/** Deletes the pod of a run that was interrupted before it could do so itself. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const { namespace } = inputs.serviceAccount;
  if (await deleteLeftPod(deps, namespace, () => connectCluster(inputs, deps)))
    deps.log.info('Deleted the pod that the interrupted run left behind');
};
