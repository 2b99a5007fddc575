import type { V1MutatingWebhookConfiguration } from '@kubernetes/client-node';
import { type Cluster, type ObjectRef, remove } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import {
  configurationKind,
  configurationName,
  mutatePath,
  serviceName,
  systemLabels,
  systemNamespace,
  useLabel,
  webhookName,
  webhookPort,
} from './contract.ts';

/** Where the API server calls the webhook: a Service in the cluster, or a process on the same machine. */
export type WebhookAddress = 'service' | 'loopback';

/**
 * Returns the object that makes the API server call the webhook for labeled pods. It contains the CA from the start. The published
 * installation leaves it out, and the webhook adds it later.
 */
export function buildWebhookConfiguration(
  address: WebhookAddress,
  caCertificate: string,
): V1MutatingWebhookConfiguration & ObjectRef {
  return {
    ...configurationKind,
    metadata: { name: configurationName, labels: systemLabels },
    webhooks: [
      {
        name: webhookName,
        admissionReviewVersions: ['v1', 'v1beta1'],
        clientConfig: {
          caBundle: Buffer.from(caCertificate).toString('base64'),
          ...(address === 'loopback'
            ? { url: `https://127.0.0.1:${webhookPort}${mutatePath}` }
            : { service: { name: serviceName, namespace: systemNamespace, path: mutatePath, port: 443 } }),
        },
        failurePolicy: 'Fail',
        matchPolicy: 'Equivalent',
        objectSelector: { matchLabels: { [useLabel]: 'true' } },
        reinvocationPolicy: 'IfNeeded',
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        sideEffects: 'None',
      },
    ],
  };
}

/** Deletes the configuration from the API server, which rejects every labeled pod if the webhook does not answer. */
export async function deleteWebhookConfiguration(cluster: Cluster, deps: Pick<Deps, 'log'>): Promise<void> {
  if (await remove(cluster, { ...configurationKind, metadata: { name: configurationName } }))
    deps.log.info('Deleted the webhook configuration: labeled pods are admitted unchanged');
}
