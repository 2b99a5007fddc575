import { parseIssuerUrl } from '../issuer/definition.ts';
import { choice, defineAction, flag, input, lines, text } from '../runtime/index.ts';

export const definition = defineAction({
  name: 'start-minikube',
  title: 'Start a Kubernetes cluster with your signing key',
  description:
    'Starts a minikube, kind or embedded cluster that signs service account tokens with your key and issuer, or checks an existing cluster. Verifies a token of the cluster.',
  branding: { icon: 'box', color: 'blue' },
  inputs: {
    'cluster-provider': choice({
      description:
        'How to run the cluster: `minikube`, `kind`, `embedded` (kube-apiserver and etcd as processes, without containers), or `existing` (checks the cluster of `kubeconfig` and starts nothing).',
      options: ['minikube', 'kind', 'embedded', 'existing'],
      default: 'minikube',
    }),
    'issuer-url': input(
      {
        description:
          'Issuer of the service account tokens, exactly as published: the output `issuer-url` of publish-issuer.',
        required: true,
      },
      parseIssuerUrl,
    ),
    'jwks-url': input(
      {
        description:
          "URL of the published JWKS, for the cluster's own discovery document. Defaults to `openid/v1/jwks` below the issuer.",
      },
      parseHttps,
    ),
    'private-key-file': text({
      description:
        'PEM file of the private key that signs tokens: the output `private-key-file` of generate-keys. Required unless `cluster-provider` is `existing`.',
    }),
    'public-key-file': text({
      description: 'PEM file of the public key: the output `public-key-file` of generate-keys.',
      required: true,
    }),
    'kubernetes-version': input(
      {
        description:
          'Kubernetes version, for example, `v1.34.4`. Defaults to the version of the tool. Not used for an existing cluster.',
      },
      parseVersion,
    ),
    'cluster-name': input(
      {
        description:
          'Name of the cluster: the profile of minikube, or the cluster of kind. Must be unique if a job starts several clusters.',
        default: 'entra-federation',
      },
      parseName,
    ),
    arguments: lines({
      description:
        'More arguments, one per line, of `minikube start` or `kind create cluster`, or of kube-apiserver with `cluster-provider: embedded`.',
    }),
    'tool-version': input(
      {
        description:
          'Version of minikube or kind, for example, `v1.38.1`. Defaults to the version on PATH, otherwise to the version that this action pins.',
      },
      parseVersion,
    ),
    driver: input(
      {
        description:
          'minikube only: driver that runs the node, for example, `docker`, `podman`, `kvm2` or `none`. Defaults to the choice of minikube.',
      },
      parseWord,
    ),
    'container-runtime': input(
      {
        description:
          'minikube only: container runtime of the node, `docker`, `containerd` or `cri-o`. Defaults to the choice of minikube.',
      },
      parseWord,
    ),
    cpus: input(
      {
        description:
          'minikube only: number of CPUs of the node, or `max`. Defaults to the choice of minikube.',
      },
      parseCpus,
    ),
    memory: input(
      {
        description:
          'minikube only: memory of the node, for example, `4g`, `4096mb` or `max`. Defaults to the choice of minikube.',
      },
      parseMemory,
    ),
    addons: lines(
      {
        description:
          'minikube only: addons to enable, one per line, for example, `ingress` or `metrics-server`.',
      },
      parseAddon,
    ),
    'kind-config': text({
      description:
        'kind only: path of a kind configuration file (nodes, networking, port mappings, patches). The key and the issuer are added to it. If the file sets an issuer, `issuer-url` overrides it.',
    }),
    'node-image': text({
      description:
        'kind only: node image, preferably with its digest. Defaults to the pinned image of `kubernetes-version`, otherwise to the image of the kind release.',
    }),
    'programs-directory': text({
      description:
        'Embedded clusters only: folder that contains kube-apiserver, etcd and azure-wi-webhook. By default, the programs are found in KUBEBUILDER_ASSETS, on PATH or in the tool cache, downloaded, or built with Go.',
    }),
    kubeconfig: text({
      description:
        'Existing clusters only: kubeconfig file of the cluster. Defaults to KUBECONFIG, otherwise to `~/.kube/config`.',
    }),
    context: text({
      description: 'Existing clusters only: context in the kubeconfig. Defaults to its current context.',
    }),
    cache: flag({
      description:
        'Whether to cache downloads and builds for later jobs in the cache service of the runner: tools, node images, and the programs of an embedded cluster.',
      default: 'true',
    }),
    replace: flag({
      description:
        'Whether to delete and recreate an existing cluster of the same name that uses a different key or issuer, or is unreachable. If `false`, the step fails instead.',
      default: 'false',
    }),
    keep: flag({
      description: 'Whether to keep the cluster when the job ends. If `false`, the post step deletes it.',
      default: 'false',
    }),
  },
  outputs: {
    kubeconfig: {
      description:
        'Kubeconfig file of the cluster (mode 0600). KUBECONFIG is set to this file for later steps.',
    },
    context: { description: 'Context in the kubeconfig.' },
    'key-id': {
      description: 'Key ID (`kid`) in the header of the tokens of the cluster, taken from a verified token.',
    },
    'kubernetes-version': { description: 'Version of the API server, for example, `v1.34.4`.' },
    'cluster-provider': { description: 'Provider of the cluster.' },
    'logs-directory': {
      description:
        'Folder with the logs of the nodes and the API server, to upload as an artifact. Set only if the start fails.',
    },
  },
});

function parseHttps(value: string): string {
  if (URL.parse(value)?.protocol !== 'https:')
    throw new Error('write an https URL, for example, https://account.blob.core.windows.net/oidc/');
  return value;
}

function parseVersion(value: string): string {
  const match = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(value);
  if (match === null) throw new Error('write a full version, for example, v1.34.4');
  return `v${match[1]}`;
}

function parseWord(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(value)) throw new Error('write one word, for example, docker');
  return value;
}

function parseCpus(value: string): string {
  if (!/^([1-9]\d*|max|no-limit)$/.test(value)) throw new Error('write a whole number, max or no-limit');
  return value;
}

function parseMemory(value: string): string {
  if (!/^([1-9]\d*([bkmg]|[kmg]b)?|max|no-limit)$/i.test(value))
    throw new Error('write a size, for example, 4g or 4096mb, or max or no-limit');
  return value;
}

function parseAddon(line: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(line)) throw new Error(`write one addon per line, not "${line}"`);
  return line;
}

function parseName(value: string): string {
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(value))
    throw new Error('write 2 to 40 lowercase letters, digits and dashes');
  return value;
}
