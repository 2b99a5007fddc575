import { parseIssuerUrl } from '../issuer/definition.ts';
import { choice, defineAction, flag, input, lines, text } from '../runtime/index.ts';

/** What start-minikube declares. */
export const definition = defineAction({
  name: 'start-minikube',
  title: 'Start a Kubernetes cluster with your signing key',
  description:
    'Starts a cluster once, with your service account key and issuer (minikube, kind or an API server without containers), or checks an existing one, and proves what it signs.',
  branding: { icon: 'box', color: 'blue' },
  inputs: {
    'cluster-provider': choice({
      description:
        '`minikube`, `kind`, `embedded` (a real kube-apiserver and etcd as processes, no container) or `existing` (nothing is started, the cluster of `kubeconfig` is checked).',
      options: ['minikube', 'kind', 'embedded', 'existing'],
      default: 'minikube',
    }),
    'issuer-url': input(
      {
        description:
          'Issuer that the cluster writes into its tokens, byte for byte as it was published: the output issuer-url of publish-issuer.',
        required: true,
      },
      parseIssuerUrl,
    ),
    'jwks-url': input(
      {
        description:
          "URL of the published JWKS, for the cluster's own discovery document. Default: `openid/v1/jwks` below the issuer.",
      },
      parseHttps,
    ),
    'private-key-file': text({
      description:
        'PEM file of the private key that signs: the output private-key-file of generate-keys. Not read for an existing cluster.',
    }),
    'public-key-file': text({
      description: 'PEM file of its public key: the output public-key-file of generate-keys.',
      required: true,
    }),
    'kubernetes-version': input(
      {
        description:
          'Version such as v1.34.4. Default: the one that the tool brings; for an existing cluster, whatever it is.',
      },
      parseVersion,
    ),
    'cluster-name': input(
      {
        description:
          'Name of the cluster: profile of minikube, cluster of kind. Give each its own where a job has several.',
        default: 'entra-federation',
      },
      parseName,
    ),
    arguments: lines({
      description:
        'More arguments, one a line: of `minikube start`, `kind create cluster`, or kube-apiserver with embedded.',
    }),
    'tool-version': input(
      {
        description:
          'Version of minikube or kind, such as v1.38.1. Default: the one on PATH, else the one that this action pins.',
      },
      parseVersion,
    ),
    driver: input(
      {
        description:
          'With minikube: what runs the node, such as `docker`, `podman`, `kvm2` or `none`. Default: the best that minikube finds.',
      },
      parseWord,
    ),
    'container-runtime': input(
      {
        description: "With minikube: `docker`, `containerd` or `cri-o` in the node. Default: minikube's own.",
      },
      parseWord,
    ),
    cpus: input(
      {
        description: "With minikube: CPUs of the node, a number or `max`. Default: minikube's own.",
      },
      parseCpus,
    ),
    memory: input(
      {
        description:
          "With minikube: memory of the node, such as `4g`, `4096mb` or `max`. Default: minikube's own.",
      },
      parseMemory,
    ),
    addons: lines(
      { description: 'With minikube: addons to enable, one a line, such as `ingress` or `metrics-server`.' },
      parseAddon,
    ),
    'kind-config': text({
      description:
        "With kind: a kind configuration of your own (nodes, networking, port mappings, patches). The key and the issuer are added to it; where it sets the issuer too, this action's wins.",
    }),
    'node-image': text({
      description:
        'With kind: node image, best with its digest. Default: the pinned one of kubernetes-version, else the one of the kind release.',
    }),
    'programs-directory': text({
      description:
        'With embedded: folder that holds kube-apiserver, etcd and azure-wi-webhook. Default: KUBEBUILDER_ASSETS, PATH, the tool cache, the envtest archive, a build with Go.',
    }),
    kubeconfig: text({
      description:
        'With existing: kubeconfig file of the cluster. Default: KUBECONFIG, else `~/.kube/config`. The others write a file of their own.',
    }),
    context: text({ description: 'With existing: context in the kubeconfig. Default: its current context.' }),
    cache: flag({
      description:
        "Whether what is downloaded or built for the cluster (tools, minikube's images and binaries, kind's node image, the programs of an embedded cluster) is kept for later jobs by the runner's cache service.",
      default: 'true',
    }),
    replace: flag({
      description:
        'Whether a cluster of that name that is there already and signs with another key or issuer, or does not answer, is removed and started anew. Otherwise that is an error.',
      default: 'false',
    }),
    keep: flag({
      description: 'Whether the cluster stays when the job ends. Otherwise the post step removes it.',
      default: 'false',
    }),
  },
  outputs: {
    kubeconfig: {
      description:
        'Kubeconfig file of the cluster, mode 0600; KUBECONFIG names it for the steps that follow.',
    },
    context: { description: 'Context in the kubeconfig.' },
    'key-id': { description: "The kid in the header of the cluster's tokens, as proved by one." },
    'kubernetes-version': { description: 'Version of the API server, such as v1.34.4.' },
    'cluster-provider': { description: 'The provider that was used.' },
    'logs-directory': {
      description:
        'Folder with the logs of nodes and API server, to upload as an artifact. Only where the start failed.',
    },
  },
});

function parseHttps(value: string): string {
  if (parseUrl(value).protocol !== 'https:') throw new Error('write an https URL');
  return value;
}

function parseUrl(value: string): URL {
  const url = URL.parse(value);
  if (url === null)
    throw new Error('write an absolute URL such as https://account.blob.core.windows.net/oidc/');
  return url;
}

function parseVersion(value: string): string {
  const match = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(value);
  if (match === null) throw new Error('write a whole version such as v1.34.4');
  return `v${match[1]}`;
}

function parseWord(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(value)) throw new Error('write one word, such as docker');
  return value;
}

function parseCpus(value: string): string {
  if (!/^([1-9]\d*|max|no-limit)$/.test(value)) throw new Error('write a whole number, max or no-limit');
  return value;
}

function parseMemory(value: string): string {
  if (!/^([1-9]\d*([bkmg]|[kmg]b)?|max|no-limit)$/i.test(value))
    throw new Error('write a size such as 4g or 4096mb, max or no-limit');
  return value;
}

function parseAddon(line: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(line)) throw new Error(`write one addon a line, not "${line}"`);
  return line;
}

function parseName(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(value))
    throw new Error('write 2 to 40 lower-case letters, digits and dashes');
  return value;
}
