import type { KubernetesObject } from '@kubernetes/client-node';
import { apply, type Cluster } from './client.ts';
import type { ServiceAccountRef } from './definition.ts';
import { readApiRefusal } from './errors.ts';

/** Identifies an object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object with a kind and a name, which can be applied. */
export type ApplicableObject = KubernetesObject & ObjectRef;

export type Change = 'created' | 'changed' | 'unchanged';

/** Reads an object from the API server. Returns undefined if it does not exist. */
export async function read<T extends KubernetesObject>(
  cluster: Cluster,
  ref: ObjectRef,
): Promise<T | undefined> {
  const { apiVersion, kind, metadata } = ref;
  return undefinedIfMissing(() => cluster.objects.read<T>({ apiVersion, kind, metadata: { ...metadata } }));
}

/** Lists the objects of one kind, in one namespace or in all. */
export async function list<T extends KubernetesObject>(
  cluster: Cluster,
  kind: Pick<ObjectRef, 'apiVersion' | 'kind'>,
  options: { readonly namespace?: string; readonly labelSelector?: string } = {},
): Promise<readonly T[]> {
  const { items } = await cluster.objects.list<T>(
    kind.apiVersion,
    kind.kind,
    options.namespace,
    undefined,
    undefined,
    undefined,
    undefined,
    options.labelSelector,
  );
  return items;
}

/**
 * Applies an object server-side and returns what changed: an apply without effect keeps the resource version.
 */
export async function reconcile<T extends KubernetesObject>(
  cluster: Cluster,
  object: T & ObjectRef,
): Promise<{ readonly change: Change; readonly object: T }> {
  const before = await read<T>(cluster, object);
  const after = await apply<T>(cluster, object);
  if (before === undefined) return { change: 'created', object: after };
  const same = before.metadata?.resourceVersion === after.metadata?.resourceVersion;
  return { change: same ? 'unchanged' : 'changed', object: after };
}

/**
 * Deletes an object. Returns false if it does not exist. `gracePeriodSeconds: 0` does not wait for a kubelet.
 */
export async function remove(
  cluster: Cluster,
  ref: ObjectRef,
  options: { readonly gracePeriodSeconds?: number } = {},
): Promise<boolean> {
  const { apiVersion, kind, metadata } = ref;
  const deleted = await undefinedIfMissing(() =>
    cluster.objects.delete(
      { apiVersion, kind, metadata: { ...metadata } },
      undefined,
      undefined,
      options.gracePeriodSeconds,
    ),
  );
  return deleted !== undefined;
}

async function undefinedIfMissing<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (readApiRefusal(error)?.status === 404) return undefined;
    throw error;
  }
}

/** Creates a namespace unless it exists. */
export async function ensureNamespace(cluster: Cluster, name: string): Promise<void> {
  await apply(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Creates or updates a service account with these annotations; keeps other annotations and labels. */
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
