import { join } from 'node:path';
import { type EmbeddedCluster, registerProcess } from '../cluster/index.ts';
import { type Cluster, reconcile } from '../kubernetes/index.ts';
import { type Deps, waitForDaemons } from '../runtime/index.ts';
import { makeServingCertificates } from './certificates/issue.ts';
import { webhookConfiguration, withdrawConfiguration } from './configuration.ts';
import type { Installation, Installed } from './install.ts';
import { namespaceObject } from './objects.ts';
import { startWebhookProcess, stopWebhookProcess } from './process.ts';
import { ensureProbeAccount, findMissingMutation } from './readiness.ts';
import { findServingFault } from './serving.ts';
import { versionOfProgram } from './version.ts';

/**
 * Runs the webhook as a process beside the API server of an embedded cluster, which has no nodes for it.
 * The API server hears of it only once it listens, so no pod is ever refused meanwhile.
 */
export async function installBesideApiServer(
  installation: Installation,
  embedded: EmbeddedCluster,
): Promise<Installed> {
  const { cluster, deps } = installation;
  const version = (await versionOfProgram(embedded.webhookProgram)) ?? 'unknown';
  const where = 'process beside the API server';
  const started = deps.clock.now();
  await reconcile(cluster, namespaceObject());
  await ensureProbeAccount(cluster);
  if ((await findMissingMutation(cluster, installation)) === undefined) {
    deps.log.info('the webhook runs and injects what it should: nothing changed');
    return { version, readySeconds: 0, where, changed: false };
  }
  const directory = directoryOf(embedded);
  if (await stopWebhookProcess(directory, deps)) deps.log.info('ended the webhook of an earlier run');
  try {
    await startAndAnnounce(installation, embedded);
  } catch (error) {
    // A configuration without a webhook behind it would refuse every labelled pod of the cluster.
    await removeFromEmbedded(cluster, embedded, deps);
    throw error;
  }
  return { version, readySeconds: deps.clock.now() - started, where, changed: true };
}

async function startAndAnnounce(installation: Installation, embedded: EmbeddedCluster): Promise<void> {
  const { cluster, deps } = installation;
  const certificates = await makeServingCertificates(
    { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] },
    deps.clock,
  );
  for (const secret of [certificates.caKey, certificates.key]) deps.log.mask(secret);
  const daemon = await startWebhookProcess({
    program: embedded.webhookProgram,
    directory: directoryOf(embedded),
    kubeconfigFile: cluster.kubeconfigFile,
    tenantId: installation.tenantId,
    authority: installation.authority,
    certificates,
  });
  await registerProcess(embedded.directory, daemon.name, daemon.pid);
  const waiting = { daemons: [daemon], budgetSeconds: installation.timeoutSeconds };
  await waitForDaemons(
    {
      ...waiting,
      what: 'the webhook process',
      probe: () => findServingFault(certificates.caCertificate),
    },
    deps,
  );
  await reconcile(cluster, webhookConfiguration('loopback', certificates.caCertificate));
  await waitForDaemons(
    { ...waiting, what: 'the webhook', probe: () => findMissingMutation(cluster, installation) },
    deps,
  );
}

/** Takes the webhook's configuration out of the API server and ends its process. */
export async function removeFromEmbedded(
  cluster: Cluster,
  embedded: EmbeddedCluster,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<void> {
  try {
    await withdrawConfiguration(cluster, deps);
  } finally {
    if (await stopWebhookProcess(directoryOf(embedded), deps)) deps.log.info('ended the webhook process');
  }
}

function directoryOf(embedded: EmbeddedCluster): string {
  return join(embedded.directory, 'webhook');
}
