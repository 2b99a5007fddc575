import { defineErrors } from './entry.ts';

export const clusterErrors = defineErrors({
  'cluster-issuer-differs': {
    message: 'failed to verify the cluster: expected issuer "{expected}", found "{found}"',
    hint: 'Start the cluster with the issuer that is published:\n  with:\n    issuer-url: {expected}\nThe flag --service-account-issuer of kube-apiserver sets the issuer. If it is given several times, the first one signs.',
    means:
      'The cluster and the published documents have different issuers. Entra ID compares them byte by byte, including a trailing slash.',
  },
  'cluster-issuer-default': {
    message: 'failed to verify the cluster: expected issuer "{expected}", found the default issuer "{found}"',
    hint: 'Start the cluster with the issuer that is published:\n  with:\n    issuer-url: {expected}\nThe flag --service-account-issuer did not reach kube-apiserver.',
    means:
      'The API server was started without an issuer. In a minikube command, a second `--extra-config` with the same key replaces the first.',
    sees: ['https://kubernetes.default.svc'],
  },
  'signing-key-mismatch': {
    message: 'failed to verify the cluster: expected it to sign with the key `{expected}`, found {found}',
    hint: 'Start the cluster with `private-key-file` and `public-key-file` of the same generate-keys step. An existing cluster keeps its previous key until it is recreated. The flags --service-account-signing-key-file and --service-account-key-file of kube-apiserver set the keys.',
    means: 'The cluster signs with another key than the given one.',
  },
  'token-invalid': {
    message: 'failed to verify a token of the cluster: {problem}',
    hint: 'If the signature is invalid, use both halves of one key pair for --service-account-signing-key-file and --service-account-key-file of kube-apiserver. Otherwise, compare the clocks of this machine and of the cluster.',
    means: 'The key ID is right, but the signature is not, or a clock is wrong.',
  },
  'cluster-unreadable': {
    message: 'failed to read {what} of the cluster: {problem}',
    hint: 'Use a kubeconfig that may create service accounts in the namespace default and serviceaccounts/token, and that is bound to system:service-account-issuer-discovery. kube-apiserver serves its documents only for an https issuer without query and fragment.',
    means: 'The kubeconfig lacks a permission, or the issuer is not an https URL.',
  },
  'token-issuer-differs': {
    message: 'the token of the service account has a different issuer than `issuer-url`: {difference}',
    hint: 'Start the cluster with this `issuer-url`.',
  },
  'token-subject-differs': {
    message: 'the token of the service account has a different subject than expected: {difference}',
    hint: 'Correct `service-account`.',
  },
  'token-audience-differs': {
    message: 'the token of the service account has a different audience than requested: {difference}',
    hint: 'Check `azure-environment`, and how the API server was started.',
  },
  'token-unverifiable': {
    message: 'the token of the service account cannot be verified with the published key',
    hint: 'See the reason, which is quoted.',
  },
  'service-account-token-refused': {
    message: 'the cluster issues no token for the service account {serviceAccount}',
    hint: 'Use a kubeconfig that may create serviceaccounts/token in the namespace, and check that the API server has a signing key.',
  },
  'cluster-differs': {
    message:
      'failed to start the cluster `{name}`: a cluster of this name already exists and differs: {problem}',
    hint: 'Set another `cluster-name`, delete the existing cluster, or set `replace: true` to let this step delete it.',
    means:
      'The cluster of another job, or one of yours, uses a different key or issuer. It is deleted only with `replace: true`.',
  },
  'cluster-broken': {
    message:
      'failed to start the cluster `{name}`: a cluster of this name already exists, was not created by this job and is unreachable: {problem}',
    hint: 'Set another `cluster-name`, delete the existing cluster (`{command}`), or set `replace: true` to let this step delete it.',
    means: 'The cluster may belong to another job, so it is deleted only with `replace: true`.',
  },
  'cluster-not-removed': {
    fault: 'service',
    message: 'failed to delete the {provider} cluster `{name}`: {problem}',
    hint: 'Run: {command}',
    sees: ['minikube delete -p NAME', 'kind delete cluster --name NAME'],
  },
  'container-engine-unavailable': {
    message: 'failed to start the cluster: {problem}',
    hint: 'Install Docker, start it before this step (`systemctl start docker`), and add the user that runs the job to the group `docker`. Or set `cluster-provider: embedded`, which needs no containers.',
    means: 'minikube and kind need a container engine that the user of the job can use.',
    sees: [
      'the Docker daemon is not running',
      'this user has no permission to use Docker',
      'Docker, Podman or nerdctl is not installed',
      'Cannot connect to the Docker daemon',
      'permission denied while trying to connect to the docker',
    ],
  },
  'disk-full': {
    message: 'failed to start the cluster: the disk is full',
    hint: 'Free disk space before this step. A node image needs several gigabytes in /var/lib/docker. RUNNER_TEMP and MINIKUBE_HOME need space, too.',
    sees: ['no space left on device', 'ENOSPC', 'RSRC_DOCKER_STORAGE'],
  },
  'port-taken': {
    message: 'failed to start the cluster: the address {detail} is already in use',
    hint: 'Map another host port in `kind-config` or `arguments`, or stop the process that uses this port.',
    sees: ['port is already allocated', 'bind: address already in use'],
  },
  'node-image-unavailable': {
    message: 'failed to start the cluster: failed to pull the node image {detail}',
    hint: 'Set `kubernetes-version` or `node-image` to an image that exists, and make sure that the runner can reach its registry.',
    means: 'There is no image for this version of Kubernetes, or the runner cannot reach the registry.',
    sees: ['failed to pull image'],
  },
  'kubernetes-version-unknown': {
    message: 'failed to start minikube: this release does not support Kubernetes {version}: {problem}',
    hint: 'Correct `kubernetes-version`, or set `tool-version` to a newer release of minikube. To list the supported versions: minikube config defaults kubernetes-version',
    sees: ['K8S_INVALID_VERSION', 'Specified Kubernetes version'],
  },
  'minikube-refused': {
    message: 'failed to start minikube: {problem}',
    hint: 'Correct {input}.',
    means: 'minikube rejects its arguments before it starts anything. The hint names the input to correct.',
    sees: [
      "The driver 'x' is not supported",
      'Invalid Container Runtime',
      'Requested memory allocation',
      'Requested cpu count',
    ],
  },
  'minikube-failed': {
    fault: 'service',
    message: 'failed to start minikube: {problem}',
    hint: "Read minikube's log in the folder of the output `logs-directory`. If this release of minikube does not work on the runner, set another `tool-version`.",
    means: "The message quotes minikube's own reason and advice.",
  },
  'kind-failed': {
    fault: 'service',
    message: 'failed to {action}: {problem}',
    hint: 'Read the logs of the nodes in the folder of the output `logs-directory`. Check `kind-config`, `node-image` and `arguments`.',
    means: "The message quotes kind's own reason.",
    sees: ['failed to create the kind cluster', 'failed to list the kind clusters'],
  },
  'kind-config-invalid': {
    message: 'failed to read the kind configuration: {problem}',
    hint: 'Set `kind-config` to the path of a YAML file with `kind: Cluster` and `apiVersion: kind.x-k8s.io/v1alpha4`. This action adds the key and the issuer to it.',
  },
  'minikube-files-taken': {
    message: "failed to copy the signing key to minikube's file sync: {file} already exists",
    hint: 'Delete the file. This action copies the key there itself, and deletes it after the start.',
  },
  'api-server-refused': {
    message: 'failed to start kube-apiserver: {problem}',
    hint: 'kube-apiserver was started {count} times and exited each time. Correct its flags: in `arguments` with minikube, in `kind-config` with kind.',
    means: 'kube-apiserver in the node exits each time it is started, because of one of its flags.',
    sees: ['Error: unknown flag', 'Error: invalid argument'],
  },
  'arguments-refused': {
    message: 'failed to start kube-apiserver: {problem}',
    hint: 'Correct `arguments`: one flag of kube-apiserver per line, for example, `--v=2`.',
    means: 'The kube-apiserver of an embedded cluster does not support one of the flags in `arguments`.',
  },
});
