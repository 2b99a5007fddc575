import type { V1Pod } from '@kubernetes/client-node';
import { apply, type Cluster, clusterErrorMessage } from '../kubernetes/index.ts';
import type { WebhookAuthority } from './authority.ts';
import { clientIdAnnotation, systemLabels, systemNamespace, useLabel } from './contract.ts';
import { type MutationFault, mutationFaults } from './mutation.ts';

// Annotated with an identity that cannot exist: the webhook must show that it reads the account, and nobody can ever use it.
const probeAccount = { namespace: systemNamespace, name: 'webhook-readiness' };
const probeClientId = '00000000-0000-0000-0000-000000000000';

/** Makes the service account that the readiness proof uses, in the webhook's namespace. */
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
 * Whether the API server reaches the webhook and it injects what it should: a labelled pod goes through admission as a dry run, which runs
 * the webhook and stores nothing. Undefined once all values are right, before that what is still missing.
 */
export async function findMissingMutation(
  cluster: Cluster,
  expected: { readonly tenantId: string; readonly authority: WebhookAuthority },
): Promise<string | undefined> {
  let pod: V1Pod;
  try {
    pod = await cluster.objects.create(probePod(), undefined, 'All');
  } catch (error) {
    return clusterErrorMessage(error);
  }
  const faults = mutationFaults(pod, {
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

/** Whether the API server turns labelled pods away because it cannot get the webhook's word on them. */
export async function refusesLabelledPods(cluster: Cluster): Promise<boolean> {
  try {
    await cluster.objects.create(probePod(), undefined, 'All');
    return false;
  } catch (error) {
    return /failed calling webhook/.test(clusterErrorMessage(error));
  }
}

/** `container "probe": AZURE_TENANT_ID is "a" and should be "b"`. */
export function describeFault({ where, expected, found }: MutationFault): string {
  return found === undefined
    ? `${where} is missing, should be ${expected}`
    : `${where} is "${found}" and should be "${expected}"`;
}

function probePod(): V1Pod {
  return {
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
  };
}
