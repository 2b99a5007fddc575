import {
  commonRules,
  conflictSeconds,
  credentialLimitRule,
  propagationSeconds,
  subscriptionRules,
} from './common.ts';
import type { Rule } from './rule.ts';

/** Refusals of Azure Resource Manager about managed identities, role assignments and what they refer to. */
export const resourceManagerRules: readonly Rule[] = [
  {
    code: 'concurrent-write',
    codes: ['ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity'],
    passes: { what: "another job's write to the same managed identity to finish", seconds: conflictSeconds },
  },
  { code: 'credential-pair-taken', message: /Issuer and subject combination already exists/ },
  credentialLimitRule,
  { code: 'region-without-federation', status: [405] },
  {
    code: 'principal-not-replicated',
    codes: ['PrincipalNotFound'],
    passes: {
      what: 'the new service principal to be known to Azure Resource Manager',
      seconds: propagationSeconds,
    },
  },
  { code: 'role-assignment-exists', codes: ['RoleAssignmentExists'] },
  { code: 'role-assignment-taken', codes: ['RoleAssignmentUpdateNotPermitted'] },
  ...subscriptionRules,
  { code: 'azure-role-missing', status: [403] },
  { code: 'resource-group-not-found', codes: ['ResourceGroupNotFound'] },
  { code: 'subscription-missing', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
  ...commonRules,
];
