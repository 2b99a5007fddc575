import { join } from 'node:path';
import { FederationError } from '../errors/index.ts';
import { documentUrl } from '../issuer/index.ts';
import { type Deps, type InputsOf, workFolder } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import type { ClusterRequest, ProviderName } from './provider.ts';
import { readSigningKey } from './signing-key.ts';

type Inputs = InputsOf<typeof definition>;

/** What the inputs ask for, with the keys read. Throws FederationError before anything is changed. */
export async function requestOf(inputs: Inputs, deps: Deps): Promise<ClusterRequest> {
  const provider = inputs.clusterProvider;
  const signs = provider !== 'existing';
  if (signs && inputs.privateKeyFile === undefined) {
    throw new FederationError(
      `failed to read the inputs: input "private-key-file" is missing, ${provider} signs with it`,
      {
        code: 'invalid-input',
        hint: 'private-key-file: the output private-key-file of generate-keys. Nothing was changed.',
      },
    );
  }
  warnOfUnused(inputs, deps);
  const { driver, containerRuntime, cpus, memory, addons } = inputs;
  return {
    provider,
    name: inputs.clusterName,
    directory: join(workFolder(deps), `${provider}-${inputs.clusterName}`),
    issuerUrl: inputs.issuerUrl,
    jwksUrl: inputs.jwksUrl ?? (signs ? documentUrl(inputs.issuerUrl, 'jwks') : undefined),
    key: await readSigningKey(inputs.publicKeyFile, signs ? inputs.privateKeyFile : undefined, deps.log),
    kubernetesVersion: inputs.kubernetesVersion,
    arguments: inputs.arguments,
    toolVersion: inputs.toolVersion,
    programsDirectory: inputs.programsDirectory,
    machine: { driver, containerRuntime, cpus, memory, addons },
    nodeImage: inputs.nodeImage,
    kindConfig: inputs.kindConfig,
    kubeconfig: inputs.kubeconfig,
    context: inputs.context,
  };
}

// A matrix of providers shares one `with:` block, so this is no error.
function warnOfUnused(inputs: Inputs, deps: Pick<Deps, 'log'>): void {
  const given: Readonly<Record<string, readonly [unknown, ...ProviderName[]]>> = {
    driver: [inputs.driver, 'minikube'],
    'container-runtime': [inputs.containerRuntime, 'minikube'],
    cpus: [inputs.cpus, 'minikube'],
    memory: [inputs.memory, 'minikube'],
    addons: [inputs.addons[0], 'minikube'],
    'node-image': [inputs.nodeImage, 'kind'],
    'kind-config': [inputs.kindConfig, 'kind'],
    'programs-directory': [inputs.programsDirectory, 'embedded'],
    'tool-version': [inputs.toolVersion, 'minikube', 'kind'],
  };
  for (const [name, [value, ...providers]] of Object.entries(given)) {
    if (value !== undefined && !providers.includes(inputs.clusterProvider))
      deps.log.warning(
        `input ${name} is only for ${providers.join(' and ')}: ${inputs.clusterProvider} does not use it`,
      );
  }
}
