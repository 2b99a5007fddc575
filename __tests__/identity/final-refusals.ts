import {
  armError,
  type Case,
  graphError,
  writeApplication,
  writeCredential,
  writeIdentity,
  writeIdentityCredential,
  writeRole,
} from './passing-refusals.ts';

/** Permanent refusals. */
export const final: readonly Case[] = [
  {
    name: 'no permission in Graph',
    fault: {
      ...writeApplication,
      status: 403,
      body: graphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    },
    code: 'application-permission-missing',
    hint: /Application\.ReadWrite\.OwnedBy/,
  },
  {
    name: 'a token that Graph does not accept',
    fault: {
      ...writeApplication,
      status: 401,
      body: graphError('InvalidAuthenticationToken', 'Access token is empty.'),
    },
    code: 'token-refused',
    hint: /azure-tenant-id/,
  },
  {
    name: 'a URI that another application has',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        'Another object with the same value for property identifierUris already exists.',
      ),
    },
    code: 'identifier-uri-taken',
    hint: /identifier-uris/,
  },
  {
    name: 'a URI that the tenant forbids',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'HostNameNotOnVerifiedDomain',
        'Values of identifierUris property must use a verified domain.',
      ),
    },
    code: 'identifier-uri-refused',
    hint: /identifier-uris/,
  },
  {
    name: 'a URI without the tenant ID, which most tenants forbid',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'InvalidUniqueTenantIdentifierAsPerAppPolicy',
        "Failed to add identifier URI 'api://name'. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error.",
      ),
    },
    code: 'identifier-uri-not-unique',
    hint: /api:\/\/<tenant ID>\/<name>/,
  },
  {
    name: 'a URI in a format that a strict tenant forbids',
    fault: {
      ...writeApplication,
      status: 400,
      body: graphError(
        'InvalidUniqueTenantIdentifierAsPerAppPolicy',
        "The newly added URI 'api://name' must comply with the format 'api://{appId}' or 'api://{tenantId}/{appId}' as per the default app management policy of your organization.",
      ),
    },
    code: 'identifier-uri-format-refused',
    hint: /Remove `identifier-uris`/,
  },
  {
    name: 'a URI that the tenant forbids, as only the details say',
    fault: {
      ...writeApplication,
      status: 400,
      body: {
        error: {
          ...graphError('Request_BadRequest', 'One or more properties contain invalid values.').error,
          details: [
            { code: 'HostNameNotOnVerifiedDomain', message: 'identifierUris must use a verified domain.' },
          ],
        },
      },
    },
    code: 'identifier-uri-refused',
    hint: /identifier-uris/,
  },
  {
    name: 'a provider that the subscription has never used',
    fault: {
      ...writeIdentity,
      status: 409,
      body: armError(
        'MissingSubscriptionRegistration',
        "The subscription is not registered to use namespace 'Microsoft.ManagedIdentity'.",
      ),
    },
    code: 'provider-not-registered',
    hint: /az provider register/,
  },
  {
    name: 'a region that is closed for the subscription',
    fault: {
      ...writeIdentity,
      status: 403,
      body: armError('RequestDisallowedByAzure', "Resource 'x' was disallowed by Azure."),
    },
    code: 'region-closed',
    hint: /another region/,
  },
  {
    name: 'a policy of the subscription',
    fault: {
      ...writeIdentity,
      status: 403,
      body: armError('RequestDisallowedByPolicy', "Resource 'x' was disallowed by policy."),
    },
    code: 'azure-policy-denied',
    hint: /policy that the message names/,
  },
  {
    name: 'an issuer that the tenant forbids',
    fault: {
      ...writeCredential,
      status: 400,
      body: graphError(
        'InvalidFederatedIdentityCredentialValue',
        "The issuer 'x' is not allowed by the assigned policy.",
      ),
    },
    code: 'credential-issuer-forbidden',
    hint: /administrator/,
  },
  {
    name: 'a 21st credential that another job wrote first',
    fault: {
      ...writeCredential,
      status: 400,
      body: graphError(
        'Request_BadRequest',
        'The number of federated identity credentials exceeds the maximum of 20.',
      ),
    },
    code: 'too-many-federated-credentials',
    hint: /prune-credentials/,
  },
  {
    name: 'an unknown refusal of Graph',
    fault: { ...writeCredential, status: 400, body: graphError('Request_BadRequest', 'Something new.') },
    code: 'azure-refused',
  },
  {
    name: 'no permission to assign roles',
    fault: {
      ...writeRole,
      status: 403,
      body: armError(
        'AuthorizationFailed',
        "The client 'x' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/write'.",
      ),
    },
    code: 'azure-role-missing',
    hint: /Role Based Access Control Administrator/,
  },
  {
    name: 'an assignment name that belongs to another principal',
    fault: {
      ...writeRole,
      status: 400,
      body: armError(
        'RoleAssignmentUpdateNotPermitted',
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      ),
    },
    code: 'role-assignment-taken',
    hint: /az role assignment delete/,
  },
  {
    name: 'a region without federation',
    fault: {
      ...writeIdentityCredential,
      status: 405,
      body: armError('MethodNotAllowed', 'Federated identity credentials are not supported in this region.'),
    },
    code: 'region-without-federation',
    hint: /location/,
  },
  {
    name: 'a resource group that does not exist',
    fault: {
      ...writeIdentity,
      status: 404,
      body: armError('ResourceGroupNotFound', "Resource group 'x' could not be found."),
    },
    code: 'resource-group-not-found',
    hint: /resource-group/,
  },
  {
    name: 'a credential that Resource Manager finds wrong',
    fault: {
      ...writeIdentityCredential,
      status: 400,
      body: armError('BadRequest', 'Federated identity credential must have exactly one audience.'),
    },
    code: 'azure-refused',
  },
];
