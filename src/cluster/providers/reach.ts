import { access } from 'node:fs/promises';
import { connectCluster, getRaw } from '../../kubernetes/index.ts';
import { type Deps, messageOf } from '../../runtime/index.ts';
import type { Access } from '../provider.ts';

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
