import type { V1Secret } from '@kubernetes/client-node';
import {
  type ApplicableObject,
  type Change,
  type Cluster,
  read,
  reconcile,
  remove,
} from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { FederationError } from '../runtime/index.ts';
import { faultOf } from './certificate-state.ts';
import { makeServingCertificates, type ServingCertificates } from './certificates.ts';
import { webhookConfiguration, withdrawConfiguration } from './configuration.ts';
import { certificateSecretName, deploymentName, serviceName, systemNamespace } from './contract.ts';
import type { Installation, Installed } from './install.ts';
import { accessRules, deployment, namespaceObject, prerequisites } from './objects.ts';
import { whyNotRunning } from './pod-state.ts';
import { ensureProbeAccount, whatIsMissing } from './readiness.ts';

export interface InClusterOptions {
  readonly image: string;
  readonly replicas: number;
}

/** Installs the webhook's objects by server-side apply, certificates first, and waits until admission shows that it mutates. */
export async function installInCluster(
  installation: Installation,
  options: InClusterOptions,
): Promise<Omit<Installed, 'version'>> {
  const { cluster, deps } = installation;
  const started = deps.clock.now();
  const changes: Change[] = [];
  const put = async (object: ApplicableObject) => {
    const { change } = await reconcile(cluster, object);
    changes.push(change);
    if (change !== 'unchanged') deps.log.info(`${change} ${object.kind} ${object.metadata.name}`);
    return change;
  };
  await put(namespaceObject());
  const certificates = await certificatesFor(cluster, deps);
  const wanted = { ...installation, ...options, certificates };
  await Promise.all(prerequisites(wanted).map(put));
  await ensureProbeAccount(cluster);
  await put(deployment(wanted));
  const announced = await put(webhookConfiguration('service', certificates.caCertificate));
  const changed = changes.some((change) => change !== 'unchanged');
  if (changed) {
    deps.log.info(
      'until the webhook answers, the API server refuses pods with the label azure.workload.identity/use',
    );
  }
  try {
    await untilMutating(installation);
  } catch (error) {
    if (announced === 'created') await withdrawConfiguration(cluster, deps);
    throw error;
  }
  if (!changed) deps.log.info('the webhook is installed and injects what it should: nothing changed');
  return {
    readySeconds: changed ? deps.clock.now() - started : 0,
    where: `Deployment ${systemNamespace}/${deploymentName}`,
    changed,
  };
}

// Those in the Secret stay as long as the webhook's own rotation would keep them: it may have made them itself.
async function certificatesFor(cluster: Cluster, deps: Deps): Promise<ServingCertificates> {
  const dnsName = `${serviceName}.${systemNamespace}.svc`;
  const present = await readCertificates(cluster, deps);
  if (present) {
    const fault = faultOf(present, dnsName, deps.clock);
    if (fault === undefined) return present;
    deps.log.info(`replacing the webhook's certificates: ${fault}`);
  }
  const made = await makeServingCertificates({ dnsNames: [dnsName] }, deps.clock);
  for (const secret of [made.caKey, made.key]) deps.log.mask(secret);
  return made;
}

async function readCertificates(cluster: Cluster, deps: Deps): Promise<ServingCertificates | undefined> {
  const secret = await read<V1Secret>(cluster, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: certificateSecretName, namespace: systemNamespace },
  });
  const text = (key: string) => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
  const present = {
    caCertificate: text('ca.crt'),
    caKey: text('ca.key'),
    certificate: text('tls.crt'),
    key: text('tls.key'),
  };
  for (const key of [present.caKey, present.key]) if (key !== '') deps.log.mask(key);
  return Object.values(present).includes('') ? undefined : present;
}

async function untilMutating(installation: Installation): Promise<void> {
  const { cluster, deps, timeoutSeconds } = installation;
  const started = deps.clock.now();
  let nextReport = started + 5;
  for (;;) {
    const missing = await whatIsMissing(cluster, installation);
    if (missing === undefined) return;
    const now = deps.clock.now();
    if (now - started >= timeoutSeconds) {
      const why = await whyNotRunning(cluster);
      throw new FederationError(
        `failed to prove that the webhook mutates pods: after ${Math.round(now - started)} s ${missing}${why === '' ? '' : `\n${why}`}`,
        {
          code: 'webhook-not-ready',
          fault: 'service',
          hint: `See: kubectl --namespace ${systemNamespace} describe pods; kubectl --namespace ${systemNamespace} logs deployment/${deploymentName}`,
        },
      );
    }
    if (now >= nextReport) {
      nextReport = now + 5;
      const why = await whyNotRunning(cluster);
      deps.log.info(
        `waiting for the webhook (${Math.round(now - started)} of ${timeoutSeconds} s): ${why || missing}`,
      );
    }
    await deps.clock.sleep(0.25);
  }
}

/** Takes everything away again that an installation made, the configuration first. */
export async function uninstallFromCluster(cluster: Cluster, deps: Pick<Deps, 'log'>): Promise<void> {
  await withdrawConfiguration(cluster, deps);
  const remaining = accessRules().filter(({ metadata }) => metadata.namespace === undefined);
  for (const { apiVersion, kind, metadata } of [...remaining, namespaceObject()]) {
    if (await remove(cluster, { apiVersion, kind, metadata: { name: metadata.name } }))
      deps.log.info(`removed ${kind} ${metadata.name}`);
  }
}
