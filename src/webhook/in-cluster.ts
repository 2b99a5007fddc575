import type { V1Namespace } from '@kubernetes/client-node';
import { FederationError } from '../errors/index.ts';
import {
  type ApplicableObject,
  type Change,
  type Cluster,
  read,
  reconcile,
  remove,
} from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { certificatesFor } from './certificates/stored.ts';
import { webhookConfiguration, withdrawConfiguration } from './configuration.ts';
import { deploymentName, systemNamespace } from './contract.ts';
import type { Installation, Installed } from './install.ts';
import type { Method } from './method.ts';
import { accessRules, namespaceObject } from './objects.ts';
import { describePendingRollout, findNotRunningReason, pulledImage } from './pod-state.ts';
import { ensureProbeAccount, findMissingMutation, refusesLabelledPods } from './readiness.ts';
import { waitForKubeProxy } from './service-network.ts';

/** What an installation leaves for the post step. */
export const installationStates = {
  /** The API server knew nothing of the webhook before this run. */
  created: 'created',
  /** It was shown to mutate. */
  proven: 'proven',
} as const;

/** Installs the webhook's objects, certificates first, and waits until admission shows that it mutates. */
export async function installInCluster(
  installation: Installation,
  method: Method,
): Promise<Omit<Installed, 'version'>> {
  const { cluster, deps } = installation;
  await untilNamespaceMayBeMade(installation);
  await waitForKubeProxy(cluster, installation.timeoutSeconds, deps);
  // Made before the first change: keys take their time on a small machine.
  const certificates = await certificatesFor(cluster, deps);
  const started = deps.clock.now();
  const changes: Change[] = [];
  const put = async (object: ApplicableObject) => {
    const { change } = await reconcile(cluster, object);
    changes.push(change);
    if (change !== 'unchanged') deps.log.info(`${change} ${object.kind} ${object.metadata.name}`);
    return change;
  };
  await put(namespaceObject());
  const [announced] = await Promise.all([isAnnounced(cluster), ensureProbeAccount(cluster)]);
  if (!announced) deps.state.save(installationStates.created, 'true');
  try {
    const placed = await method.place({ installation, certificates, put });
    const changed = placed || changes.some((change) => change !== 'unchanged');
    deps.log.info(
      changed
        ? 'until the webhook answers, the API server refuses pods with the label azure.workload.identity/use'
        : 'everything is in place: nothing changed',
    );
    await untilMutating(installation);
    deps.state.save(installationStates.proven, 'true');
    const readySeconds = changed ? deps.clock.now() - started : 0;
    return {
      readySeconds,
      image: await pulledImage(cluster),
      where: `Deployment ${systemNamespace}/${deploymentName}, by ${method.name}`,
      changed,
    };
  } catch (error) {
    // One that was there before goes only where it does harm: it may still serve pods as it did.
    if (!announced || (await refusesLabelledPods(cluster))) await withdrawConfiguration(cluster, deps);
    throw error;
  }
}

// A namespace that an earlier uninstallation removed takes its time, and takes nothing in meanwhile.
async function untilNamespaceMayBeMade({ cluster, deps, timeoutSeconds }: Installation): Promise<void> {
  const deadline = deps.clock.now() + timeoutSeconds;
  for (let told = false; ; told = true) {
    const present = await read<V1Namespace>(cluster, namespaceObject());
    if (present?.metadata?.deletionTimestamp === undefined) return;
    if (!told)
      deps.log.info(`waiting until the namespace ${systemNamespace}, which is being removed, is gone`);
    if (deps.clock.now() >= deadline) {
      throw new FederationError(
        `failed to make the namespace ${systemNamespace}: it has been going for ${timeoutSeconds} s`,
        {
          code: 'namespace-terminating',
          hint: `See what holds it: kubectl get namespace ${systemNamespace} --output yaml`,
        },
      );
    }
    await deps.clock.sleep(0.25);
  }
}

async function isAnnounced(cluster: Cluster): Promise<boolean> {
  return (await read(cluster, webhookConfiguration('service', ''))) !== undefined;
}

async function untilMutating(installation: Installation): Promise<void> {
  const { cluster, deps, timeoutSeconds } = installation;
  const started = deps.clock.now();
  let nextReport = started + 5;
  for (;;) {
    // While pods of an earlier configuration still run, it may be they that answer.
    const missing =
      (await findMissingMutation(cluster, installation)) ?? (await describePendingRollout(cluster));
    if (missing === undefined) return;
    const now = deps.clock.now();
    if (now - started >= timeoutSeconds) throw await notReady(cluster, now - started, missing);
    if (now >= nextReport) {
      nextReport = now + 5;
      const why = await findNotRunningReason(cluster);
      deps.log.info(
        `waiting for the webhook (${Math.round(now - started)} of ${timeoutSeconds} s): ${why || missing}`,
      );
    }
    await deps.clock.sleep(0.25);
  }
}

async function notReady(cluster: Cluster, seconds: number, missing: string): Promise<FederationError> {
  const why = await findNotRunningReason(cluster);
  return new FederationError(
    `failed to prove that the webhook mutates pods: after ${Math.round(seconds)} s ${missing}${why === '' ? '' : `\n${why}`}`,
    {
      code: 'webhook-not-ready',
      fault: 'service',
      hint: `See: kubectl --namespace ${systemNamespace} describe pods; kubectl --namespace ${systemNamespace} logs deployment/${deploymentName}`,
    },
  );
}

/** Takes everything away again that an installation made, the configuration first. */
export async function uninstallFromCluster(
  cluster: Cluster,
  method: Method,
  deps: Pick<Deps, 'log'>,
): Promise<void> {
  await withdrawConfiguration(cluster, deps);
  await method.remove();
  const remaining = accessRules().filter(({ metadata }) => metadata.namespace === undefined);
  for (const { apiVersion, kind, metadata } of [...remaining, namespaceObject()]) {
    if (await remove(cluster, { apiVersion, kind, metadata: { name: metadata.name } }))
      deps.log.info(`removed ${kind} ${metadata.name}`);
  }
}

/** What the post step does in a cluster with nodes. */
export async function cleanUpInCluster(
  cluster: Cluster,
  method: Method,
  onExit: 'keep' | 'remove',
  deps: Pick<Deps, 'log' | 'state'>,
): Promise<void> {
  const is = (name: keyof typeof installationStates) => deps.state.read(installationStates[name]) === 'true';
  if (onExit === 'remove' && is('created')) return uninstallFromCluster(cluster, method, deps);
  if (onExit === 'remove') deps.log.info('the webhook was there before this job, and stays');
  // A run that was ended in the middle must not leave the API server calling nobody.
  if (is('created') && !is('proven') && (await refusesLabelledPods(cluster)))
    await withdrawConfiguration(cluster, deps);
}
