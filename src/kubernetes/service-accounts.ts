import { apply, type Cluster } from './client.ts';
import type { ServiceAccountRef } from './service-account-ref.ts';

/** Makes sure that a namespace is there; leaves an existing one alone. */
export async function ensureNamespace(cluster: Cluster, name: string): Promise<void> {
  await apply(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Makes sure that the service account is there with these annotations; annotations and labels of others stay. */
export async function ensureServiceAccount(
  cluster: Cluster,
  account: ServiceAccountRef,
  annotations: Readonly<Record<string, string>>,
): Promise<void> {
  await apply(cluster, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...account, annotations: { ...annotations } },
  });
}
