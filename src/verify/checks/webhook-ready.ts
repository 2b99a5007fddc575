import type { V1MutatingWebhook, V1MutatingWebhookConfiguration } from '@kubernetes/client-node';
import { read } from '../../kubernetes/index.ts';
import { configurationKind, configurationName, findInjectedToken, useLabel } from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import { admitDryRun } from '../manifest/pod.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';

/** The API server knows the webhook, reaches it, and gets labeled pods back with a token in them. */
export const webhookReady: Check = {
  id: 'webhook-ready',
  title: 'Webhook',
  reliesOn: [],
  lookedAt: () => `MutatingWebhookConfiguration ${configurationName}, and a labeled pod by dry run`,
  run: async ({ cluster, environment, facts, inputs }) => {
    const configuration = await read<V1MutatingWebhookConfiguration>(cluster, {
      ...configurationKind,
      metadata: { name: configurationName },
    });
    const [webhook] = configuration?.webhooks ?? [];
    if (webhook === undefined) throw new CheckFailedError('webhook-not-installed', {});
    if ((await facts.serviceAccount()) === undefined)
      return { skipped: 'the service account of the pod does not exist' };
    const podLabels = { ...inputs.podLabels, [useLabel]: 'true' };
    const pod = await admitDryRun({ cluster, environment, inputs: { ...inputs, podLabels } });
    if (findInjectedToken(pod) === undefined) throw diagnoseBypass(webhook, inputs.serviceAccount.namespace);
    const { url, service } = webhook.clientConfig;
    return {
      found: 'reached by the API server, and mutates labeled pods',
      evidence: [['address', url ?? `service ${service?.namespace}/${service?.name}`]],
    };
  },
};

// A labeled pod came back as it was sent.
function diagnoseBypass(webhook: V1MutatingWebhook, namespace: string): CheckFailedError {
  const { failurePolicy, objectSelector, namespaceSelector } = webhook;
  if (failurePolicy === 'Ignore') return new CheckFailedError('webhook-failure-ignored', {});
  return new CheckFailedError(
    'webhook-passed-over',
    { namespace },
    {
      answer: `objectSelector ${JSON.stringify(objectSelector)}, namespaceSelector ${JSON.stringify(namespaceSelector)}`,
    },
  );
}
