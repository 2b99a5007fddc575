import type { Log, Run, Summary } from '../runtime/index.ts';
import { progress } from './clean-up.ts';
import type { definition } from './definition.ts';
import { installInEmbedded } from './embedded.ts';
import { installInCluster } from './in-cluster.ts';
import type { Installation, Installed } from './installation.ts';
import { connectTarget, createMethod, type Inputs, readRequest, type Target } from './request.ts';
import { findStalePods, restartStalePods, type StalePod } from './stale-pods.ts';

/** Installs the webhook and verifies that it mutates labeled pods. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const target = await connectTarget(inputs, deps);
  const { cluster, embedded } = target;
  const installation = await readRequest(inputs, target, deps);
  progress.save({ created: false, proven: false }, deps);
  const installed = await deps.log.group('Install the webhook', () => install(inputs, installation, target));
  const { tenantId, authority } = installation;
  deps.log.info(
    `Verified by a dry run that the webhook ${installed.version} injects tenant ${tenantId} and authority ${authority.authorityHost}`,
  );
  // Nothing in an embedded cluster recreates pods.
  const stale =
    inputs.restartStalePods && !embedded
      ? await restartStalePods(cluster, inputs.timeout, deps)
      : await findStalePods(cluster);
  warnOfStalePods(stale, deps.log);
  const readySeconds = Math.round(installed.readySeconds * 10) / 10;
  return {
    outputs: {
      'webhook-version': installed.version,
      'ready-seconds': readySeconds,
      'stale-pods': stale,
    },
    summary: summarize(installation, { ...installed, readySeconds }, stale),
  };
};

async function install(
  inputs: Inputs,
  installation: Installation,
  { cluster, embedded }: Target,
): Promise<Installed> {
  if (embedded) return installInEmbedded(installation, embedded);
  const method = await createMethod(inputs, cluster, installation.deps);
  return installInCluster(installation, method, inputs.webhookVersion);
}

function summarize(
  { tenantId, authority }: Installation,
  { version, where, image, changed, readySeconds }: Installed,
  stale: readonly StalePod[],
): Summary {
  return {
    title: 'Webhook',
    links: ['webhook'],
    facts: [
      ['azure-workload-identity', version],
      ['runs as', where],
      ...(image === undefined ? [] : [['image', image] as const]),
      ['tenant', tenantId],
      ['authority', authority.authorityHost],
      ['first mutation', changed ? `after ${readySeconds} s` : 'already installed'],
      ...(stale.length === 0 ? [] : [['stale pods', stale.map(formatPod).join('\n')] as const]),
    ],
  };
}

function warnOfStalePods(stale: readonly StalePod[], log: Pick<Log, 'warning'>): void {
  if (stale.length === 0) return;
  log.warning(
    `Recreate these pods, which were created before the webhook and lack the injected token: ${stale.map(formatPod).join(', ')}`,
  );
}

function formatPod({ namespace, name }: StalePod): string {
  return `${namespace}/${name}`;
}
