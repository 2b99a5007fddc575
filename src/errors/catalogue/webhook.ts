import { defineErrors } from './entry.ts';

export const webhookErrors = defineErrors({
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
