import { defineErrors } from './entry.ts';

/** The service account, its pods, and what becomes of them. */
export const workloadErrors = defineErrors({
  'service-account-missing': {
    message: 'the service account {serviceAccount} does not exist',
    hint: 'List it in `service-accounts` of federate-app, which creates it, or correct `service-account`.',
    sees: ['error looking up service account'],
  },
  'namespace-missing': {
    message: 'the namespace {namespace} does not exist',
    hint: 'List the service account in `service-accounts` of federate-app, which creates its namespace, or correct `service-account`.',
    sees: ['namespaces "…" not found'],
  },
  'client-id-annotation-missing': {
    message:
      'the service account {namespace}/{name} has no annotation azure.workload.identity/client-id, so its pods get no AZURE_CLIENT_ID',
    hint: 'Run federate-app, or add the annotation:\n  kubectl --namespace {namespace} annotate serviceaccount {name} azure.workload.identity/client-id={clientId}\nThen recreate the pods.',
    means: 'The webhook admits such pods without an error or a warning.',
    sees: ['AZURE_CLIENT_ID is missing or empty'],
  },
  'client-id-annotation-differs': {
    message: 'the service account is annotated with a different client ID: {difference}',
    hint: 'Run federate-app, or set the annotation azure.workload.identity/client-id to {expected} yourself. Then recreate the pods.',
  },
  'tenant-id-annotation-differs': {
    message: 'the service account is annotated with a different tenant ID: {difference}',
    hint: 'Run federate-app, or set the annotation azure.workload.identity/tenant-id to {expected} yourself. Then recreate the pods.',
  },
  'token-expiration-invalid': {
    message:
      'the annotation azure.workload.identity/service-account-token-expiration is not a number from 3600 to 86400',
    hint: 'Set it to a number of seconds from 3600 to 86400, or remove it. `token-expiration` of federate-app accepts `1h` to `24h`.',
    means: 'The webhook rejects every pod of the service account.',
    sees: ['denied the request: token expiration'],
  },
  'pod-label-missing': {
    message: 'the pod has no label azure.workload.identity/use, so the webhook ignores it',
    hint: 'Add the label to the pod, or to the pod template of its Deployment:\n  metadata:\n    labels:\n      azure.workload.identity/use: "true"\nOn the service account, the label has no effect.',
    sees: ['the AZURE_ variables are missing in the pod'],
  },
  'pod-label-differs': {
    message: 'the label azure.workload.identity/use of the pod is not "true": {difference}',
    hint: 'Set it to "true", in quotation marks.',
  },
  'pod-not-mutated': {
    message: 'the pod has the label azure.workload.identity/use, but the webhook injected no token',
    hint: 'Recreate pods that are older than the webhook, for example, with `restart-stale-pods: true` of install-webhook. Otherwise, run install-webhook again, and check whether another webhook removes the volume.',
    sees: ['the pod has the label, but the AZURE_ variables are missing'],
  },
  'pod-client-id-differs': {
    message: 'the pod has a different AZURE_CLIENT_ID: {difference}',
    hint: 'Annotate the service account with the right client ID, and do not set AZURE_CLIENT_ID in the pod itself: the webhook never overrides it.',
    means: 'The pod signs in as a different identity.',
  },
  'pod-token-file-differs': {
    message: 'the AZURE_FEDERATED_TOKEN_FILE of the pod is not the path of the injected token: {difference}',
    hint: 'Do not set AZURE_FEDERATED_TOKEN_FILE in the pod. Programs have to read the path from this variable.',
    means: 'Version 1.6 of the webhook moved the file.',
    sees: ['open /var/run/secrets/azure/tokens/azure-identity-token: no such file or directory'],
  },
  'token-lifetime-differs': {
    message: 'the injected token has a different lifetime than the service account requests: {difference}',
    hint: 'Remove the annotation azure.workload.identity/service-account-token-expiration from the pod: it overrides that of the service account.',
  },
  'token-mount-wrong': {
    message: 'the injected token is not mounted into the container as the webhook mounts it: {difference}',
    hint: 'Check the annotation azure.workload.identity/skip-containers of the pod, and whether another webhook changes the mounts.',
  },
  'pod-variable-missing': {
    message: 'the environment variable {variable} is missing in the pod',
    hint: 'The webhook sets the AZURE_ variables: the check `pod-mutated` finds out why one is missing. For KEYVAULT_URL and SECRET_NAME, set `key-vault-url` and `secret-name`.',
    sees: ['AZURE_CLIENT_ID is not set'],
  },
  'proxy-with-host-network': {
    message: 'the pod requests both the proxy sidecar and the host network',
    hint: 'Remove the annotation azure.workload.identity/inject-proxy-sidecar, or hostNetwork.',
    sees: ['hostNetwork is set to true, cannot inject proxy sidecar'],
  },
  'pod-security-violated': {
    message: 'the pod violates the Pod Security Standard of the namespace',
    hint: 'Set `pod-probe: true`, whose pod meets the restricted standard, or use a `service-account` in a namespace that enforces baseline at most.',
    sees: ['violates PodSecurity'],
  },
  'quota-exceeded': {
    message: 'the pod exceeds the resource quota of the namespace',
    hint: 'Raise the quota, or delete pods that are no longer needed.',
    sees: ['exceeded quota'],
  },
  'pod-refused': {
    message: 'the API server rejected the pod',
    hint: 'See the answer of the API server, which is quoted. The kubeconfig must allow creating pods in the namespace.',
  },
  'pod-image-invalid': {
    message: 'the image reference {image} is invalid',
    hint: 'Correct `pod-image`.',
    sees: ['InvalidImageName'],
  },
  'pod-image-unavailable': {
    message: 'the node cannot pull the image {image}',
    hint: 'Set `pod-image` to an image that the nodes can pull, or load it into the cluster first (kind load docker-image, minikube image load). To verify the chain without a pod, leave `pod` out of `checks`.',
    sees: ['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull'],
  },
  'pod-container-not-created': {
    message: 'the node cannot create the container of the pod',
    hint: 'See the message of the kubelet, which is quoted. Most often, the image runs as root, which the namespace forbids.',
    sees: ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'],
  },
  'pod-command-not-run': {
    message: 'the container cannot run its command',
    hint: 'Correct `pod-command`, with one argument per line. The image must contain the command and match the architecture of the node. `pod-probe` requires sh and curl.',
    sees: ['StartError', 'ContainerCannotRun'],
  },
  'pod-volume-unmounted': {
    message: 'a volume of the pod was not mounted within {seconds} s',
    hint: 'See the events of the pod, which are quoted. The service account has to exist for as long as the pod.',
    sees: ['FailedMount', 'FailedAttachVolume'],
  },
  'pod-unschedulable': {
    message: 'the pod was not scheduled within {seconds} s',
    hint: 'See the reason for each node, which is quoted. Free resources, or add a node that meets the requirements.',
    sees: ['FailedScheduling', '0/1 nodes are available'],
  },
  'pod-network': {
    message: 'the pod cannot reach a service that the runner can reach',
    hint: 'Check the DNS and the network policies of the cluster. start-emulator listens on loopback only, unless you set `listen: 0.0.0.0`.',
    sees: ['could not resolve host', 'no such host', 'i/o timeout'],
  },
  'pod-certificate-untrusted': {
    message: 'the pod does not trust the TLS certificate of a service',
    hint: 'Set `pod-image` to an image that contains the certificates of public CAs, and check whether a proxy intercepts TLS.',
    sees: ['x509: certificate signed by unknown authority', 'SSL certificate problem'],
  },
  'pod-out-of-memory': {
    message: 'the container was killed because it exceeded its memory limit',
    hint: 'Raise the limits of the namespace (kubectl describe limitrange), or set `pod-image` to a smaller image.',
    sees: ['OOMKilled'],
  },
  'pod-stopped': {
    fault: 'service',
    message: 'the node stopped the pod before its container finished',
    hint: 'See the events of the pod, which are quoted: the node ran out of memory or disk space, or was shut down. Run the job again.',
    sees: ['Evicted', 'NodeShutdown'],
  },
  'pod-removed': {
    message: 'the pod was deleted while it was running',
    hint: 'Find out what deletes pods in the namespace, or use a `service-account` in another namespace.',
  },
  'pod-crashed': {
    message: 'the workload exited with code {exitCode}',
    hint: 'See its last log lines, which are quoted. Every earlier link is correct: correct `pod-image` or `pod-command`.',
  },
  'pod-ended-early': {
    message: 'the pod finished with exit code 0 without {expected}',
    hint: 'If finishing is enough, set `pod-success: exit-code`. Otherwise, correct `pod-log-pattern`.',
  },
  'pod-timeout': {
    message: 'the pod did not {expected} within {seconds} s: it {state}',
    hint: 'See its last log lines, which are quoted, or raise `timeout`. `pod-success` sets what counts as success.',
  },
  'temporary-directory-unwritable': {
    message: 'failed to write {file}: {problem}',
    hint: 'Check the free space and the permissions of RUNNER_TEMP.',
  },
  'check-skipped': {
    message: 'the check {check} is named in `checks` but cannot run: {reason}',
    hint: 'Add what the check needs, or remove the check from `checks`.',
    means: 'A check that is named must run. With `checks: all`, checks that do not apply are skipped.',
  },
  'check-impossible': {
    fault: 'bug',
    message: 'the check did not complete: {problem}',
    hint: 'Check whether the cluster is still running. If it is, this is a bug in the action: please report it.',
  },
});
