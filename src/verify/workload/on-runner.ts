import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkloadIdentityCredential } from '@azure/identity';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { findInjectedToken, findVariable, type InjectedVariable } from '../../webhook/index.ts';
import type { Passed } from '../check.ts';
import { diagnoseExchange } from '../diagnosis/exchange.ts';
import type { VaultContext } from '../diagnosis/vault.ts';
import { requestWorkloadToken } from '../facts/token.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { getIdentityOptions } from './exchange.ts';
import { describeInjectedValues } from './injected.ts';
import type { StoredPod } from './stored-pod.ts';
import { readSecret } from './vault.ts';

type RunnerContext = VaultContext & Pick<Surroundings, 'cluster'>;

/**
 * Does on this machine what the pod's container would do on a node, because an embedded cluster has no nodes.
 * Uses a token that is bound to the stored pod, of the audience and lifetime that its volume requests, and
 * exactly the variables that the webhook injected.
 */
export async function runOnRunner(context: RunnerContext, pod: StoredPod): Promise<Passed> {
  const { deps, environment, inputs } = context;
  const directory = await mkdtemp(join(deps.temporaryDirectory, 'federation-workload-'));
  try {
    const variables = readInjectedVariables(pod);
    const tokenFile = join(directory, variables.AZURE_FEDERATED_TOKEN_FILE);
    await projectToken(context, pod, tokenFile);
    const credential = new WorkloadIdentityCredential({
      ...getIdentityOptions(environment),
      clientId: variables.AZURE_CLIENT_ID,
      tenantId: variables.AZURE_TENANT_ID,
      tokenFilePath: tokenFile,
      authorityHost: variables.AZURE_AUTHORITY_HOST,
    });
    const { found, evidence } = await useCredential(context, credential);
    return {
      found: `${found}, on this runner`,
      evidence: [
        ['workload ran', 'on this runner: an embedded cluster has no nodes'],
        ['pod', `${inputs.serviceAccount.namespace}/${pod.metadata.name}`],
        ...describeInjectedValues(pod),
        ...(evidence ?? []),
      ],
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function useCredential(context: VaultContext, credential: WorkloadIdentityCredential): Promise<Passed> {
  const { deps, environment, inputs } = context;
  const { keyVaultUrl, secretName } = inputs;
  if (keyVaultUrl !== undefined && secretName !== undefined) {
    const { id } = await readSecret(context, credential, { keyVaultUrl, secretName });
    return {
      found: `exchanged the token of the pod and read the secret "${secretName}"`,
      evidence: [['secret', id]],
    };
  }
  try {
    const { token } = await credential.getToken(`${environment.resourceManagerAudience}/.default`);
    deps.log.mask(token);
    return { found: 'exchanged the token of the pod' };
  } catch (error) {
    throw await diagnoseExchange(context, error);
  }
}

function readInjectedVariables(pod: StoredPod): Readonly<Record<InjectedVariable, string>> {
  const [container] = pod.spec?.containers ?? [];
  const read = (variable: InjectedVariable) => {
    const value = container && findVariable(container, variable);
    if (value === undefined) throw new CheckFailedError('pod-variable-missing', { variable });
    return value;
  };
  return {
    AZURE_CLIENT_ID: read('AZURE_CLIENT_ID'),
    AZURE_TENANT_ID: read('AZURE_TENANT_ID'),
    AZURE_FEDERATED_TOKEN_FILE: read('AZURE_FEDERATED_TOKEN_FILE'),
    AZURE_AUTHORITY_HOST: read('AZURE_AUTHORITY_HOST'),
  };
}

// What a kubelet does for a projected volume.
async function projectToken(
  { cluster, deps, inputs }: RunnerContext,
  pod: StoredPod,
  file: string,
): Promise<void> {
  const injected = findInjectedToken(pod);
  if (injected === undefined) throw new CheckFailedError('pod-not-mutated', {});
  const { namespace, name: serviceAccount } = inputs.serviceAccount;
  const token = await requestWorkloadToken(
    cluster,
    {
      account: inputs.serviceAccount,
      audience: injected.audience ?? '',
      expirationSeconds: injected.expirationSeconds ?? 3600,
      pod: { name: pod.metadata.name, uid: pod.metadata.uid },
    },
    deps,
  );
  if (token === undefined)
    throw new CheckFailedError('service-account-missing', {
      serviceAccount: `${namespace}/${serviceAccount}`,
    });
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, token.raw, { mode: 0o600 });
  } catch (error) {
    const problem = errorMessage(error);
    throw new FederationError('temporary-directory-unwritable', { file, problem }, { cause: error });
  }
}
