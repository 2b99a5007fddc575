import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectCluster, getRaw } from '../../kubernetes/index.ts';
import { type Deps, messageOf } from '../../runtime/index.ts';
import type { Access, ClusterRef } from '../provider.ts';

/** Why the API server behind a kubeconfig does not answer; undefined where it does. */
export async function whyUnreachable(cluster: Access, deps: Pick<Deps, 'env'>): Promise<string | undefined> {
  try {
    const { status } = await getRaw(await connectCluster(cluster, deps), '/readyz');
    return status === 200 ? undefined : `its API server answers ${status}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const markOf = (ref: ClusterRef) => join(ref.directory, 'made-here');

/** Makes the folder of a cluster that is about to be started, marked as this job's. */
export async function makeFolder(ref: ClusterRef): Promise<void> {
  await mkdir(ref.directory, { recursive: true, mode: 0o700 });
  await writeFile(markOf(ref), '');
}

/** Whether this job started the cluster. RUNNER_TEMP is emptied between jobs, so another job's mark is never seen. */
export async function isOurs(ref: ClusterRef): Promise<boolean> {
  return exists(markOf(ref));
}
