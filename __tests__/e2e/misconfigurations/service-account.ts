import type { Misconfiguration } from './world.ts';

/** The annotation that names the identity. */
export const clientId = 'azure.workload.identity/client-id';
const tenantId = 'azure.workload.identity/tenant-id';
const expiration = 'azure.workload.identity/service-account-token-expiration';

/** The action that corrects the service account and the credential. */
export const repair = /federate-app/;

/** A client ID or tenant ID that does not exist. */
export const unknownId = '11111111-2222-4333-8444-555555555555';

/** Misconfigurations of the annotations. */
export const annotationRows: readonly Misconfiguration[] = [
  {
    what: 'the service account has no annotation',
    how: (world) => world.annotate({ [clientId]: undefined }),
    at: 'service-account',
    code: 'client-id-annotation-missing',
    advice: /kubectl .* annotate serviceaccount phcloudbrewapp azure.workload.identity\/client-id=/,
  },
  {
    what: 'the annotation is empty, as after a lookup that failed',
    how: (world) => world.annotate({ [clientId]: '' }),
    at: 'service-account',
    code: 'client-id-annotation-missing',
    advice: /annotate serviceaccount/,
  },
  {
    what: 'the annotation names the client ID of another identity',
    how: (world) => world.annotate({ [clientId]: unknownId }),
    at: 'service-account',
    code: 'client-id-annotation-differs',
    advice: repair,
  },
  {
    what: 'the annotation has a line break after the client ID',
    how: (world) => world.annotate({ [clientId]: `${world.chain.inputs['client-id']}\n` }),
    at: 'service-account',
    code: 'client-id-annotation-differs',
    advice: /federate-app, or set the annotation/,
  },
  {
    what: 'the annotation has the client ID in uppercase',
    how: (world) => world.annotate({ [clientId]: world.chain.inputs['client-id']?.toUpperCase() }),
    at: 'service-account',
    code: 'client-id-annotation-differs',
    advice: repair,
  },
  {
    what: 'the annotation names another tenant',
    how: (world) => world.annotate({ [tenantId]: unknownId }),
    at: 'service-account',
    code: 'tenant-id-annotation-differs',
    advice: repair,
  },
  {
    what: 'the annotation requests a token of ten minutes',
    how: (world) => world.annotate({ [expiration]: '600' }),
    at: 'service-account',
    code: 'token-expiration-invalid',
    advice: /3600 to 86400/,
  },
  {
    what: 'the annotation requests a token of "1h"',
    how: (world) => world.annotate({ [expiration]: '1h' }),
    at: 'service-account',
    code: 'token-expiration-invalid',
    advice: /number/,
  },
];

/** The tenant that the webhook injects if the service account does not name one. */
export const tenantRow: Misconfiguration = {
  what: 'the webhook was installed for another tenant, and the service account does not name one',
  how: async (world) => {
    await world.annotate({ [tenantId]: undefined });
    return { 'tenant-id': unknownId };
  },
  at: 'pod-mutated',
  code: 'webhook-tenant-differs',
  advice: /install-webhook with the right `tenant-id`/,
};
