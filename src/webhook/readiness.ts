import type { V1Pod } from '@kubernetes/client-node';
import { apply, type Cluster, clusterErrorMessage } from '../kubernetes/index.ts';
import type { WebhookAuthority } from './authority.ts';
import { clientIdAnnotation, systemLabels, systemNamespace, useLabel } from './contract.ts';
import { findMutationFaults, type MutationFault } from './mutation.ts';

// Annotated with an identity that cannot exist: the webhook has to read the account, and the account grants no access.
const probeAccount = { namespace: systemNamespace, name: 'webhook-readiness' };
const probeClientId = '00000000-0000-0000-0000-000000000000';

/** Creates the service account of the probe pod, in the namespace of the webhook. */
export async function ensureProbeAccount(cluster: Cluster): Promise<void> {
  await apply(cluster, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...probeAccount,
      labels: systemLabels,
      annotations: { [clientIdAnnotation]: probeClientId },
    },
    automountServiceAccountToken: false,
  });
}

/**
 * Creates a labeled pod as a dry run, which calls the webhook and stores nothing. Returns what the webhook did not inject, or why
 * the API server rejected the pod; undefined if all values are correct.
 */
export async function findMissingMutation(
  cluster: Cluster,
  expected: { readonly tenantId: string; readonly authority: WebhookAuthority },
): Promise<string | undefined> {
  let pod: V1Pod;
  try {
    pod = await createProbePod(cluster);
  } catch (error) {
    return clusterErrorMessage(error);
  }
  const faults = findMutationFaults(pod, {
    variables: {
      AZURE_CLIENT_ID: probeClientId,
      AZURE_TENANT_ID: expected.tenantId,
      AZURE_AUTHORITY_HOST: expected.authority.authorityHost,
    },
    audience: expected.authority.audience,
    expirationSeconds: 3600,
  });
  return faults.length === 0 ? undefined : faults.map(describeFault).join('; ');
}

/** Returns whether the API server rejects labeled pods because it cannot call the webhook. */
export async function rejectsLabeledPods(cluster: Cluster): Promise<boolean> {
  try {
    await createProbePod(cluster);
    return false;
  } catch (error) {
    return /failed calling webhook/.test(clusterErrorMessage(error));
  }
}

/** `container "probe": AZURE_TENANT_ID: expected "a", found "b"`. */
export function describeFault({ where, expected, found }: MutationFault): string {
  return found === undefined
    ? `${where}: missing, expected ${expected}`
    : `${where}: expected "${expected}", found "${found}"`;
}

function createProbePod(cluster: Cluster): Promise<V1Pod> {
  return cluster.objects.create(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'webhook-readiness',
        namespace: probeAccount.namespace,
        labels: { [useLabel]: 'true' },
      },
      spec: {
        serviceAccountName: probeAccount.name,
        containers: [
          {
            name: 'probe',
            image: 'never-pulled',
            // The namespace admits restricted pods only.
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
        ],
      },
    } as V1Pod,
    undefined,
    'All',
  );
}
