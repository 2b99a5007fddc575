import type { KubernetesObject, V1Deployment } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';
import { type ApplicableObject, type Cluster, read, remove } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { systemNamespace } from '../contract.ts';

const releaseName = 'meta.helm.sh/release-name';
const releaseNamespace = 'meta.helm.sh/release-namespace';
const clusterKinds = ['ClusterRole', 'ClusterRoleBinding', 'MutatingWebhookConfiguration', 'Namespace'];

/** Returns the Helm release that an object belongs to; undefined if Helm does not manage it. */
export function getRelease({ metadata }: KubernetesObject): string | undefined {
  return metadata?.annotations?.[releaseName];
}

/** Adds the label and annotations by which Helm accepts an object as part of a release. */
export function markForRelease(release: string, object: ApplicableObject): ApplicableObject {
  const { metadata } = object;
  const annotations = { [releaseName]: release, [releaseNamespace]: systemNamespace };
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...metadata.annotations, ...annotations },
    },
  };
}

/**
 * Returns whether the cluster contains objects of this manifest that do not belong to the release, so that Helm must be told to take
 * ownership. Deletes a Deployment with a different selector, which is immutable: Helm would fail to update it.
 */
export async function prepareAdoption(
  cluster: Cluster,
  manifest: string,
  release: string,
  { log }: Pick<Deps, 'log'>,
): Promise<boolean> {
  let foreign = false;
  for (const wanted of parseManifest(manifest)) {
    const existing = await read<KubernetesObject>(cluster, wanted);
    if (existing === undefined || getRelease(existing) === release) continue;
    foreign = true;
    log.info(`Adopting ${wanted.kind} ${wanted.metadata.name} into Helm release ${release}`);
    if (wanted.kind === 'Deployment' && !hasSameSelector(existing, wanted)) {
      await remove(cluster, wanted);
      log.info(`Deleted Deployment ${wanted.metadata.name}: its selector differs from that of the chart`);
    }
  }
  return foreign;
}

function parseManifest(manifest: string): readonly ApplicableObject[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as ApplicableObject | null)
    .filter((object) => object !== null)
    .map((object) => ({ ...object, metadata: { ...object.metadata, ...findNamespace(object) } }));
}

// A chart may leave the namespace to the command line.
function findNamespace({ kind, metadata }: ApplicableObject): { readonly namespace?: string } {
  return clusterKinds.includes(kind) ? {} : { namespace: metadata.namespace ?? systemNamespace };
}

function hasSameSelector(existing: KubernetesObject, wanted: KubernetesObject): boolean {
  const labels = (object: KubernetesObject) =>
    JSON.stringify(Object.entries((object as V1Deployment).spec?.selector.matchLabels ?? {}).sort());
  return labels(existing) === labels(wanted);
}
