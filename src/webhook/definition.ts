import { azureInputs } from '../azure/definition.ts';
import { clusterInputs } from '../kubernetes/definition.ts';
import { choice, defineAction, duration, flag, input, integer, text } from '../runtime/index.ts';

/** The version that is installed unless another is asked for, and the one that this project is tested with. */
export const defaultWebhookVersion = 'v1.6.0';

export const definition = defineAction({
  name: 'install-webhook',
  title: 'Install the Azure workload identity webhook',
  description:
    'Installs the webhook that gives labelled pods an Entra token, with its certificates in place before it starts, and proves by admission that it works.',
  branding: { icon: 'anchor', color: 'blue' },
  inputs: {
    'tenant-id': text({
      description: 'Tenant of the workload identities. A service account can name another by annotation.',
      required: true,
    }),
    ...clusterInputs,
    'azure-environment': azureInputs['azure-environment'],
    'webhook-version': input(
      {
        description:
          'Version of azure-workload-identity, as its tag. On an embedded cluster the program that start-minikube brought decides.',
        default: defaultWebhookVersion,
      },
      (value) => {
        const match = /^v?(\d+\.\d+\.\d+\S*)$/.exec(value);
        if (!match) throw new Error(`write a version such as ${defaultWebhookVersion}`);
        return `v${match[1]}`;
      },
    ),
    image: text({
      description:
        "Image of the webhook, such as a mirror's or one by digest. Default: the published one of webhook-version, by its tag; the job summary says its digest.",
    }),
    method: choice({
      description:
        'How it is installed: `manifest` by server-side apply, `helm` with the helm on PATH. An embedded cluster runs it as a process.',
      default: 'manifest',
      options: ['manifest', 'helm'],
    }),
    chart: text({
      description:
        'Chart for `method: helm`: a folder, a .tgz file or its URL, or an oci:// reference. Default: the published chart of webhook-version.',
    }),
    values: text({
      description: 'YAML of values for the chart. They win over those that this action sets.',
    }),
    replicas: integer({
      description: 'Webhook pods. One is enough on a single node, and ready sooner.',
      default: '1',
      minimum: 1,
      maximum: 10,
    }),
    'restart-stale-pods': flag({
      description:
        'Evicts labelled pods that lack what the webhook injects, so that their owners make them anew with it.',
      default: 'false',
    }),
    timeout: duration({
      description: 'How long the webhook may take until it mutates pods.',
      default: '3m',
    }),
    'on-exit': choice({
      description:
        'What the post step does with a webhook that this step installed: `keep` or `remove`. On an embedded cluster its process always ends.',
      default: 'keep',
      options: ['keep', 'remove'],
    }),
  },
  outputs: {
    'webhook-version': { description: 'Version of the webhook that runs.' },
    'ready-seconds': {
      description:
        'Seconds from the first change in the cluster until a labelled pod came back mutated, by dry run.',
    },
    'stale-pods': {
      description:
        'JSON list of `{namespace, name, owner}`: labelled pods that were created before the webhook and still lack what it injects.',
    },
  },
});
