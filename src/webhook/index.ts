import { loadAzureEnvironment } from '../azure/environment.ts';
import { readEmbeddedCluster } from '../cluster/index.ts';
import { connectCluster } from '../kubernetes/index.ts';
import type { CleanUp, Run } from '../runtime/index.ts';
import { authorityFor } from './authority.ts';
import { definition } from './definition.ts';
import { installBesideApiServer, removeFromEmbedded } from './embedded.ts';
import { installInCluster, uninstallFromCluster } from './in-cluster.ts';
import type { Installed } from './install.ts';
import { publishedImage } from './objects.ts';
import { findStalePods, type StalePod } from './stale-pods.ts';

export { definition };

/** Installs the webhook and proves that it mutates labelled pods. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const authority = authorityFor(await loadAzureEnvironment(inputs.azureEnvironment));
  const cluster = await connectCluster(inputs, deps);
  const embedded = await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context);
  const installation = {
    cluster,
    tenantId: inputs.tenantId,
    authority,
    timeoutSeconds: inputs.timeout,
    deps,
  };
  deps.state.save('installed', 'true');
  const installed: Installed = await deps.log.group('Installing the webhook', async () =>
    embedded
      ? installBesideApiServer(installation, embedded)
      : {
          ...(await installInCluster(installation, {
            image: inputs.image ?? publishedImage(inputs.webhookVersion),
            replicas: inputs.replicas,
          })),
          version: inputs.webhookVersion,
        },
  );
  const readySeconds = Math.round(installed.readySeconds * 10) / 10;
  deps.log.info(
    `webhook ${installed.version} injects tenant ${inputs.tenantId} and authority ${authority.authorityHost}, shown by a dry run`,
  );
  const stale = await findStalePods(cluster);
  warnOfStale(stale, deps.log);
  return {
    outputs: {
      'webhook-version': installed.version,
      'ready-seconds': readySeconds,
      'stale-pods': stale,
    },
    summary: {
      title: 'Webhook',
      links: ['webhook'],
      facts: [
        ['azure-workload-identity', installed.version],
        ['runs as', installed.where],
        ['tenant', inputs.tenantId],
        ['authority', authority.authorityHost],
        ['first mutation', installed.changed ? `after ${readySeconds} s` : 'nothing had to change'],
        ...(stale.length === 0
          ? []
          : [['stale pods', stale.map(({ namespace, name }) => `${namespace}/${name}`).join('\n')] as const]),
      ],
    },
  };
};

/** Ends the process on an embedded cluster; elsewhere uninstalls where `on-exit` says so. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  if (deps.state.read('installed') !== 'true') return;
  const cluster = await connectCluster(inputs, deps);
  const embedded = await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context);
  if (embedded) return removeFromEmbedded(cluster, embedded, deps);
  if (inputs.onExit === 'keep') return;
  await uninstallFromCluster(cluster, deps);
};

function warnOfStale(stale: readonly StalePod[], log: { warning(message: string): void }): void {
  if (stale.length === 0) return;
  const names = stale.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  log.warning(
    `created before the webhook, and without what it injects until they are created anew: ${names}`,
  );
}
