import type { V1Pod, V1ServiceAccount } from '@kubernetes/client-node';
import {
  type InjectedThing,
  type MutationFault,
  mutationFaults,
  tokenExpirationAnnotation,
  useLabel,
} from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import type { Context } from '../context.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';
import { describeInjectedValues } from '../workload/injected.ts';

/** The workload's own pod comes out of admission with the right identity, tenant, authority and token. */
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
    const [fault] = mutationFaults(pod, expectedMutation(context, account));
    if (fault !== undefined) throw diagnose(fault, pod);
    return {
      found: 'the four variables, the volume and its mount, all with the right values',
      evidence: describeInjectedValues(pod),
    };
  },
};

/** What the webhook has to make of a pod of this service account. */
function expectedMutation(
  { inputs, environment }: Pick<Context, 'inputs' | 'environment'>,
  account: V1ServiceAccount,
) {
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

interface Advice {
  readonly code: string;
  readonly cause: string;
  readonly change: string;
}

const reinstall = (input: string) =>
  `Run install-webhook with the right ${input}, then create the pods anew.`;
const advice: Readonly<Record<Exclude<InjectedThing, 'volume'>, Advice>> = {
  AZURE_CLIENT_ID: {
    code: 'pod-client-id-differs',
    cause: 'the pod becomes another identity, or none',
    change:
      'Annotate the service account with the right client id, and let the pod not set AZURE_CLIENT_ID itself.',
  },
  AZURE_TENANT_ID: {
    code: 'webhook-tenant-differs',
    cause: 'the webhook sends pods to another tenant',
    change: reinstall('tenant-id'),
  },
  AZURE_AUTHORITY_HOST: {
    code: 'webhook-authority-differs',
    cause: "the webhook sends pods to another cloud's login",
    change: reinstall('azure-environment'),
  },
  AZURE_FEDERATED_TOKEN_FILE: {
    code: 'pod-token-file-differs',
    cause: 'the pod looks for its token in another place than the webhook puts it',
    change:
      'Let the pod not set AZURE_FEDERATED_TOKEN_FILE itself: the path has changed between versions of the webhook.',
  },
  audience: {
    code: 'webhook-audience-differs',
    cause: 'the token of the pod is made for another audience than the cloud expects',
    change: reinstall('azure-environment'),
  },
  lifetime: {
    code: 'token-lifetime-differs',
    cause: 'the token of the pod has another lifetime than the service account asks for',
    change:
      'See the annotation service-account-token-expiration on the pod: it wins over that of the service account.',
  },
  mount: {
    code: 'token-mount-wrong',
    cause: 'the token is not mounted into the container as the webhook does it',
    change: 'See the annotation azure.workload.identity/skip-containers, and what other webhooks change.',
  },
};

function diagnose(fault: MutationFault, pod: V1Pod): CheckFailedError {
  if (fault.what === 'volume') return notMutated(pod);
  const { code, cause, change } = advice[fault.what];
  const found = fault.found ?? '';
  return new CheckFailedError({
    code,
    cause: `${cause}: ${fault.found === undefined ? 'it is missing' : describeDifference(found, fault.expected)}`,
    change,
    comparison: [
      { label: `${fault.where} is`, value: found },
      { label: 'should be', value: fault.expected },
    ],
  });
}

function notMutated(pod: V1Pod): CheckFailedError {
  const label = pod.metadata?.labels?.[useLabel];
  if (label === undefined) {
    return new CheckFailedError({
      code: 'pod-label-missing',
      cause: `the pod lacks the label ${useLabel}: the webhook never sees it`,
      change: `Add to the pod, or to the template of its Deployment:\n  metadata:\n    labels:\n      ${useLabel}: "true"\nOn the service account the label does nothing.`,
    });
  }
  if (label !== 'true') {
    return new CheckFailedError({
      code: 'pod-label-differs',
      cause: `the label ${useLabel} has another value than "true": ${describeDifference(label, 'true')}`,
      change: `Set it to "true", in quotation marks.`,
      comparison: [
        { label: useLabel, value: label },
        { label: 'should be', value: 'true' },
      ],
    });
  }
  return new CheckFailedError({
    code: 'pod-not-mutated',
    cause: 'the pod carries the label and was admitted, but the webhook put nothing into it',
    change: 'Run install-webhook again, and see whether another webhook takes the volume out.',
  });
}
