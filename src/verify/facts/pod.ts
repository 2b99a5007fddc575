import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import type { Context } from '../context.ts';
import { refusedAdmission } from '../diagnosis/admission.ts';

/** The workload's pod as it is sent to the API server: the blog's by default. */
export function workloadPod(context: Pick<Context, 'inputs'>, name: string): V1Pod {
  const { inputs } = context;
  const account = inputs.serviceAccount;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: account.namespace, labels: { ...inputs.podLabels } },
    spec: {
      serviceAccountName: account.name,
      restartPolicy: 'Never',
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      containers: [
        {
          name: 'workload',
          image: inputs.podImage,
          ...(inputs.podCommand.length > 0 && { command: [...inputs.podCommand] }),
          env: [
            ...(inputs.keyVaultUrl === undefined
              ? []
              : [{ name: 'KEYVAULT_URL', value: inputs.keyVaultUrl }]),
            ...(inputs.secretName === undefined ? [] : [{ name: 'SECRET_NAME', value: inputs.secretName }]),
          ],
        },
      ],
    },
  };
}

/** Name of the pod in dry runs. */
export const dryRunPodName = 'federation-verify';

/** Sends the workload's pod through admission without storing it. Throws BrokenLink where it is refused. */
export async function admitDryRun(context: Pick<Context, 'inputs' | 'cluster'>): Promise<V1Pod> {
  try {
    return await context.cluster.objects.create(workloadPod(context, dryRunPodName), undefined, 'All');
  } catch (error) {
    throw refusedAdmission(error, context.inputs.serviceAccount);
  }
}

/** A name that no other run uses. */
export function newPodName(): string {
  return `${dryRunPodName}-${randomBytes(4).toString('hex')}`;
}
