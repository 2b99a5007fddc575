import type { V1Namespace } from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import { type ApplicableObject, type Change, type Cluster, read, reconcile } from '../kubernetes/index.ts';
import { type Deps, poll } from '../runtime/index.ts';
import { prepareCertificates } from './certificates/stored.ts';
import { progress } from './clean-up.ts';
import { buildWebhookConfiguration, deleteWebhookConfiguration } from './configuration.ts';
import { deploymentName, systemNamespace } from './contract.ts';
import {
  describePendingRollout,
  findNotRunningReason,
  readDeployedVersion,
  readPulledImage,
} from './deployed.ts';
import type { Installation, Installed, Method } from './installation.ts';
import { buildNamespace } from './objects.ts';
import { ensureProbeAccount, findMissingMutation, rejectsLabeledPods } from './readiness.ts';
import { waitForKubeProxy } from './service-network.ts';

/**
 * Installs the objects of the webhook, certificates first, and waits until it mutates pods. `version` is reported if the image of
 * the Deployment has no version tag.
 */
export async function installInCluster(
  installation: Installation,
  method: Method,
  version: string,
): Promise<Installed> {
  const { cluster, deps } = installation;
  await waitForNamespaceDeletion(installation);
  await waitForKubeProxy(cluster, installation.timeoutSeconds, deps);
  // Before the first change: key generation takes time on a small machine.
  const certificates = await prepareCertificates(cluster, deps);
  const started = deps.clock.now();
  const changes: Change[] = [];
  const apply = (object: ApplicableObject) => applyAndLog(cluster, object, changes, deps);
  await apply(buildNamespace());
  const [created] = await Promise.all([isUnconfigured(cluster), ensureProbeAccount(cluster)]);
  progress.save({ created, proven: false }, deps);
  try {
    const installed = await method.install({ installation, certificates, apply });
    const changed = installed || changes.some((change) => change !== 'unchanged');
    deps.log.info(
      changed
        ? 'The API server rejects pods with the label azure.workload.identity/use until the webhook is ready'
        : 'The webhook is already installed with this configuration: nothing changed',
    );
    await waitForMutation(installation);
    progress.save({ created, proven: true }, deps);
    return {
      version: (await readDeployedVersion(cluster)) ?? version,
      readySeconds: changed ? deps.clock.now() - started : 0,
      image: await readPulledImage(cluster),
      where: `Deployment ${systemNamespace}/${deploymentName} (${method.name})`,
      changed,
    };
  } catch (error) {
    // A configuration of an earlier installation is deleted only if it does harm: it may still serve pods.
    if (created || (await rejectsLabeledPods(cluster))) await deleteWebhookConfiguration(cluster, deps);
    throw error;
  }
}

const changeLabels = { created: 'Created', changed: 'Updated' } as const;

async function applyAndLog(
  cluster: Cluster,
  object: ApplicableObject,
  changes: Change[],
  deps: Pick<Deps, 'log'>,
): Promise<Change> {
  const { change } = await reconcile(cluster, object);
  changes.push(change);
  if (change !== 'unchanged') deps.log.info(`${changeLabels[change]} ${object.kind} ${object.metadata.name}`);
  return change;
}

// A namespace that an earlier uninstallation deleted takes time to disappear, and accepts no objects until then.
async function waitForNamespaceDeletion({ cluster, deps, timeoutSeconds }: Installation): Promise<void> {
  const policy = {
    what: `the deletion of namespace ${systemNamespace}`,
    budgetSeconds: timeoutSeconds,
    expired: (_: string, seconds: number) =>
      new FederationError('namespace-terminating', {
        namespace: systemNamespace,
        seconds: Math.round(seconds),
      }),
  };
  await poll(policy, deps, async () => {
    const namespace = await read<V1Namespace>(cluster, buildNamespace());
    return namespace?.metadata?.deletionTimestamp === undefined
      ? { ready: undefined }
      : { missing: `it has been terminating since ${namespace.metadata.deletionTimestamp.toISOString()}` };
  });
}

async function isUnconfigured(cluster: Cluster): Promise<boolean> {
  return (await read(cluster, buildWebhookConfiguration('service', ''))) === undefined;
}

async function waitForMutation(installation: Installation): Promise<void> {
  const { cluster, deps, timeoutSeconds } = installation;
  const policy = {
    what: 'the webhook to mutate pods',
    budgetSeconds: timeoutSeconds,
    maximumDelaySeconds: 0.25,
    expired: (problem: string, seconds: number) =>
      new FederationError('webhook-not-ready', { problem, seconds: Math.round(seconds) }),
  };
  await poll(policy, deps, async () => {
    // While pods with the previous configuration run, they may be the ones that answer.
    const missing =
      (await findMissingMutation(cluster, installation)) ?? (await describePendingRollout(cluster));
    if (missing === undefined) return { ready: undefined };
    const reason = await findNotRunningReason(cluster);
    return { missing: reason === '' ? missing : `${reason}\n${missing}` };
  });
}
