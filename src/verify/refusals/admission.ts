import { clusterErrorMessage, readApiRefusal, type ServiceAccountRef } from '../../kubernetes/index.ts';
import { CheckFailedError, type Diagnosis } from './check-failed-error.ts';

interface Row extends Pick<Diagnosis, 'code' | 'cause' | 'change' | 'fault'> {
  readonly says: RegExp;
}

const reinstall = 'Run install-webhook again: it starts the webhook, and proves that it answers.';

// What the API server says when it refuses a pod. The first row that fits counts.
const refusals: readonly Row[] = [
  {
    says: /failed calling webhook.*(x509|certificate)/is,
    code: 'webhook-certificate-untrusted',
    cause:
      "the API server does not trust the webhook's certificate: caBundle and serving certificate do not belong together, or one has expired",
    change: reinstall,
  },
  {
    says: /failed calling webhook.*service ".*" not found/is,
    code: 'webhook-service-missing',
    cause: 'the webhook is announced to the API server, but its Service is gone',
    change: reinstall,
  },
  {
    says: /failed calling webhook.*no endpoints available/is,
    code: 'webhook-without-pods',
    cause: 'the webhook is announced to the API server, but none of its pods is ready',
    change:
      'See: kubectl --namespace azure-workload-identity-system describe pods. Or run install-webhook again.',
  },
  {
    says: /failed calling webhook.*(could not find the requested resource|404)/is,
    code: 'webhook-path-wrong',
    cause: 'the API server calls the webhook under a path that it does not serve',
    change: reinstall,
  },
  {
    says: /failed calling webhook.*(connection refused|connect: |EOF)/is,
    code: 'webhook-unreachable',
    cause: 'the API server cannot connect to the webhook',
    change: reinstall,
  },
  {
    says: /failed calling webhook.*(deadline exceeded|timeout|timed out)/is,
    code: 'webhook-too-slow',
    cause: 'the webhook does not answer the API server in time',
    change:
      'Let the API server reach the nodes on port 9443 (firewall, network policy), then run install-webhook again.',
    fault: 'service',
  },
  {
    says: /denied the request: token expiration/i,
    code: 'token-expiration-invalid',
    cause: 'the webhook refuses the lifetime that an annotation asks for',
    change: 'Set azure.workload.identity/service-account-token-expiration to 3600 up to 86400, or remove it.',
  },
  {
    says: /denied the request: hostNetwork/i,
    code: 'proxy-with-host-network',
    cause: 'the pod asks for the proxy sidecar and for the network of its host',
    change: 'Remove the annotation azure.workload.identity/inject-proxy-sidecar, or hostNetwork.',
  },
  {
    says: /serviceaccounts? .*not found|error looking up service account/i,
    code: 'service-account-missing',
    cause: 'the service account of the pod does not exist',
    change: 'Let federate-app make it, or correct the input service-account.',
  },
  {
    says: /violates PodSecurity/i,
    code: 'pod-security-violated',
    cause:
      'the namespace admits only pods of a stricter security standard than the pod that verify-pod makes',
    change:
      'Set pod-probe: true, whose pod keeps to the restricted standard, or use a service account in a namespace whose pod-security.kubernetes.io/enforce is baseline.',
  },
  {
    says: /exceeded quota/i,
    code: 'quota-exceeded',
    cause: 'the quota of the namespace has no room for one more pod',
    change: 'Raise the quota, or free some of it.',
  },
];

/** The diagnosis of a pod that the API server did not admit. */
export function refusedAdmission(error: unknown, account: ServiceAccountRef): CheckFailedError {
  const refusal = readApiRefusal(error);
  const answer = clusterErrorMessage(error);
  const row: Omit<Row, 'says'> =
    refusals.find(({ says }) => says.test(answer)) ??
    (refusal?.status === 404
      ? {
          code: 'namespace-missing',
          cause: `the namespace ${account.namespace} does not exist`,
          change: 'Let federate-app make it, or correct the input service-account.',
        }
      : {
          code: refusal === undefined ? 'cluster-unreachable' : 'pod-refused',
          cause: refusal === undefined ? 'the API server does not answer' : 'the API server refuses the pod',
          change: 'See the answer. The kubeconfig must be allowed to create pods in this namespace.',
        });
  const { code, cause, change, fault } = row;
  return new CheckFailedError({ code, cause, change, answer, raised: error, ...(fault && { fault }) });
}
