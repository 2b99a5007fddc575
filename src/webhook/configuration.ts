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

/** Where the API server calls the webhook: the Service in the cluster, or a process beside the API server. */
export type WebhookAddress = 'service' | 'loopback';

/**
 * Tells the API server to send labelled pods to the webhook. The CA stands in it from the start: the installation as published
 * leaves it out and waits for the webhook to add it.
 */
export function webhookConfiguration(
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

/** Takes the configuration out of the API server: without a webhook behind it, it would refuse every labelled pod of the cluster. */
export async function withdrawConfiguration(cluster: Cluster, deps: Pick<Deps, 'log'>): Promise<void> {
  if (await remove(cluster, { ...configurationKind, metadata: { name: configurationName } }))
    deps.log.info('removed the webhook configuration: labelled pods are admitted as they are');
}
