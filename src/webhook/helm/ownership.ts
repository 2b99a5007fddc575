import type { KubernetesObject } from '@kubernetes/client-node';
import type { ApplicableObject } from '../../kubernetes/index.ts';

const releaseName = 'meta.helm.sh/release-name';
const releaseNamespace = 'meta.helm.sh/release-namespace';

/** The Helm release that an object belongs to; undefined where Helm knows nothing of it. */
export function releaseOf({ metadata }: KubernetesObject): string | undefined {
  return metadata?.annotations?.[releaseName];
}

/** The object with the marks by which Helm takes it for a part of a release instead of refusing to touch it. */
export function ownedBy(release: string, namespace: string, object: ApplicableObject): ApplicableObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...metadata.annotations, [releaseName]: release, [releaseNamespace]: namespace },
    },
  };
}
