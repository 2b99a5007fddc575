import type { Refusal } from '../azure/refusals.ts';

/** The services whose refusals are known here. */
export type Service = 'Microsoft Graph' | 'Azure Resource Manager';

/** One known refusal: how it is recognised, whether it passes by itself, and what to change where it does not. */
export interface Rule {
  /** Stable code of the error that the action reports. */
  readonly code: string;
  readonly service?: Service;
  readonly status?: readonly number[];
  /** The service's own codes. */
  readonly codes?: readonly string[];
  readonly message?: RegExp;
  /** Set where waiting helps: what for, and for how many seconds at most. */
  readonly passes?: {
    readonly what: string;
    readonly seconds: number;
    /** Only for a request about something that was made a moment ago; otherwise it is what it says. */
    readonly onlyAfterCreation?: true;
  };
  /** Whose move it is; the service's where it is not the user's. */
  readonly fault?: 'user' | 'service';
  readonly hint?: string;
}

/** Seconds that Entra's and Resource Manager's replicas may take to know something new. */
export const propagationSeconds = 180;
const throttlingSeconds = 300;
const conflictSeconds = 180;
const outageSeconds = 90;

/** Every refusal of Graph and Resource Manager that this project knows; the first that fits decides. */
export const rules: readonly Rule[] = [
  {
    code: 'azure-throttled',
    status: [429],
    passes: { what: 'the service to take requests again (throttled)', seconds: throttlingSeconds },
    fault: 'service',
    hint: 'The tenant or the subscription gets more requests than it may. Run fewer jobs at once, or share one identity.',
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
    hint: 'The certificate of the service is not trusted here. With an emulator, caFile in azure-environment must name its CA; behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS for the job.',
  },
  {
    code: 'azure-unavailable',
    status: [0, 408, 500, 502, 503, 504],
    passes: { what: 'the service to answer', seconds: outageSeconds },
    fault: 'service',
    hint: 'See https://azure.status.microsoft, and whether the runner reaches the service at all.',
  },
  {
    code: 'token-refused',
    status: [401],
    hint: 'The token of the job was not accepted. Check azure-tenant-id and azure-environment, and sign in again if the session is old.',
  },
  {
    code: 'concurrent-write',
    service: 'Microsoft Graph',
    codes: ['Directory_ConcurrencyViolation'],
    passes: { what: 'a concurrent write in the tenant to finish', seconds: conflictSeconds },
    fault: 'service',
  },
  {
    code: 'concurrent-write',
    service: 'Azure Resource Manager',
    codes: ['ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity'],
    passes: { what: "another job's write to the same managed identity to finish", seconds: conflictSeconds },
    fault: 'service',
  },
  {
    code: 'application-permission-missing',
    service: 'Microsoft Graph',
    status: [403],
    hint: 'Give the identity that the job signs in with the Graph permission Application.ReadWrite.OwnedBy (applications that it made itself) or Application.ReadWrite.All, with admin consent. Without either: set plan: true and bicep-directory, and let an administrator deploy the Bicep file.',
  },
  {
    code: 'unique-name-taken',
    service: 'Microsoft Graph',
    message: /value for property uniqueName already exists/,
    hint: 'A deleted application keeps its name for 30 days. Set deleted-application: restore or purge, or choose another name.',
  },
  {
    code: 'identifier-uri-taken',
    service: 'Microsoft Graph',
    message: /value for property identifierUris already exists/,
    hint: 'Another application has this URI. Set identifier-uris to URIs of your own, or to none: federation does not need one.',
  },
  {
    code: 'identifier-uri-refused',
    service: 'Microsoft Graph',
    codes: ['HostNameNotOnVerifiedDomain'],
    hint: 'A policy of the tenant asks for a verified domain in the URI. Set identifier-uris to such a URI, or to none: federation does not need one.',
  },
  {
    code: 'not-replicated',
    service: 'Microsoft Graph',
    message: /does not reference a valid application object/,
    passes: { what: 'the new application to be known to all of Entra', seconds: propagationSeconds },
    fault: 'service',
  },
  {
    code: 'credential-issuer-forbidden',
    service: 'Microsoft Graph',
    codes: ['InvalidFederatedIdentityCredentialValue'],
    message: /not allowed|polic/i,
    hint: 'A policy of the tenant lists the issuers that applications may trust. Ask its administrator to add this issuer.',
  },
  {
    code: 'credential-pair-taken',
    service: 'Microsoft Graph',
    codes: ['InvalidFederatedIdentityCredentialValue'],
    message: /issuer and subject must be unique/,
  },
  {
    code: 'credential-pair-taken',
    service: 'Azure Resource Manager',
    message: /Issuer and subject combination already exists/,
  },
  {
    code: 'credential-name-taken',
    service: 'Microsoft Graph',
    codes: ['Request_MultipleObjectsWithSameKeyValue'],
  },
  {
    code: 'too-many-federated-credentials',
    status: [400],
    message:
      /(maximum|limit|exceed|more than|too many).*federated|federated.*(maximum|limit|exceed|more than|too many)/i,
    hint: 'An application or a managed identity holds 20 federated credentials. Set prune-credentials, spread the service accounts over several identities, or let workloads share one.',
  },
  {
    code: 'region-without-federation',
    service: 'Azure Resource Manager',
    status: [405],
    hint: 'Managed identities of this region cannot be federated. Set location to another region, or identity: application.',
  },
  {
    code: 'principal-not-replicated',
    service: 'Azure Resource Manager',
    codes: ['PrincipalNotFound'],
    passes: {
      what: 'the new service principal to be known to Azure Resource Manager',
      seconds: propagationSeconds,
    },
    fault: 'service',
  },
  { code: 'role-assignment-exists', service: 'Azure Resource Manager', codes: ['RoleAssignmentExists'] },
  {
    code: 'role-assignment-taken',
    service: 'Azure Resource Manager',
    codes: ['RoleAssignmentUpdateNotPermitted'],
    hint: 'An assignment of this name belongs to another principal. Remove it: az role assignment delete --ids <id>.',
  },
  {
    code: 'azure-role-missing',
    service: 'Azure Resource Manager',
    status: [403],
    hint: 'Give the identity that the job signs in with, at this scope or above: Managed Identity Contributor for managed identities, Role Based Access Control Administrator (or User Access Administrator) for role assignments, Reader for finding a key vault by name.',
  },
  {
    code: 'resource-group-not-found',
    codes: ['ResourceGroupNotFound'],
    hint: 'Create the resource group first, or correct resource-group and azure-subscription-id.',
  },
  {
    code: 'not-replicated',
    status: [404],
    passes: {
      what: 'what was just created to be known everywhere',
      seconds: propagationSeconds,
      onlyAfterCreation: true,
    },
    fault: 'service',
  },
  { code: 'not-found', status: [404] },
  { code: 'azure-refused' },
];

/** The first rule that fits. `afterCreation`: the request is about something that was made a moment ago. */
export function ruleFor(refusal: Refusal, service: Service, afterCreation: boolean): Rule {
  const fits = (rule: Rule) =>
    (rule.service === undefined || rule.service === service) &&
    (rule.status === undefined || rule.status.includes(refusal.status)) &&
    (rule.codes === undefined || rule.codes.includes(refusal.code)) &&
    (rule.message === undefined || rule.message.test(refusal.message)) &&
    (rule.passes?.onlyAfterCreation === undefined || afterCreation);
  return rules.find(fits) ?? { code: 'azure-refused' };
}
