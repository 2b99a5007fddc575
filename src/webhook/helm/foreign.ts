import type { KubernetesObject, V1Deployment } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { type ApplicableObject, type Cluster, read, remove } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { systemNamespace } from '../contract.ts';
import { releaseOf } from './ownership.ts';

const clusterKinds = ['ClusterRole', 'ClusterRoleBinding', 'MutatingWebhookConfiguration', 'Namespace'];

/**
 * Whether the cluster holds objects of this manifest that the release does not own, so that Helm must be told to take them. A Deployment whose
 * selector is another one is removed on the way: nothing can change it, and Helm would stop there.
 */
export async function makeAdoptable(
  cluster: Cluster,
  manifest: string,
  release: string,
  { log }: Pick<Deps, 'log'>,
): Promise<boolean> {
  let foreign = false;
  for (const wanted of objectsOf(manifest)) {
    const present = await read<KubernetesObject>(cluster, wanted);
    if (present === undefined || releaseOf(present) === release) continue;
    foreign = true;
    log.info(`taking ${wanted.kind} ${wanted.metadata.name} over into the release ${release}`);
    if (wanted.kind === 'Deployment' && !sameSelector(present, wanted)) {
      await remove(cluster, wanted);
      log.info(`removed Deployment ${wanted.metadata.name}: its selector is not the chart's`);
    }
  }
  return foreign;
}

function objectsOf(manifest: string): readonly ApplicableObject[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as ApplicableObject | null)
    .filter((object) => object !== null)
    .map((object) => ({ ...object, metadata: { ...object.metadata, ...namespaceOf(object) } }));
}

// A chart may leave the namespace to the command line.
function namespaceOf({ kind, metadata }: ApplicableObject): { readonly namespace?: string } {
  return clusterKinds.includes(kind) ? {} : { namespace: metadata.namespace ?? systemNamespace };
}

function sameSelector(present: KubernetesObject, wanted: KubernetesObject): boolean {
  const labels = (object: KubernetesObject) =>
    JSON.stringify(Object.entries((object as V1Deployment).spec?.selector.matchLabels ?? {}).sort());
  return labels(present) === labels(wanted);
}
