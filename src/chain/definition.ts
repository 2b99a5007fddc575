import { definition as startMinikube } from '../cluster/definition.ts';
import { definition as federateApp } from '../identity/definition.ts';
import { definition as publishIssuer } from '../issuer/definition.ts';
import { definition as generateKeys } from '../keys/definition.ts';
import { choice, defineAction, duration, lines, optional, text } from '../runtime/index.ts';
import { definition as verifyPod } from '../verify/definition.ts';
import { definition as installWebhook } from '../webhook/definition.ts';

// What one link gives the next is never an input here.
const { 'private-key-file': _key, 'jwks-url': _jwks, ...clusterInputs } = startMinikube.inputs;
const { 'private-key-file': _checkedKey, ...podInputs } = verifyPod.inputs;

/** The umbrella: inputs and outputs of the six actions together; what one link gives, the next takes. */
export const definition = defineAction({
  name: 'federate',
  title: 'Kubernetes as an identity provider for Entra ID',
  description:
    'Makes a Kubernetes cluster on the runner an external identity provider for Microsoft Entra ID, and proves it with a pod that reads a Key Vault secret.',
  branding: { icon: 'shield', color: 'blue' },
  inputs: {
    ...podInputs,
    ...installWebhook.inputs,
    ...federateApp.inputs,
    ...clusterInputs,
    ...publishIssuer.inputs,
    ...generateKeys.inputs,
    'public-key-file': lines({
      description:
        "PEM files of further public keys to publish, one a line. The cluster's own is always published.",
    }),
    'service-account': optional({
      ...verifyPod.inputs['service-account'],
      description:
        'Service account of the pod that proves the chain. Default: the first of service-accounts.',
    }),
    'tenant-id': optional({
      ...installWebhook.inputs['tenant-id'],
      description: 'Tenant of the workload identities. Default: the one that the identity is in.',
    }),
    'key-vault': text({
      description:
        'Key vault whose secrets the identity may read: its name, its URL or its resource id. Default: the one of key-vault-url.',
    }),
    timeout: duration({
      description:
        'How long the webhook may take until it mutates pods, answers that only mean "not yet" are waited for, and the pod may take, each.',
      default: '3m',
    }),
    'on-exit': choice({
      description:
        'What the post step does: `keep` everything but the cluster and the private key, or `remove` what this run made: its key is retired from the issuer, the webhook uninstalled.',
      options: ['keep', 'remove'],
      default: 'keep',
    }),
  },
  outputs: {
    ...generateKeys.outputs,
    ...publishIssuer.outputs,
    ...startMinikube.outputs,
    ...federateApp.outputs,
    ...installWebhook.outputs,
    ...verifyPod.outputs,
  },
});
