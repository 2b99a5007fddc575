import { defineErrors } from './entry.ts';

export const webhookErrors = defineErrors({
  'webhook-not-ready': {
    fault: 'service',
    message: 'failed to verify that the webhook mutates pods: after {seconds} s, {problem}',
    hint: 'If the nodes cannot pull the image, set `image`. If they are slow, increase `timeout`. For details, run:\n  kubectl --namespace azure-workload-identity-system describe pods\n  kubectl --namespace azure-workload-identity-system logs deployment/azure-wi-webhook-controller-manager',
    means:
      'The webhook was installed, but no labeled pod was mutated within `timeout`. The message quotes the state of its pods.',
  },
  'kube-proxy-not-ready': {
    fault: 'service',
    message: 'pods may be unable to reach the API server: after {seconds} s, {problem}',
    hint: 'For details, run: kubectl --namespace kube-system describe daemonset kube-proxy',
    means:
      'A warning. Without kube-proxy on every node, pods cannot reach the API server through its Service. The webhook is installed anyway.',
  },
  'namespace-terminating': {
    message: 'failed to create namespace {namespace}: it is still being deleted after {seconds} s',
    hint: 'Find out what blocks the deletion: kubectl get namespace {namespace} --output yaml',
    means: 'An earlier installation is still being deleted.',
  },
  'webhook-port-taken': {
    message: 'failed to start the webhook: {holder} is using port {port} ({systemCode})',
    hint: 'Stop that process, or set `cluster-provider: kind`. The port of the webhook is fixed, so a machine can run only one embedded cluster with a webhook at a time.',
  },
  'stale-pod-not-restarted': {
    message: 'failed to restart pod {pod}: {problem}',
    hint: 'Increase `timeout`, relax the PodDisruptionBudget, or run: kubectl rollout restart',
    means:
      'A PodDisruptionBudget does not allow the eviction, or the pod needs its whole `terminationGracePeriodSeconds`.',
  },
  'helm-missing': {
    message: 'failed to run helm: {problem}',
    hint: 'Add azure/setup-helm before this step, or set `method: manifest`, which does not need Helm.',
    means: '`method: helm` needs Helm on the PATH.',
  },
  'helm-too-old': {
    message: 'failed to {action}: {problem}',
    hint: 'Install Helm 3.17 or later, or set `method: manifest`.',
    means: 'Helm can adopt an existing installation with `--take-ownership`, which needs Helm 3.17 or later.',
    sees: ['unknown flag: --take-ownership'],
  },
  'helm-release-locked': {
    message: 'failed to {action}: {problem}',
    hint: 'Run helm --namespace azure-workload-identity-system rollback (or uninstall) to unlock the release.',
    means: 'An earlier Helm process was interrupted.',
    sees: ['another operation (install/upgrade/rollback) is in progress'],
  },
  'helm-chart-not-found': {
    message: 'failed to {action}: {problem}',
    hint: 'Set `chart` to a folder, a .tgz file, the URL of one, or an oci:// reference.',
  },
  'helm-failed': {
    message: 'failed to {action}: {problem}',
    hint: 'Check the message from Helm, and the inputs `chart` and `values`.',
    means: 'Helm rejected the chart or its values. The message quotes Helm.',
  },
  'helm-audience-fixed': {
    message: 'failed to install the webhook with Helm: the chart does not support the audience {audience}',
    hint: 'Set `method: manifest` for this cloud.',
    means: 'The chart supports only the audience of the public cloud.',
  },
  'webhook-not-installed': {
    message: 'the cluster has no azure-workload-identity webhook',
    hint: 'Run install-webhook with the same `kubeconfig`, then recreate pods that exist already.',
  },
  'webhook-passed-over': {
    message: 'the API server does not call the webhook for labeled pods in the namespace {namespace}',
    hint: 'Run install-webhook again: the rules, objectSelector or namespaceSelector of its configuration exclude these pods. On AKS, kube-system is always excluded: use another namespace.',
  },
  'webhook-failure-ignored': {
    message:
      'the API server gets no answer from the webhook, or skips it, and admits pods unchanged: failurePolicy is Ignore',
    hint: 'Run install-webhook again. It starts the webhook and sets failurePolicy to Fail, so that no pod starts without its token.',
    sees: ['pods without the AZURE_ variables, and no error'],
  },
  'webhook-certificate-untrusted': {
    message: 'the API server does not trust the certificate of the webhook',
    hint: 'Run install-webhook again, which renews the certificate and its caBundle.',
    means: 'The serving certificate and the caBundle do not belong together, or one of them has expired.',
    sees: ['failed calling webhook … x509'],
  },
  'webhook-service-missing': {
    message: 'the Service of the webhook does not exist',
    hint: 'Run install-webhook again, which recreates it.',
    sees: ['failed calling webhook … service … not found'],
  },
  'webhook-without-pods': {
    message: 'no pod of the webhook is ready',
    hint: 'See why, or run install-webhook again:\n  kubectl --namespace azure-workload-identity-system describe pods',
    sees: ['failed calling webhook … no endpoints available'],
  },
  'webhook-path-wrong': {
    message: 'the API server calls a path that the webhook does not serve',
    hint: 'Run install-webhook again, which sets the path to /mutate-v1-pod.',
    sees: ['failed calling webhook … 404', 'the server could not find the requested resource'],
  },
  'webhook-unreachable': {
    message: 'the API server cannot connect to the webhook',
    hint: 'Run install-webhook again, which starts the webhook and waits until it answers.',
    means:
      'The webhook is configured but not listening. After an installation with Helm alone, this can last for minutes.',
    sees: ['failed calling webhook … connection refused'],
  },
  'webhook-too-slow': {
    fault: 'service',
    message: 'the webhook does not answer the API server in time',
    hint: 'Allow the API server to connect to port 9443 of the nodes (firewall, network policy), then run install-webhook again.',
    sees: ['failed calling webhook … context deadline exceeded'],
  },
  'webhook-tenant-differs': {
    message: 'the webhook injects a different tenant ID: {difference}',
    hint: 'Run install-webhook with the right `tenant-id`, then recreate the pods.',
  },
  'webhook-authority-differs': {
    message: 'the webhook injects the login host of a different cloud: {difference}',
    hint: 'Run install-webhook with the right `azure-environment`, then recreate the pods.',
  },
  'webhook-audience-differs': {
    message: 'the webhook injects a token for a different audience: {difference}',
    hint: 'Run install-webhook with the right `azure-environment`, then recreate the pods.',
  },
});
