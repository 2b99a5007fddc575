import type { V1Pod, V1ServiceAccount } from '@kubernetes/client-node';
import type { CodeNeeding } from '../../errors/index.ts';
import {
  type ExpectedMutation,
  findMutationFaults,
  type InjectedThing,
  type MutationFault,
  tokenExpirationAnnotation,
  useLabel,
} from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';
import type { Surroundings } from '../surroundings.ts';
import { describeInjectedValues } from '../workload/injected.ts';

/** The workload's own pod leaves admission with the right identity, tenant, authority and token. */
export const podMutated: Check = {
  id: 'pod-mutated',
  title: 'Mutated pod',
  reliesOn: ['webhook-ready', 'service-account'],
  lookedAt: ({ inputs }) =>
    `the pod of ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name} by dry run`,
  run: async (context) => {
    const { facts } = context;
    const account = await facts.serviceAccount();
    if (account === undefined) return { skipped: 'the service account of the pod does not exist' };
    const pod = await facts.admittedPod();
    const [fault] = findMutationFaults(pod, getExpectedMutation(context, account));
    if (fault !== undefined) throw diagnose(fault, pod);
    return {
      found: 'the four variables, the volume and its mount, all with the right values',
      evidence: describeInjectedValues(pod),
    };
  },
};

/** Returns what the webhook has to inject into a pod of this service account. */
function getExpectedMutation(
  { environment, inputs }: Pick<Surroundings, 'environment' | 'inputs'>,
  account: V1ServiceAccount,
): ExpectedMutation {
  const lifetime = account.metadata?.annotations?.[tokenExpirationAnnotation];
  return {
    variables: {
      AZURE_CLIENT_ID: inputs.clientId,
      AZURE_TENANT_ID: inputs.tenantId,
      AZURE_AUTHORITY_HOST: `${environment.authority}/`,
    },
    audience: environment.tokenExchangeAudience,
    expirationSeconds: lifetime === undefined ? 3600 : Number(lifetime),
  };
}

const codes: Readonly<Record<Exclude<InjectedThing, 'volume'>, CodeNeeding<'difference'>>> = {
  AZURE_CLIENT_ID: 'pod-client-id-differs',
  AZURE_TENANT_ID: 'webhook-tenant-differs',
  AZURE_AUTHORITY_HOST: 'webhook-authority-differs',
  AZURE_FEDERATED_TOKEN_FILE: 'pod-token-file-differs',
  audience: 'webhook-audience-differs',
  lifetime: 'token-lifetime-differs',
  mount: 'token-mount-wrong',
};

function diagnose({ what, where, expected, found }: MutationFault, pod: V1Pod): CheckFailedError {
  if (what === 'volume') return diagnoseUnmutated(pod);
  return new CheckFailedError(
    codes[what],
    { difference: found === undefined ? 'it is missing' : describeDifference(found, expected) },
    {
      comparison: [
        { label: where, value: found ?? '' },
        { label: 'expected', value: expected },
      ],
    },
  );
}

function diagnoseUnmutated(pod: V1Pod): CheckFailedError {
  const label = pod.metadata?.labels?.[useLabel];
  if (label === undefined) return new CheckFailedError('pod-label-missing', {});
  if (label === 'true') return new CheckFailedError('pod-not-mutated', {});
  return new CheckFailedError(
    'pod-label-differs',
    { difference: describeDifference(label, 'true') },
    {
      comparison: [
        { label: useLabel, value: label },
        { label: 'expected', value: 'true' },
      ],
    },
  );
}
