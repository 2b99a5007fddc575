import { resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { errorMessage, FederationError } from '../../errors/index.ts';
import type { ClusterRequest } from '../provider.ts';

interface KindNode {
  readonly role?: string;
  readonly image?: string;
  readonly extraMounts?: readonly { readonly containerPath?: string }[];
}

interface KindConfig {
  readonly kind?: string;
  readonly nodes?: readonly KindNode[];
  readonly kubeadmConfigPatches?: readonly string[];
}

/**
 * kind's configuration of a cluster: the user's own, if any, with the key mounted into each control-plane node and the issuer in a
 * patch of kubeadm's. Throws FederationError `kind-config-invalid`.
 */
export function kindConfig(
  request: Pick<ClusterRequest, 'issuerUrl' | 'jwksUrl' | 'key'>,
  own: string | undefined,
): string {
  const config = own === undefined ? {} : parsedOwn(own);
  const nodes = config.nodes?.length ? config.nodes : [{ role: 'control-plane' }];
  return stringify(
    {
      ...config,
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      nodes: nodes.map((node) =>
        node.role === undefined || node.role === 'control-plane' ? withKey(node, request) : node,
      ),
      kubeadmConfigPatches: [...(config.kubeadmConfigPatches ?? []), issuerPatch(request)],
    },
    { lineWidth: 0 },
  );
}

function withKey(node: KindNode, { key }: Pick<ClusterRequest, 'key'>): KindNode {
  // kubeadm keeps a pair that it finds there, and makes no sa.pub for a lone sa.key: both are needed.
  const mount = (file: string, name: string) => ({
    hostPath: resolve(file),
    containerPath: `/etc/kubernetes/pki/${name}`,
    readOnly: true,
  });
  const pair = [mount(key.privateKeyFile ?? '', 'sa.key'), mount(key.publicKeyFile, 'sa.pub')];
  const taken = pair.map(({ containerPath }) => containerPath);
  const others = (node.extraMounts ?? []).filter(({ containerPath = '' }) => !taken.includes(containerPath));
  return { ...node, extraMounts: [...others, ...pair] };
}

// Without apiVersion and with extraArgs as a map, the patch holds for kubeadm v1beta3 and v1beta4: kind converts it. One that
// names another version than kind emits would be dropped without a word.
function issuerPatch(request: Pick<ClusterRequest, 'issuerUrl' | 'jwksUrl'>): string {
  const extraArgs = {
    'service-account-issuer': request.issuerUrl,
    ...(request.jwksUrl !== undefined && { 'service-account-jwks-uri': request.jwksUrl }),
  };
  return stringify({ kind: 'ClusterConfiguration', apiServer: { extraArgs } }, { lineWidth: 0 });
}

function parsedOwn(own: string): KindConfig {
  try {
    const config = parse(own) as KindConfig | null;
    if (config?.kind !== 'Cluster') throw new Error('it is no object of kind Cluster');
    return config;
  } catch (error) {
    throw new FederationError(
      `failed to read the kind configuration of kind-config: ${errorMessage(error)}`,
      {
        code: 'kind-config-invalid',
        hint: 'It must be one YAML object with kind: Cluster and apiVersion: kind.x-k8s.io/v1alpha4.',
        cause: error,
      },
    );
  }
}
