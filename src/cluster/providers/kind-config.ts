import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { parse, stringify } from 'yaml';
import { errorMessage, FederationError } from '../../errors/index.ts';
import type { ClusterRequest } from '../provider.ts';

const mountSchema = v.looseObject({ containerPath: v.optional(v.string()) });
const nodeSchema = v.looseObject({
  role: v.optional(v.string()),
  image: v.optional(v.string()),
  extraMounts: v.nullish(v.array(mountSchema)),
});
const configSchema = v.looseObject({
  kind: v.literal('Cluster'),
  nodes: v.nullish(v.array(nodeSchema)),
  kubeadmConfigPatches: v.nullish(v.array(v.string())),
});

type KindNode = v.InferOutput<typeof nodeSchema>;
export type KindConfig = v.InferOutput<typeof configSchema>;

/**
 * Reads the kind configuration of the user; an empty one by default. Throws FederationError
 * `kind-config-invalid`.
 */
export async function readKindConfig({
  kindConfig: file,
  arguments: args,
}: Pick<ClusterRequest, 'kindConfig' | 'arguments'>): Promise<KindConfig> {
  if (args.some((argument) => argument.startsWith('--config'))) {
    const problem = '`arguments` contains --config, and kind accepts only one configuration file';
    throw new FederationError('kind-config-invalid', { problem });
  }
  if (file === undefined) return { kind: 'Cluster' };
  try {
    const result = v.safeParse(configSchema, parse(await readFile(file, 'utf8')));
    if (result.success) return result.output;
    throw new Error(v.summarize(result.issues));
  } catch (error) {
    const problem = `${file}: ${errorMessage(error)}`;
    throw new FederationError('kind-config-invalid', { problem }, { cause: error });
  }
}

/**
 * Returns the configuration with the key mounted into each control-plane node, and with the issuer in a patch
 * of the kubeadm configuration.
 */
export function addSigningKey(
  config: KindConfig,
  request: Pick<ClusterRequest, 'issuerUrl' | 'jwksUrl' | 'key'>,
): KindConfig {
  const nodes = config.nodes?.length ? config.nodes : [{ role: 'control-plane' }];
  return {
    ...config,
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: nodes.map((node) =>
      node.role === undefined || node.role === 'control-plane' ? mountKey(node, request) : node,
    ),
    kubeadmConfigPatches: [...(config.kubeadmConfigPatches ?? []), createIssuerPatch(request)],
  };
}

function mountKey(node: KindNode, { key }: Pick<ClusterRequest, 'key'>): KindNode {
  // kubeadm keeps an existing pair, but creates no sa.pub for a lone sa.key: both are needed.
  const mount = (file: string, name: string) => ({
    hostPath: resolve(file),
    containerPath: `/etc/kubernetes/pki/${name}`,
    readOnly: true,
  });
  const pair = [mount(key.privateKeyFile ?? '', 'sa.key'), mount(key.publicKeyFile, 'sa.pub')];
  const paths = pair.map(({ containerPath }) => containerPath);
  const others = (node.extraMounts ?? []).filter(({ containerPath = '' }) => !paths.includes(containerPath));
  return { ...node, extraMounts: [...others, ...pair] };
}

// Without apiVersion, and with extraArgs as a map, the patch applies to kubeadm v1beta3 and v1beta4: kind
// converts it. kind silently ignores a patch for another version than the one that it generates.
function createIssuerPatch(request: Pick<ClusterRequest, 'issuerUrl' | 'jwksUrl'>): string {
  const extraArgs = {
    'service-account-issuer': request.issuerUrl,
    ...(request.jwksUrl !== undefined && { 'service-account-jwks-uri': request.jwksUrl }),
  };
  return stringify({ kind: 'ClusterConfiguration', apiServer: { extraArgs } }, { lineWidth: 0 });
}
