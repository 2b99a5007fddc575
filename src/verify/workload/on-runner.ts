import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkloadIdentityCredential } from '@azure/identity';
import type { V1Container } from '@kubernetes/client-node';
import { errorMessage, FederationError } from '../../errors/index.ts';
import type { InjectedVariable } from '../../webhook/index.ts';
import { findInjectedToken, findVariable } from '../../webhook/index.ts';
import type { Passed } from '../check.ts';
import { diagnoseExchange } from '../diagnosis/exchange.ts';
import type { VaultContext } from '../diagnosis/vault.ts';
import { requestWorkloadToken } from '../facts/token.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { createWorkloadOptions } from './exchange.ts';
import { describeInjectedValues } from './injected.ts';
import type { StoredPod } from './stored-pod.ts';
import { readSecret } from './vault.ts';

/**
 * Does on this machine what the pod's container would do on a node, since an embedded cluster has none: a token bound to the stored pod, of the
 * audience and lifetime that its volume asks for, and exactly the variables that the webhook put into it. Nothing else reaches the exchange.
 */
export async function runOnRunner(
  context: VaultContext & Pick<Surroundings, 'cluster'>,
  pod: StoredPod,
): Promise<Passed> {
  const { deps, environment, inputs } = context;
  const directory = await mkdtemp(join(deps.temporaryDirectory, 'federation-workload-'));
  try {
    const variables = injectedInto(pod);
    const tokenFile = join(directory, variables.AZURE_FEDERATED_TOKEN_FILE);
    await projectToken(context, pod, tokenFile);
    const credential = new WorkloadIdentityCredential({
      ...createWorkloadOptions(environment),
      clientId: variables.AZURE_CLIENT_ID,
      tenantId: variables.AZURE_TENANT_ID,
      tokenFilePath: tokenFile,
      authorityHost: variables.AZURE_AUTHORITY_HOST,
    });
    const { keyVaultUrl, secretName } = inputs;
    const ran = ['workload ran', 'on this runner: an embedded cluster has no nodes'] as const;
    const evidence = [ran, ['pod', `${inputs.serviceAccount.namespace}/${pod.metadata.name}`] as const];
    if (keyVaultUrl === undefined || secretName === undefined) {
      const token = await credential
        .getToken(`${environment.resourceManagerAudience}/.default`)
        .catch(async (error: unknown) => {
          throw await diagnoseExchange(context, error);
        });
      deps.log.mask(token.token);
      return {
        found: "the pod's token was exchanged",
        evidence: [...evidence, ...describeInjectedValues(pod)],
      };
    }
    const secret = await readSecret(context, credential, { keyVaultUrl, secretName });
    return {
      found: `the pod's token was exchanged and the secret "${secretName}" read, on this runner`,
      evidence: [...evidence, ...describeInjectedValues(pod), ['secret', secret.id]],
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function injectedInto(pod: StoredPod): Readonly<Record<InjectedVariable, string>> {
  const [container] = pod.spec?.containers ?? [];
  const value = (name: InjectedVariable) => (container && required(container, name)) ?? '';
  return {
    AZURE_CLIENT_ID: value('AZURE_CLIENT_ID'),
    AZURE_TENANT_ID: value('AZURE_TENANT_ID'),
    AZURE_FEDERATED_TOKEN_FILE: value('AZURE_FEDERATED_TOKEN_FILE'),
    AZURE_AUTHORITY_HOST: value('AZURE_AUTHORITY_HOST'),
  };
}

function required(container: V1Container, name: InjectedVariable): string {
  const value = findVariable(container, name);
  if (value === undefined) {
    throw new CheckFailedError({
      code: 'pod-variable-missing',
      cause: `the stored pod lacks the variable ${name}, so that a workload in it could not sign in`,
      change: 'See the check pod-mutated, which says why.',
    });
  }
  return value;
}

// What a kubelet does for a projected volume.
async function projectToken(
  { cluster, deps, inputs }: Pick<Surroundings, 'cluster' | 'deps' | 'inputs'>,
  pod: StoredPod,
  file: string,
): Promise<void> {
  const injected = findInjectedToken(pod);
  const token =
    injected &&
    (await requestWorkloadToken(
      cluster,
      {
        account: inputs.serviceAccount,
        audience: injected.audience ?? '',
        expirationSeconds: injected.expirationSeconds ?? 3600,
        pod: { name: pod.metadata.name, uid: pod.metadata.uid },
      },
      deps,
    ));
  if (token === undefined) {
    throw new CheckFailedError({
      code: 'pod-not-mutated',
      cause: 'the stored pod has no projected token, or no token could be made for it',
      change: 'See the check pod-mutated, which says why.',
    });
  }
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, token.raw, { mode: 0o600 });
  } catch (error) {
    throw new FederationError(`failed to write the token of the pod: ${errorMessage(error)}`, {
      code: 'temporary-directory-unwritable',
      cause: error,
    });
  }
}
