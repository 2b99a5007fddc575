import { azureInputs } from '../azure/definition.ts';
import { clusterInputs } from '../kubernetes/definition.ts';
import { choice, defineAction, duration, flag, input, integer, text } from '../runtime/index.ts';

/** The version that is installed by default. This project is tested with it. */
export const defaultWebhookVersion = 'v1.6.0';

export const definition = defineAction({
  name: 'install-webhook',
  title: 'Install the Azure workload identity webhook',
  description:
    'Installs the webhook that gives labeled pods an Entra token, with its certificates ready before it starts, and verifies that it mutates pods.',
  branding: { icon: 'anchor', color: 'blue' },
  inputs: {
    'tenant-id': text({
      description:
        'Tenant ID of the workload identities. The annotation `azure.workload.identity/tenant-id` of a service account overrides it.',
      required: true,
    }),
    ...clusterInputs,
    'azure-environment': azureInputs['azure-environment'],
    'webhook-version': input(
      {
        description:
          'Version of azure-workload-identity to install. Not used with an embedded cluster, which runs the program that start-minikube provides.',
        default: defaultWebhookVersion,
      },
      (value) => {
        const match = /^v?(\d+\.\d+\.\d+\S*)$/.exec(value);
        if (!match) throw new Error(`expected a version, for example, ${defaultWebhookVersion}`);
        return `v${match[1]}`;
      },
    ),
    image: text({
      description:
        'Image of the webhook, for example, one from a private registry or pinned by digest. Defaults to the published image of `webhook-version`. The job summary shows its digest.',
    }),
    method: choice({
      description:
        'How to install the webhook: `manifest` applies the objects, `helm` uses the Helm on the PATH. Not used with an embedded cluster, which runs the webhook as a process.',
      default: 'manifest',
      options: ['manifest', 'helm'],
    }),
    chart: text({
      description:
        'Chart for `method: helm`: a folder, a .tgz file, the URL of one, or an oci:// reference. Defaults to the published chart of `webhook-version`.',
    }),
    values: text({
      description: 'Values for the chart, as YAML. They override the values that this action sets.',
    }),
    replicas: integer({
      description: 'Number of webhook pods. On a single node, one pod is enough and becomes ready sooner.',
      default: '1',
      minimum: 1,
      maximum: 10,
    }),
    'restart-stale-pods': flag({
      description:
        'Whether to evict labeled pods created before the webhook was installed, so that their controllers recreate them with the injected token.',
      default: 'false',
    }),
    timeout: duration({
      description: 'Maximum time to wait for the webhook to mutate pods.',
      default: '3m',
    }),
    'on-exit': choice({
      description:
        'What the post step does with a webhook that this step installed: `keep` or `remove`. The webhook of an embedded cluster is always stopped.',
      default: 'keep',
      options: ['keep', 'remove'],
    }),
  },
  outputs: {
    'webhook-version': { description: 'Version of the running webhook.' },
    'ready-seconds': {
      description:
        'Seconds from the first change in the cluster until the webhook mutated a labeled pod in a dry run.',
    },
    'stale-pods': {
      description:
        'JSON list of `{namespace, name, owner}`: labeled pods that were created before the webhook and lack the injected token.',
    },
  },
});
