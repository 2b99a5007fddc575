import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../errors/index.ts';
import { connectCluster, getRaw } from '../../kubernetes/index.ts';
import { type Deps, exists } from '../../runtime/index.ts';
import type { Access, ClusterRef, Inspection } from '../provider.ts';

/** Returns whether the cluster behind a kubeconfig is running or broken, and who created it. */
export async function inspectAccess(
  ref: ClusterRef,
  access: Access,
  deps: Pick<Deps, 'env'>,
): Promise<Inspection> {
  const problem = await findUnreachableReason(access, deps);
  if (problem === undefined) return { state: 'running', access };
  return { state: 'broken', problem, ours: await exists(getMarkFile(ref)) };
}

async function findUnreachableReason(access: Access, deps: Pick<Deps, 'env'>): Promise<string | undefined> {
  try {
    const { status } = await getRaw(await connectCluster(access, deps), '/readyz');
    return status === 200 ? undefined : `its API server answers ${status}`;
  } catch (error) {
    return errorMessage(error);
  }
}

// RUNNER_TEMP is emptied between jobs, so the mark of another job is never found.
const getMarkFile = (ref: ClusterRef) => join(ref.directory, 'made-here');

/** Creates the folder of a cluster that is about to start, marked as one of this job. */
export async function createClusterFolder(ref: ClusterRef): Promise<void> {
  await mkdir(ref.directory, { recursive: true, mode: 0o700 });
  await writeFile(getMarkFile(ref), 'starting');
}

/** Marks the start as finished. */
export async function markStarted(ref: ClusterRef): Promise<void> {
  await writeFile(getMarkFile(ref), 'started');
}

/** Deletes the folder of a cluster. Returns what it deleted, in words. */
export async function removeClusterFolder({ directory }: ClusterRef): Promise<readonly string[]> {
  if (!(await exists(directory))) return [];
  await rm(directory, { recursive: true, force: true });
  return [`folder ${directory}`];
}

// How long after an interrupted start a node may still appear.
const lateSeconds = 3;

/**
 * Runs `remove`, and once more a little later if this job was interrupted while it started the cluster: a
 * container engine may still work on what it was asked for, and a node then appears after everything was
 * deleted. Returns whether anything was deleted.
 */
export async function removeWithLateNodes(
  ref: ClusterRef,
  deps: Pick<Deps, 'clock'>,
  remove: () => Promise<boolean>,
): Promise<boolean> {
  const wasInterrupted = (await readFile(getMarkFile(ref), 'utf8').catch(() => '')) === 'starting';
  const removed = await remove();
  if (!wasInterrupted) return removed;
  await deps.clock.sleep(lateSeconds);
  return (await remove()) || removed;
}
