import { commonRules, conflictSeconds, credentialLimitRule, propagationSeconds } from './common.ts';
import type { Rule } from './rule.ts';

/** Refusals of Microsoft Graph. */
export const graphRules: readonly Rule[] = [
  {
    code: 'concurrent-write',
    codes: ['Directory_ConcurrencyViolation'],
    passes: { what: 'a concurrent write in the tenant to finish', seconds: conflictSeconds },
  },
  { code: 'application-permission-missing', status: [403] },
  { code: 'unique-name-taken', message: /value for property uniqueName already exists/ },
  { code: 'identifier-uri-taken', message: /value for property identifierUris already exists/ },
  { code: 'identifier-uri-format-refused', message: /must comply with the format 'api:\/\/\{appId\}'/ },
  { code: 'identifier-uri-not-unique', codes: ['InvalidUniqueTenantIdentifierAsPerAppPolicy'] },
  { code: 'identifier-uri-refused', codes: ['HostNameNotOnVerifiedDomain'] },
  {
    code: 'not-replicated',
    message: /does not reference a valid application object/,
    passes: { what: 'the new application to be known everywhere in Entra ID', seconds: propagationSeconds },
  },
  {
    code: 'credential-issuer-forbidden',
    codes: ['InvalidFederatedIdentityCredentialValue'],
    message: /not allowed|polic/i,
  },
  {
    code: 'credential-pair-taken',
    codes: ['InvalidFederatedIdentityCredentialValue'],
    message: /issuer and subject must be unique/,
  },
  { code: 'credential-name-taken', codes: ['Request_MultipleObjectsWithSameKeyValue'] },
  credentialLimitRule,
  ...commonRules,
];
