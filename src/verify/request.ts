import { openAzureEnvironment } from '../azure/index.ts';
import { connectAzure } from '../azure/sign-in/index.ts';
import { readEmbeddedCluster } from '../cluster/index.ts';
import { connectCluster } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { Context } from './context.ts';
import { gatherFacts } from './facts/index.ts';
import type { VerifyInputs } from './surroundings.ts';

/** Opens what the inputs name: the cloud, the cluster and the job's sign-in. Nothing is requested yet. */
export async function openContext(inputs: VerifyInputs, deps: Deps): Promise<Context> {
  const environment = await openAzureEnvironment(inputs.azureEnvironment);
  const cluster = await connectCluster(inputs, deps);
  const surroundings = {
    inputs,
    deps,
    environment,
    cluster,
    embedded: await readEmbeddedCluster(cluster.kubeconfigFile, inputs.context),
    azure: () => connectAzure(inputs, deps),
  };
  return { ...surroundings, facts: gatherFacts(surroundings) };
}

/** Returns what is being verified, by label: names and addresses only. */
export function describeSubject(inputs: VerifyInputs): Readonly<Record<string, string>> {
  return {
    'service account': `${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
    issuer: inputs.issuerUrl,
    'client ID': inputs.clientId,
    'tenant ID': inputs.tenantId,
    ...(inputs.keyVaultUrl !== undefined && { 'key vault': inputs.keyVaultUrl }),
    ...(inputs.secretName !== undefined && { secret: inputs.secretName }),
  };
}
