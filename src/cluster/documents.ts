import { documentPaths, type Finding, reportError, type ServedDocument } from '../issuer/index.ts';
import { type Cluster, getRaw } from '../kubernetes/index.ts';

/** Reads one of the cluster's own documents with the credentials of the kubeconfig, whatever its status. */
export async function readClusterDocument(
  cluster: Cluster,
  name: keyof typeof documentPaths,
): Promise<ServedDocument & { readonly status: number }> {
  const path = `/${documentPaths[name]}`;
  const { status, body } = await getRaw(cluster, path);
  return { url: `${cluster.config.getCurrentCluster()?.server ?? ''}${path}`, text: body, status };
}

/** Returns an error if a cluster signs under another issuer than the expected one. */
export function judgeClusterIssuer(found: string, expected: string): Finding | undefined {
  if (found === expected) return undefined;
  const isDefault = /^https:\/\/kubernetes\.default\.svc/.test(found);
  return reportError(
    isDefault ? 'cluster-issuer-default' : 'cluster-issuer-differs',
    { found, expected },
    {
      comparison: [
        { label: 'issuer of the cluster', value: found },
        { label: 'issuer-url', value: expected },
      ],
    },
  );
}

/** Returns an error if a cluster signs with another key than the expected one. */
export function judgeClusterKey(found: string, expected: string): Finding | undefined {
  if (found === expected) return undefined;
  const comparison = [
    { label: 'key ID of the cluster', value: found },
    { label: 'key ID of public-key-file', value: expected },
  ] as const;
  return reportError('signing-key-mismatch', { found, expected }, { comparison });
}
