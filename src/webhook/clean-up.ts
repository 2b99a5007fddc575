import * as v from 'valibot';
import type { Cluster } from '../kubernetes/index.ts';
import { remove } from '../kubernetes/index.ts';
import { type CleanUp, type Deps, defineState } from '../runtime/index.ts';
import { deleteWebhookConfiguration } from './configuration.ts';
import type { definition } from './definition.ts';
import { uninstallFromEmbedded } from './embedded.ts';
import type { Method } from './installation.ts';
import { buildAccessRules, buildNamespace } from './objects.ts';
import { rejectsLabeledPods } from './readiness.ts';
import { connectTarget, createMethod } from './request.ts';

/** How far a run got. `created`: the API server had no configuration of the webhook before. `proven`: the webhook mutated a pod. */
export const progress = defineState('progress', v.object({ created: v.boolean(), proven: v.boolean() }));

/** Stops the webhook of an embedded cluster. In other clusters, uninstalls it if `on-exit: remove` is set and the run created it. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = progress.read(deps);
  if (saved === undefined) return;
  const { cluster, embedded } = await connectTarget(inputs, deps);
  if (embedded) return uninstallFromEmbedded(cluster, embedded, deps);
  const { created, proven } = saved;
  if (inputs.onExit === 'remove' && created)
    return uninstallFromCluster(cluster, await createMethod(inputs, cluster, deps), deps);
  if (inputs.onExit === 'remove') deps.log.info('Keeping the webhook: it existed before this job');
  // After an interrupted run, the API server must not reject labeled pods forever.
  if (created && !proven && (await rejectsLabeledPods(cluster)))
    await deleteWebhookConfiguration(cluster, deps);
};

/** Deletes everything that an installation created, the configuration first. */
async function uninstallFromCluster(
  cluster: Cluster,
  method: Method,
  deps: Pick<Deps, 'log'>,
): Promise<void> {
  await deleteWebhookConfiguration(cluster, deps);
  await method.uninstall();
  const clusterWide = buildAccessRules().filter(({ metadata }) => metadata.namespace === undefined);
  for (const { apiVersion, kind, metadata } of [...clusterWide, buildNamespace()]) {
    if (await remove(cluster, { apiVersion, kind, metadata: { name: metadata.name } }))
      deps.log.info(`Deleted ${kind} ${metadata.name}`);
  }
}
