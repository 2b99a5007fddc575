import { type CleanUp, type Deps, defineState } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import { type ClusterRef, clusterRefSchema, type Provider } from './provider.ts';
import { loadProvider } from './providers/index.ts';

/**
 * The cluster that this step started. Saved before the start, so that the post step of a cancelled job can
 * delete it.
 */
export const startedCluster = defineState('cluster', clusterRefSchema);

/** Deletes the cluster that this step started, unless `keep` is set. */
export const cleanUp: CleanUp<typeof definition> = async ({ keep }, deps) => {
  const ref = startedCluster.read(deps);
  if (ref === undefined) return;
  if (keep) deps.log.info(`Keeping the ${ref.provider} cluster ${ref.name} (\`keep: true\`)`);
  else await removeCluster(ref, await loadProvider(ref.provider), deps);
};

/** Deletes everything of a cluster and logs what that was. */
export async function removeCluster(ref: ClusterRef, provider: Provider, deps: Deps): Promise<void> {
  const removed = await provider.remove(ref, deps);
  for (const what of removed) deps.log.info(`Deleted ${what}`);
  if (removed.length === 0)
    deps.log.info(`Nothing of the ${ref.provider} cluster ${ref.name} is left to delete`);
}
