import type { CodeNeeding } from '../../errors/index.ts';
import { clusterErrorMessage, readApiRefusal, type ServiceAccountRef } from '../../kubernetes/index.ts';
import { CheckFailedError } from './check-failed-error.ts';

// What the API server says when it rejects a pod. The first match counts.
const refusals: readonly (readonly [RegExp, CodeNeeding<'namespace' | 'serviceAccount'>])[] = [
  [/failed calling webhook.*(x509|certificate)/is, 'webhook-certificate-untrusted'],
  [/failed calling webhook.*service ".*" not found/is, 'webhook-service-missing'],
  [/failed calling webhook.*no endpoints available/is, 'webhook-without-pods'],
  [/failed calling webhook.*(could not find the requested resource|404)/is, 'webhook-path-wrong'],
  [/failed calling webhook.*(connection refused|connect: |EOF)/is, 'webhook-unreachable'],
  [/failed calling webhook.*(deadline exceeded|timeout|timed out)/is, 'webhook-too-slow'],
  [/denied the request: token expiration/i, 'token-expiration-invalid'],
  [/denied the request: hostNetwork/i, 'proxy-with-host-network'],
  [/serviceaccounts? .*not found|error looking up service account/i, 'service-account-missing'],
  [/violates PodSecurity/i, 'pod-security-violated'],
  [/exceeded quota/i, 'quota-exceeded'],
];

/** Diagnoses a pod that the API server did not admit. */
export function diagnoseAdmission(error: unknown, { namespace, name }: ServiceAccountRef): CheckFailedError {
  const refusal = readApiRefusal(error);
  const answer = clusterErrorMessage(error);
  const [, known] = refusals.find(([pattern]) => pattern.test(answer)) ?? [];
  const other =
    refusal === undefined
      ? 'cluster-unreachable'
      : refusal.status === 404
        ? 'namespace-missing'
        : 'pod-refused';
  return new CheckFailedError(
    known ?? other,
    { namespace, serviceAccount: `${namespace}/${name}` },
    { answer, cause: error },
  );
}
