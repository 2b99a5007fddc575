import { azureInputs } from '../azure/definition.ts';
import { definition as startMinikube } from '../cluster/definition.ts';
import { definition as federateApp } from '../identity/definition.ts';
import { definition as publishIssuer } from '../issuer/definition.ts';
import { definition as generateKeys } from '../keys/definition.ts';
import { choice, defineAction, optional } from '../runtime/index.ts';
import { definition as verifyPod } from '../verify/definition.ts';
import { definition as installWebhook } from '../webhook/definition.ts';
import { describeAgain, forLink, fromLink, pick, shared } from './tables.ts';

/**
 * The umbrella. Every input names the links that receive it. An input of one link keeps that link's description, unless another
 * step is what it refers to. An input of several links has one description that fits all of them.
 *
 * `plan` and `bicep-directory` of federate-app are not inputs: a plan compares the identity with an issuer and a cluster, which the
 * umbrella would have to create first. To plan without changes, run federate-app itself.
 */
export const definition = defineAction({
  name: 'federate',
  title: 'Kubernetes as an identity provider for Entra ID',
  description:
    'Makes a Kubernetes cluster an external identity provider for Microsoft Entra ID and verifies it with a pod that reads a Key Vault secret.',
  branding: { icon: 'shield', color: 'blue' },
  inputs: {
    ...shared('Azure', ['issuer', 'identity', 'pod'], {
      ...pick(azureInputs, 'azure-client-id', 'azure-tenant-id', 'azure-subscription-id'),
    }),
    ...shared('Azure', ['issuer', 'identity', 'webhook', 'pod'], pick(azureInputs, 'azure-environment')),
    ...shared('Azure', ['issuer', 'identity'], {
      'resource-group': describeAgain(
        publishIssuer.inputs['resource-group'],
        'Resource group of the storage account, of a managed identity, and of a key vault given by name. If set, the storage account and its container are checked or created through Azure Resource Manager. Otherwise, they must exist.',
      ),
      location: describeAgain(
        publishIssuer.inputs.location,
        'Region of a new storage account or managed identity. Defaults to the region of the resource group.',
      ),
    }),
    ...forLink(
      'keys',
      pick(
        generateKeys.inputs,
        'private-key',
        'private-key-passphrase',
        'modulus-length',
        'output-directory',
      ),
    ),
    ...forLink('issuer', {
      ...pick(
        publishIssuer.inputs,
        'storage-account',
        'storage',
        'container',
        'path',
        'create-storage-account',
        'storage-account-key',
        'storage-connection-string',
        'issuer-url',
        'staged-public-key-file',
        'retire-key-ids',
        'prune-after',
        'propagation-timeout',
      ),
      'public-key-file': describeAgain(
        publishIssuer.inputs['public-key-file'],
        'PEM files of additional public keys to publish, one per line. The key of the cluster is always published.',
      ),
    }),
    ...forLink(
      'cluster',
      pick(
        startMinikube.inputs,
        'cluster-provider',
        'kubernetes-version',
        'cluster-name',
        'arguments',
        'tool-version',
        'driver',
        'container-runtime',
        'cpus',
        'memory',
        'addons',
        'kind-config',
        'node-image',
        'programs-directory',
        'kubeconfig',
        'context',
        'cache',
        'replace',
      ),
    ),
    ...shared('Identity', ['identity', 'pod'], {
      'service-accounts': describeAgain(
        federateApp.inputs['service-accounts'],
        'Service accounts that may use the identity, as `namespace/name`, one per line. Required unless `service-account` is set. The test pod uses the first one by default.',
      ),
    }),
    ...forLink('identity', {
      ...pick(
        federateApp.inputs,
        'name',
        'client-id',
        'identity',
        'role-assignments',
        'annotate',
        'token-expiration',
        'audience',
        'display-name',
        'identifier-uris',
        'deleted-application',
        'owner',
        'prune-credentials',
        'sweep-older-than',
      ),
      'key-vault': describeAgain(
        federateApp.inputs['key-vault'],
        'Key vault whose secrets the identity may read, as name, URL or resource ID. The identity gets the role Key Vault Secrets User. Defaults to `key-vault-url`.',
      ),
    }),
    ...shared('Webhook', ['webhook', 'pod'], {
      'tenant-id': describeAgain(
        optional(installWebhook.inputs['tenant-id']),
        'Tenant ID of the workload identities. Defaults to the tenant of the identity.',
      ),
    }),
    ...forLink(
      'webhook',
      pick(
        installWebhook.inputs,
        'webhook-version',
        'image',
        'method',
        'chart',
        'values',
        'replicas',
        'restart-stale-pods',
      ),
    ),
    ...shared('Pod', ['identity', 'pod'], {
      'key-vault-url': describeAgain(
        verifyPod.inputs['key-vault-url'],
        'URL of the key vault that the test pod reads, for example, `https://name.vault.azure.net`. The identity gets access to it unless `key-vault` is set. If not set, no secret is read.',
      ),
    }),
    ...forLink('pod', {
      ...pick(
        verifyPod.inputs,
        'secret-name',
        'pod-image',
        'pod-command',
        'pod-probe',
        'pod-success',
        'pod-log-pattern',
        'pod-labels',
        'checks',
        'continue-on-broken',
      ),
      'service-account': describeAgain(
        optional(verifyPod.inputs['service-account']),
        'Service account of the test pod, as `namespace/name`. Defaults to the first of `service-accounts`.',
      ),
    }),
    ...shared('Run', ['webhook', 'pod'], {
      timeout: describeAgain(
        verifyPod.inputs.timeout,
        'Maximum time to wait for each of these: the webhook to become ready, Azure changes to propagate, and the pod to finish.',
      ),
    }),
    ...shared('Run', ['keys', 'cluster'], {
      keep: describeAgain(
        startMinikube.inputs.keep,
        'Whether to keep the cluster and the private key when the job ends, so that a later job on the same runner can use them. If `false`, the post step deletes both.',
      ),
    }),
    ...shared('Run', ['issuer', 'identity', 'webhook'], {
      'on-exit': choice({
        description:
          'What the post step does with what this run created outside of the runner: `keep` it, or `remove` the key from the issuer, the identity with its credentials and role assignments, and the webhook. `keep: true` is for the cluster and the private key.',
        options: ['keep', 'remove'],
        default: 'keep',
      }),
    }),
  },
  outputs: {
    ...fromLink(
      'keys',
      pick(generateKeys.outputs, 'private-key-file', 'public-key-file', 'key-id', 'jwks-file'),
    ),
    ...fromLink('issuer', {
      ...pick(publishIssuer.outputs, 'issuer-url', 'discovery-url', 'jwks-url', 'key-ids'),
      changed: { description: 'Whether this run changed the published documents: `true` or `false`.' },
    }),
    ...fromLink(
      'cluster',
      pick(
        startMinikube.outputs,
        'kubeconfig',
        'context',
        'kubernetes-version',
        'cluster-provider',
        'logs-directory',
      ),
    ),
    ...fromLink('identity', {
      ...pick(
        federateApp.outputs,
        'client-id',
        'tenant-id',
        'object-id',
        'principal-id',
        'federated-credentials',
      ),
      changes: {
        description:
          'Changes of the identity, as JSON: `[{kind, name, action, differences, note}]`. Actions are `create`, `update`, `delete`, `adopt` and `unchanged`.',
      },
    }),
    ...fromLink('webhook', installWebhook.outputs),
    ...fromLink('pod', verifyPod.outputs),
  },
});
