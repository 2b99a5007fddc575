import type { Rule } from './rule.ts';

/** Seconds that the replicas of Entra ID and Azure Resource Manager may take to know something new. */
export const propagationSeconds = 180;
/** Seconds that a concurrent write may take. */
export const conflictSeconds = 180;
const throttlingSeconds = 300;
const outageSeconds = 90;

/** Refusals of Resource Manager that have nothing to do with the role of the job, although some are answered with 403. */
export const subscriptionRules: readonly Rule[] = [
  { code: 'provider-not-registered', codes: ['MissingSubscriptionRegistration'] },
  { code: 'region-closed', codes: ['RequestDisallowedByAzure'] },
  { code: 'azure-policy-denied', codes: ['RequestDisallowedByPolicy'] },
];

/** Refusals that every service of Azure words the same. They come last in the table of a service. */
export const commonRules: readonly Rule[] = [
  {
    code: 'azure-throttled',
    status: [429],
    passes: { what: 'the service to accept requests again (throttled)', seconds: throttlingSeconds },
  },
  {
    code: 'azure-untrusted',
    status: [0],
    codes: [
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  },
  {
    code: 'azure-unreachable',
    status: [0],
    passes: { what: 'the service to answer', seconds: outageSeconds },
  },
  {
    code: 'azure-unavailable',
    status: [408, 500, 502, 503, 504],
    passes: { what: 'the service to answer', seconds: outageSeconds },
  },
  { code: 'token-refused', status: [401] },
  {
    code: 'not-replicated',
    status: [404],
    afterCreation: true,
    passes: { what: 'the new object to be known everywhere', seconds: propagationSeconds },
  },
  { code: 'not-found', status: [404] },
];

/** Microsoft Graph and Azure Resource Manager word it differently, and not always the same. */
export const credentialLimitRule: Rule = {
  code: 'too-many-federated-credentials',
  status: [400],
  message:
    /(maximum|limit|exceed|more than|too many).*federated|federated.*(maximum|limit|exceed|more than|too many)/i,
};
