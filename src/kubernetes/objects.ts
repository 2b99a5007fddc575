import type { KubernetesObject } from '@kubernetes/client-node';
import { apply, type Cluster } from './client.ts';
import { refusalOf } from './errors.ts';

/** What names one object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object that can be applied: one with a kind and a name. */
export type ApplicableObject = KubernetesObject & ObjectRef;

export type Change = 'created' | 'changed' | 'unchanged';

/** The object as the API server has it, undefined where there is none. */
export async function read<T extends KubernetesObject>(
  cluster: Cluster,
  ref: ObjectRef,
): Promise<T | undefined> {
  const { apiVersion, kind, metadata } = ref;
  return absentAsUndefined(() => cluster.objects.read<T>({ apiVersion, kind, metadata: { ...metadata } }));
}

/** Objects of one kind, in one namespace or all. */
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

/** Server-side apply that says what it did: an apply without effect leaves the resource version as it was. */
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

/** Deletes the object; false where there was none. `gracePeriodSeconds: 0` does not wait for a kubelet. */
export async function remove(
  cluster: Cluster,
  ref: ObjectRef,
  options: { readonly gracePeriodSeconds?: number } = {},
): Promise<boolean> {
  const { apiVersion, kind, metadata } = ref;
  const gone = await absentAsUndefined(() =>
    cluster.objects.delete(
      { apiVersion, kind, metadata: { ...metadata } },
      undefined,
      undefined,
      options.gracePeriodSeconds,
    ),
  );
  return gone !== undefined;
}

async function absentAsUndefined<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (refusalOf(error)?.status === 404) return undefined;
    throw error;
  }
}
