import type { V1Pod, V1ServiceAccount } from '@kubernetes/client-node';
import { readClusterDocument } from '../../cluster/index.ts';
import { findIssuer, type KeySet, type Parsed } from '../../issuer/index.ts';
import { read } from '../../kubernetes/index.ts';
import { admitDryRun } from '../manifest/pod.ts';
import type { Surroundings } from '../surroundings.ts';
import { type FederatedCredentials, readCredentials } from './credentials.ts';
import { fetchDiscovery, fetchKeys, type JudgedDiscovery } from './documents.ts';
import { requestWorkloadToken, type WorkloadToken } from './token.ts';

/**
 * What the checks judge. Each fact is fetched once, when it is first needed, so that every check can run
 * alone and a diagnosis can look at all links.
 */
export interface Facts {
  discovery(): Promise<JudgedDiscovery>;
  publishedKeys(): Promise<Parsed<KeySet>>;
  /** Issuer in the cluster's own discovery document; undefined if this kubeconfig may not read it. */
  clusterIssuer(): Promise<string | undefined>;
  serviceAccount(): Promise<V1ServiceAccount | undefined>;
  /** A token of the workload's service account; undefined if the account does not exist. */
  token(): Promise<WorkloadToken | undefined>;
  /** A new token, for use when the first has expired. */
  freshToken(): Promise<WorkloadToken | undefined>;
  credentials(): Promise<FederatedCredentials>;
  /** The workload's pod after admission, by dry run. */
  admittedPod(): Promise<V1Pod>;
}

/** Lifetime of the requested token: enough for the checks, too short to be worth stealing. */
const tokenSeconds = 3600;

export function gatherFacts(surroundings: Surroundings): Facts {
  const { inputs, deps, cluster, environment } = surroundings;
  const account = inputs.serviceAccount;
  const freshToken = () =>
    requestWorkloadToken(
      cluster,
      { account, audience: environment.tokenExchangeAudience, expirationSeconds: tokenSeconds },
      deps,
    );
  const discovery = once(() => fetchDiscovery(inputs.issuerUrl, deps));
  return {
    discovery,
    publishedKeys: once(async () => fetchKeys(await discovery(), deps)),
    clusterIssuer: once(async () => {
      const { status, text } = await readClusterDocument(cluster, 'discovery');
      return status === 200 ? findIssuer(text) : undefined;
    }),
    serviceAccount: once(() =>
      read<V1ServiceAccount>(cluster, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { ...account },
      }),
    ),
    token: once(freshToken),
    freshToken,
    credentials: once(() => readCredentials(surroundings)),
    admittedPod: once(() => admitDryRun(surroundings)),
  };
}

function once<T>(get: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => {
    value ??= get();
    return value;
  };
}
