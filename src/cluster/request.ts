import { join } from 'node:path';
import { FederationError } from '../errors/index.ts';
import { documentUrl } from '../issuer/index.ts';
import { type Deps, type InputsOf, workFolder } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import type { ClusterRequest, ProviderName } from './provider.ts';
import { readSigningKey } from './signing-key.ts';

type Inputs = InputsOf<typeof definition>;

/**
 * Returns the cluster that the inputs describe, with its keys read. Throws FederationError before anything is
 * changed.
 */
export async function readRequest(
  inputs: Inputs,
  deps: Pick<Deps, 'log' | 'temporaryDirectory'>,
): Promise<ClusterRequest> {
  const provider = inputs.clusterProvider;
  const isStarted = provider !== 'existing';
  if (isStarted && inputs.privateKeyFile === undefined) {
    const problems = `input \`private-key-file\` is missing: set it to the output \`private-key-file\` of generate-keys, because ${provider} signs with this key`;
    throw new FederationError('invalid-input', { problems });
  }
  warnAboutUnusedInputs(inputs, deps);
  const { driver, containerRuntime, cpus, memory, addons } = inputs;
  const privateKeyFile = isStarted ? inputs.privateKeyFile : undefined;
  return {
    provider,
    name: inputs.clusterName,
    directory: join(workFolder(deps), `${provider}-${inputs.clusterName}`),
    issuerUrl: inputs.issuerUrl,
    jwksUrl: inputs.jwksUrl ?? (isStarted ? documentUrl(inputs.issuerUrl, 'jwks') : undefined),
    key: await readSigningKey(inputs.publicKeyFile, privateKeyFile, deps.log),
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

// Not an error, because a matrix of providers shares one `with:` block.
function warnAboutUnusedInputs(inputs: Inputs, { log }: Pick<Deps, 'log'>): void {
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
    if (value === undefined || providers.includes(inputs.clusterProvider)) continue;
    log.warning(
      `Ignoring input \`${name}\`: it applies to ${providers.join(' and ')}, not to ${inputs.clusterProvider}`,
    );
  }
}
