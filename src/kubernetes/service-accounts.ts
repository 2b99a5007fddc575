import type { Cluster } from './client.ts';
import { apply } from './client.ts';

/** `namespace/name` of a service account. */
export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

/** Parses `namespace/name`. Throws `Error` that says what to write. */
export function parseServiceAccount(line: string): ServiceAccountRef {
  const match = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(
    line,
  );
  const [, namespace, name] = match ?? [];
  if (namespace === undefined || name === undefined) {
    throw new Error(`write the service account as namespace/name in lower case, not "${line}"`);
  }
  return { namespace, name };
}

/** The subject that Kubernetes puts into the account's tokens. */
export function subjectOf(account: ServiceAccountRef): string {
  return `system:serviceaccount:${account.namespace}:${account.name}`;
}

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
