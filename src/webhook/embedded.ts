import { join } from 'node:path';
import { type EmbeddedCluster, readProcesses, registerProcess } from '../cluster/index.ts';
import { type Cluster, reconcile } from '../kubernetes/index.ts';
import { type Deps, stopDaemon, waitForDaemons } from '../runtime/index.ts';
import { createServingCertificates } from './certificates/index.ts';
import { buildWebhookConfiguration, deleteWebhookConfiguration } from './configuration.ts';
import type { Installation, Installed } from './installation.ts';
import { buildNamespace } from './objects.ts';
import { findServingFault, processName, readProgramVersion, startWebhookProcess } from './process.ts';
import { ensureProbeAccount, findMissingMutation } from './readiness.ts';

/**
 * Runs the webhook as a process next to the API server of an embedded cluster, which has no nodes. The API server is configured
 * once the webhook listens, so that pods are never rejected in between.
 */
export async function installInEmbedded(
  installation: Installation,
  embedded: EmbeddedCluster,
): Promise<Installed> {
  const { cluster, deps } = installation;
  const version = (await readProgramVersion(embedded.webhookProgram)) ?? 'unknown';
  const where = 'process next to the API server';
  const started = deps.clock.now();
  await reconcile(cluster, buildNamespace());
  await ensureProbeAccount(cluster);
  if ((await findMissingMutation(cluster, installation)) === undefined) {
    deps.log.info('The webhook already runs with this configuration: nothing changed');
    return { version, readySeconds: 0, where, changed: false };
  }
  if (await stopWebhook(embedded, deps)) deps.log.info('Stopped the webhook of an earlier run');
  try {
    await startAndConfigure(installation, embedded);
  } catch (error) {
    await uninstallFromEmbedded(cluster, embedded, deps);
    throw error;
  }
  return { version, readySeconds: deps.clock.now() - started, where, changed: true };
}

async function startAndConfigure(installation: Installation, embedded: EmbeddedCluster): Promise<void> {
  const { cluster, deps } = installation;
  const names = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
  const certificates = await createServingCertificates(names, deps.clock);
  for (const secret of [certificates.caKey, certificates.key]) deps.log.mask(secret);
  const daemon = await startWebhookProcess({
    program: embedded.webhookProgram,
    directory: join(embedded.directory, 'webhook'),
    kubeconfigFile: cluster.kubeconfigFile,
    tenantId: installation.tenantId,
    authority: installation.authority,
    certificates,
  });
  await registerProcess(embedded.directory, daemon.name, daemon.pid);
  const { caCertificate } = certificates;
  const waitFor = (what: string, probe: () => Promise<string | undefined>) =>
    waitForDaemons({ what, daemons: [daemon], budgetSeconds: installation.timeoutSeconds, probe }, deps);
  await waitFor('the webhook process', () => findServingFault(caCertificate));
  await reconcile(cluster, buildWebhookConfiguration('loopback', caCertificate));
  await waitFor('the webhook', () => findMissingMutation(cluster, installation));
}

/** Deletes the webhook's configuration from the API server and stops its process. */
export async function uninstallFromEmbedded(
  cluster: Cluster,
  embedded: EmbeddedCluster,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<void> {
  try {
    await deleteWebhookConfiguration(cluster, deps);
  } finally {
    if (await stopWebhook(embedded, deps)) deps.log.info('Stopped the webhook process');
  }
}

/** Stops the webhook that this or an earlier run started. Returns false if none runs. */
async function stopWebhook(
  { directory }: EmbeddedCluster,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<boolean> {
  const processes = await readProcesses(directory);
  const webhook = processes.find(({ name }) => name === processName);
  return webhook !== undefined && stopDaemon(webhook, deps);
}
