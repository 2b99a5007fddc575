import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../errors/index.ts';
import { connectCluster, getRaw } from '../../kubernetes/index.ts';
import { type Deps, exists } from '../../runtime/index.ts';
import type { Access, ClusterRef } from '../provider.ts';

/** Why the API server behind a kubeconfig does not answer; undefined where it does. */
export async function findUnreachableReason(
  cluster: Access,
  deps: Pick<Deps, 'env'>,
): Promise<string | undefined> {
  try {
    const { status } = await getRaw(await connectCluster(cluster, deps), '/readyz');
    return status === 200 ? undefined : `its API server answers ${status}`;
  } catch (error) {
    return errorMessage(error);
  }
}

const parseMark = (ref: ClusterRef) => join(ref.directory, 'made-here');

/** Makes the folder of a cluster that is about to be started, marked as this job's. */
export async function makeFolder(ref: ClusterRef): Promise<void> {
  await mkdir(ref.directory, { recursive: true, mode: 0o700 });
  await writeFile(parseMark(ref), 'starting');
}

/** Marks the start as come to its end. */
export async function markStarted(ref: ClusterRef): Promise<void> {
  await writeFile(parseMark(ref), 'started');
}

/**
 * Whether a start of this job did not come to its end. Where the tool was killed, its container engine may still be at work on
 * what it was asked for, and a node appears a second after everything was removed.
 */
export async function wasInterrupted(ref: ClusterRef): Promise<boolean> {
  return (await readFile(parseMark(ref), 'utf8').catch(() => '')) === 'starting';
}

/** Whether this job started the cluster. RUNNER_TEMP is emptied between jobs, so another job's mark is never seen. */
export async function isOurs(ref: ClusterRef): Promise<boolean> {
  return exists(parseMark(ref));
}
