import { clientIdAnnotation, tenantIdAnnotation, tokenExpirationAnnotation } from '../../webhook/index.ts';
import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

/** The service account exists and names the identity of its pods. */
export const serviceAccount: Check = {
  id: 'service-account',
  title: 'Service account',
  reliesOn: [],
  lookedAt: ({ inputs }) =>
    `service account ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
  run: async ({ inputs, facts }) => {
    const { namespace, name } = inputs.serviceAccount;
    const account = await facts.serviceAccount();
    if (account === undefined)
      throw new CheckFailedError('service-account-missing', { serviceAccount: `${namespace}/${name}` });
    const annotations = account.metadata?.annotations ?? {};
    const clientId = annotations[clientIdAnnotation];
    if (clientId === undefined || clientId === '')
      throw new CheckFailedError('client-id-annotation-missing', {
        namespace,
        name,
        clientId: inputs.clientId,
      });
    compare('client-id', clientIdAnnotation, clientId, inputs.clientId);
    const tenantId = annotations[tenantIdAnnotation];
    if (tenantId !== undefined) compare('tenant-id', tenantIdAnnotation, tenantId, inputs.tenantId);
    checkLifetime(annotations[tokenExpirationAnnotation]);
    return {
      found: `annotated with client ID ${clientId}`,
      evidence: [
        [clientIdAnnotation, clientId],
        ...(tenantId === undefined ? [] : [[tenantIdAnnotation, tenantId] as const]),
      ],
    };
  },
};

const differences = {
  'client-id': 'client-id-annotation-differs',
  'tenant-id': 'tenant-id-annotation-differs',
} as const;

function compare(input: keyof typeof differences, annotation: string, found: string, expected: string): void {
  if (found === expected) return;
  throw new CheckFailedError(
    differences[input],
    { difference: describeDifference(found, expected), expected },
    {
      comparison: [
        { label: annotation, value: found },
        { label: input, value: expected },
      ],
    },
  );
}

function checkLifetime(seconds: string | undefined): void {
  if (seconds === undefined) return;
  const number = /^\d+$/.test(seconds) ? Number(seconds) : Number.NaN;
  if (number >= 3600 && number <= 86400) return;
  throw new CheckFailedError(
    'token-expiration-invalid',
    {},
    { answer: `${tokenExpirationAnnotation}: "${seconds}"` },
  );
}
