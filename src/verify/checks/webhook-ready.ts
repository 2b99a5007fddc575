import type { V1MutatingWebhook, V1MutatingWebhookConfiguration } from '@kubernetes/client-node';
import { read } from '../../kubernetes/index.ts';
import { configurationKind, configurationName, findInjectedToken, useLabel } from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import { dryRunPodName, workloadPod } from '../manifest/pod.ts';
import { refusedAdmission } from '../refusals/admission.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';

/** The API server knows the webhook, reaches it, and gets labelled pods back with a token in them. */
export const webhookReady: Check = {
  id: 'webhook-ready',
  title: 'Webhook',
  reliesOn: [],
  lookedAt: () => `MutatingWebhookConfiguration ${configurationName}, and a labelled pod by dry run`,
  run: async (context) => {
    const { cluster, facts, inputs } = context;
    const configuration = await read<V1MutatingWebhookConfiguration>(cluster, {
      ...configurationKind,
      metadata: { name: configurationName },
    });
    const [webhook] = configuration?.webhooks ?? [];
    if (webhook === undefined) {
      throw new CheckFailedError({
        code: 'webhook-not-installed',
        cause: 'the API server knows of no azure-workload-identity webhook: pods are admitted as they are',
        change: 'Run install-webhook before verify-pod, and create pods that were there before anew.',
      });
    }
    if ((await facts.serviceAccount()) === undefined)
      return { skipped: 'the service account of the pod does not exist' };
    const podLabels = { ...inputs.podLabels, [useLabel]: 'true' };
    const labelled = await workloadPod({ ...context, inputs: { ...inputs, podLabels } }, dryRunPodName);
    const pod = await cluster.objects.create(labelled, undefined, 'All').catch((error: unknown) => {
      throw refusedAdmission(error, inputs.serviceAccount);
    });
    const token = findInjectedToken(pod);
    if (token === undefined) throw passedOver(webhook, inputs.serviceAccount.namespace);
    const { url, service } = webhook.clientConfig;
    return {
      found: 'reached by the API server, and mutates labelled pods',
      evidence: [['address', url ?? `service ${service?.namespace}/${service?.name}`]],
    };
  },
};

// A labelled pod that came back as it was sent.
function passedOver(webhook: V1MutatingWebhook, namespace: string): CheckFailedError {
  const { failurePolicy, objectSelector, namespaceSelector } = webhook;
  if (failurePolicy === 'Ignore') {
    return new CheckFailedError({
      code: 'webhook-failure-ignored',
      cause:
        'the API server gets no answer of the webhook, or passes it over, and lets pods pass all the same: failurePolicy is Ignore',
      change: `Run install-webhook again: it starts the webhook and sets failurePolicy of ${configurationName} to Fail, so that no pod starts without its token unnoticed.`,
    });
  }
  return new CheckFailedError({
    code: 'webhook-passed-over',
    cause: `the API server does not call the webhook for labelled pods of the namespace ${namespace}`,
    change: `Run install-webhook again: rules, objectSelector or namespaceSelector of ${configurationName} leave these pods out.`,
    answer: `objectSelector ${JSON.stringify(objectSelector)}, namespaceSelector ${JSON.stringify(namespaceSelector)}`,
  });
}
