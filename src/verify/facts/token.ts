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

/** A service account token of the cluster. `raw` is a secret: it belongs in a request, never in a finding. */
export interface WorkloadToken {
  readonly raw: string;
  readonly algorithm: string;
  readonly keyId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Seconds since the epoch. */
  readonly expires: number;
}

/**
 * Requests a token from the cluster and masks it. Resolves to undefined if the service account does not
 * exist. Throws CheckFailedError `service-account-token-refused`.
 */
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
  const { namespace, name } = account;
  try {
    const raw = await requestToken(cluster, { namespace, serviceAccount: name, ...request });
    deps.log.mask(raw);
    return decode(raw);
  } catch (error) {
    if (readApiRefusal(error)?.status === 404) return undefined;
    throw new CheckFailedError(
      'service-account-token-refused',
      { serviceAccount: `${namespace}/${name}` },
      { answer: clusterErrorMessage(error), cause: error },
    );
  }
}

// Nothing is verified.
function decode(raw: string): WorkloadToken {
  const header = decodeProtectedHeader(raw);
  const claims = decodeJwt(raw);
  return {
    raw,
    algorithm: header.alg ?? '',
    keyId: header.kid ?? '',
    issuer: claims.iss ?? '',
    subject: claims.sub ?? '',
    audiences: claims.aud === undefined ? [] : [claims.aud].flat(),
    expires: claims.exp ?? 0,
  };
}
