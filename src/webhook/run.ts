import { loadAzureEnvironment } from '../azure/index.ts';
import { type EmbeddedCluster, readEmbeddedCluster } from '../cluster/index.ts';
import { type Cluster, connectCluster } from '../kubernetes/index.ts';
import type { CleanUp, Deps, InputsOf, Run } from '../runtime/index.ts';
import { authorityFor } from './authority.ts';
import { definition } from './definition.ts';
import { installBesideApiServer, removeFromEmbedded } from './embedded.ts';
import { createHelmMethod } from './helm/index.ts';
import { cleanUpInCluster, installInCluster } from './in-cluster.ts';
import type { Installation, Installed } from './install.ts';
import { createManifestMethod } from './manifest.ts';
import type { Method } from './method.ts';
import { publishedImage } from './objects.ts';
import { findStalePods, restartStalePods, type StalePod } from './stale-pods.ts';
import { deployedVersion } from './version.ts';

export { definition };

type Inputs = InputsOf<typeof definition>;

/** Installs the webhook and proves that it mutates labelled pods. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const authority = authorityFor(await loadAzureEnvironment(inputs.azureEnvironment));
  const cluster = await connectCluster(inputs, deps);
  const embedded = await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context);
  const { tenantId, timeout: timeoutSeconds } = inputs;
  const installation = { cluster, tenantId, authority, timeoutSeconds, deps };
  deps.state.save('installed', 'true');
  const installed = await deps.log.group('Installing the webhook', () =>
    install(inputs, installation, embedded),
  );
  const readySeconds = Math.round(installed.readySeconds * 10) / 10;
  deps.log.info(
    `webhook ${installed.version} injects tenant ${tenantId} and authority ${authority.authorityHost}, shown by a dry run`,
  );
  // Nothing in an embedded cluster makes pods anew.
  const stale =
    inputs.restartStalePods && !embedded
      ? await restartStalePods(cluster, timeoutSeconds, deps)
      : await findStalePods(cluster);
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
        ...(installed.image === undefined ? [] : [['image', installed.image] as const]),
        ['tenant', tenantId],
        ['authority', authority.authorityHost],
        ['first mutation', installed.changed ? `after ${readySeconds} s` : 'nothing had to change'],
        ...(stale.length === 0
          ? []
          : [['stale pods', stale.map(({ namespace, name }) => `${namespace}/${name}`).join('\n')] as const]),
      ],
    },
  };
};

async function install(
  inputs: Inputs,
  installation: Installation,
  embedded: EmbeddedCluster | undefined,
): Promise<Installed> {
  if (embedded) return installBesideApiServer(installation, embedded);
  const { cluster, deps } = installation;
  const installed = await installInCluster(installation, await methodOf(inputs, cluster, deps));
  return { ...installed, version: (await deployedVersion(cluster)) ?? inputs.webhookVersion };
}

async function methodOf(inputs: Inputs, cluster: Cluster, deps: Deps): Promise<Method> {
  const { image, replicas, webhookVersion: version, chart, values } = inputs;
  return inputs.method === 'helm'
    ? createHelmMethod(cluster, { version, image, replicas, chart, values }, deps)
    : createManifestMethod({ image: image ?? publishedImage(version), replicas });
}

/** Ends the process on an embedded cluster; elsewhere uninstalls where `on-exit` says so. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  if (deps.state.read('installed') !== 'true') return;
  const cluster = await connectCluster(inputs, deps);
  const embedded = await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context);
  if (embedded) return removeFromEmbedded(cluster, embedded, deps);
  await cleanUpInCluster(cluster, await methodOf(inputs, cluster, deps), inputs.onExit, deps);
};

function warnOfStale(stale: readonly StalePod[], log: { warning(message: string): void }): void {
  if (stale.length === 0) return;
  const names = stale.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  log.warning(
    `created before the webhook, and without what it injects until they are created anew: ${names}`,
  );
}
