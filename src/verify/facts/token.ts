import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  type Cluster,
  clusterErrorMessage,
  readApiRefusal,
  requestToken,
  type ServiceAccountRef,
} from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';

/** A service-account token of the cluster. `raw` is a secret: it goes into a request, never into a finding. */
export interface WorkloadToken {
  readonly raw: string;
  readonly algorithm: string;
  readonly keyId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly expires: number;
}

/** Asks the cluster for a token and masks it. Undefined where the service account does not exist. Throws CheckFailedError `token-refused`. */
export async function requestWorkloadToken(
  cluster: Cluster,
  options: {
    readonly account: ServiceAccountRef;
    readonly audience: string;
    readonly expirationSeconds: number;
    readonly pod?: { readonly name: string; readonly uid: string };
  },
  deps: Pick<Deps, 'log'>,
): Promise<WorkloadToken | undefined> {
  const { account, ...request } = options;
  try {
    const raw = await requestToken(cluster, {
      namespace: account.namespace,
      serviceAccount: account.name,
      ...request,
    });
    deps.log.mask(raw);
    return readToken(raw);
  } catch (error) {
    if (readApiRefusal(error)?.status === 404) return undefined;
    throw new CheckFailedError({
      code: 'token-refused',
      cause: `the cluster gives no token for the service account ${account.namespace}/${account.name}`,
      change:
        'Use a kubeconfig that may create serviceaccounts/token in this namespace, and see that the API server has a signing key.',
      answer: clusterErrorMessage(error),
      raised: error,
    });
  }
}

/** Header and claims of a token; nothing is verified. */
export function readToken(raw: string): WorkloadToken {
  const header = decodeProtectedHeader(raw);
  const claims = decodeJwt(raw);
  return {
    raw,
    algorithm: header.alg ?? '',
    keyId: header.kid ?? '',
    issuer: claims.iss ?? '',
    subject: claims.sub ?? '',
    audiences: claims.aud === undefined ? [] : [claims.aud].flat(),
    notBefore: claims.nbf ?? 0,
    expires: claims.exp ?? 0,
  };
}
