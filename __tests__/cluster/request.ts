import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClusterRequest, ProviderName } from '../../src/cluster/provider.ts';
import type { Workshop } from '../support/workshop.ts';

/** A cluster as inputs with nothing but the necessary ask for it, with a pair of its own. */
export function requestFor(
  shop: Workshop,
  provider: ProviderName,
  name: string,
  given: Partial<ClusterRequest> = {},
): ClusterRequest {
  const { privateKeyFile, publicKeyFile } = shop.keyPair(name);
  return {
    provider,
    name,
    directory: shop.path('clusters', name),
    issuerUrl: `https://example.org/${name}/`,
    jwksUrl: `https://example.org/${name}/openid/v1/jwks`,
    key: {
      privateKeyFile,
      publicKeyFile,
      publicKey: createPublicKey(readFileSync(publicKeyFile)),
      keyId: 'kid',
    },
    kubernetesVersion: undefined,
    arguments: [],
    toolVersion: undefined,
    programsDirectory: undefined,
    machine: {
      driver: undefined,
      containerRuntime: undefined,
      cpus: undefined,
      memory: undefined,
      addons: [],
    },
    nodeImage: undefined,
    kindConfig: undefined,
    kubeconfig: undefined,
    context: undefined,
    ...given,
  };
}
