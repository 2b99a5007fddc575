import { clientIdAnnotation, tenantIdAnnotation, tokenExpirationAnnotation } from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

/** The service account exists and names the identity that its pods become. */
export const serviceAccount: Check = {
  id: 'service-account',
  title: 'Service account',
  reliesOn: [],
  lookedAt: ({ inputs }) =>
    `service account ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
  run: async ({ inputs, facts }) => {
    const { namespace, name } = inputs.serviceAccount;
    const account = await facts.serviceAccount();
    if (account === undefined) {
      throw new CheckFailedError({
        code: 'service-account-missing',
        cause: `the service account ${namespace}/${name} does not exist`,
        change: 'Let federate-app make it (service-accounts), or correct the input service-account.',
      });
    }
    const annotations = account.metadata?.annotations ?? {};
    const clientId = annotations[clientIdAnnotation];
    if (clientId === undefined || clientId === '') {
      throw new CheckFailedError({
        code: 'client-id-annotation-missing',
        cause: `the service account lacks the annotation ${clientIdAnnotation}: its pods get no AZURE_CLIENT_ID, and nobody says so`,
        change: `kubectl --namespace ${namespace} annotate serviceaccount ${name} ${clientIdAnnotation}=${inputs.clientId}\nThen create its pods anew.`,
      });
    }
    compare('client-id', clientIdAnnotation, clientId, inputs.clientId);
    const tenantId = annotations[tenantIdAnnotation];
    if (tenantId !== undefined) compare('tenant-id', tenantIdAnnotation, tenantId, inputs.tenantId);
    refuseLifetime(annotations[tokenExpirationAnnotation]);
    return {
      found: `annotated with client id ${clientId}`,
      evidence: [
        [clientIdAnnotation, clientId],
        ...(tenantId === undefined ? [] : [[tenantIdAnnotation, tenantId] as const]),
      ],
    };
  },
};

function compare(
  input: 'client-id' | 'tenant-id',
  annotation: string,
  found: string,
  expected: string,
): void {
  if (found === expected) return;
  throw new CheckFailedError({
    code: `${input}-annotation-differs`,
    cause: `the service account names another ${input.replace('-', ' ')}: ${describeDifference(found, expected)}`,
    change: `Set the annotation to ${expected}, by federate-app or by hand, and create the pods anew.`,
    comparison: [
      { label: annotation, value: found },
      { label: input, value: expected },
    ],
  });
}

function refuseLifetime(seconds: string | undefined): void {
  if (seconds === undefined) return;
  const number = /^\d+$/.test(seconds) ? Number(seconds) : Number.NaN;
  if (number >= 3600 && number <= 86400) return;
  throw new CheckFailedError({
    code: 'token-expiration-invalid',
    cause: `the annotation ${tokenExpirationAnnotation} is "${seconds}": the webhook will refuse the pods`,
    change: 'Set it to a number from 3600 to 86400, or remove it.',
  });
}
