import { defineErrors } from './entry.ts';

/** Errors about applications, managed identities, federated credentials, role assignments and service accounts. */
export const identityErrors = defineErrors({
  'application-permission-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Grant a Microsoft Graph permission with admin consent to the identity that the job signs in with. Application.ReadWrite.OwnedBy covers applications that it creates, Application.ReadWrite.All covers all. Without these permissions, set `plan: true` and `bicep-directory`, and let an administrator deploy the Bicep files.',
    means:
      'The job may not write this application. With Application.ReadWrite.OwnedBy it may only write applications that it owns.',
    sees: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation'],
  },
  'application-deleted': {
    message: 'failed to {action}: a deleted application still holds this name',
    hint: 'Set `deleted-application: restore` to restore it with its client ID, or `deleted-application: purge` to delete it permanently. You can also choose another `name`.',
    means: 'Entra ID keeps deleted applications and their names for 30 days.',
  },
  'unique-name-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `deleted-application: restore` or `deleted-application: purge`, or choose another `name`.',
    means: 'Another application holds this name. A deleted application holds its name for 30 days.',
    sees: ['value for property uniqueName already exists'],
  },
  'identifier-uri-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `identifier-uris` to other URIs or remove the input. Federation does not need an identifier URI.',
    means: 'Another application has this identifier URI.',
    sees: ['value for property identifierUris already exists'],
  },
  'identifier-uri-refused': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `identifier-uris` to a URI with a verified domain of the tenant or remove the input. Federation does not need an identifier URI.',
    means: 'An identifier URI that begins with https:// requires a verified domain of the tenant.',
    sees: ['HostNameNotOnVerifiedDomain'],
  },
  'identifier-uri-not-unique': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `identifier-uris` to `api://<tenant ID>/<name>` or remove the input. Federation does not need an identifier URI.',
    means:
      'A policy of the tenant requires the tenant ID, the client ID or a verified domain in new identifier URIs. Microsoft turned it on in most tenants in 2025.',
    sees: ['InvalidUniqueTenantIdentifierAsPerAppPolicy', 'identifier-uri-addition-error'],
  },
  'identifier-uri-format-refused': {
    message: 'failed to {action}: {answer}',
    hint: 'Remove `identifier-uris`, because federation does not need an identifier URI. After the application exists, you can set the input to `api://<client ID>`.',
    means:
      'A strict policy of the tenant accepts only `api://<client ID>` and `api://<tenant ID>/<client ID>` as new identifier URIs.',
    sees: ["must comply with the format 'api://{appId}' or 'api://{tenantId}/{appId}'"],
  },
  'application-not-found': {
    message: 'failed to find the application {clientId}: it does not exist in this tenant',
    hint: 'Check `client-id`, and that `azure-tenant-id` is the tenant in which the application is registered.',
  },
  'managed-identity-not-found': {
    message:
      'failed to find the managed identity {clientId}: none of the {count} managed identities in subscription {subscription} has this client ID',
    hint: 'Check `client-id` and `azure-subscription-id`, and that the job has the role Reader on the managed identity.',
  },
  'too-many-federated-credentials': {
    message: 'failed to {action}: {answer}',
    hint: 'Spread the service accounts over several identities: run the action once per 20 service accounts, each time with another `name`. You can also let several workloads share one service account, or set `prune-credentials: any-issuer` to delete unused credentials that this action created.',
    means:
      'An application or a managed identity holds at most 20 federated credentials. Nothing was changed if the action noticed it while it planned.',
    sees: ['exceeds the maximum of 20', 'too many federated credentials'],
  },
  'credential-issuer-forbidden': {
    message: 'failed to {action}: {answer}',
    hint: 'Ask the administrator of the tenant to add this issuer to the policy.',
    means: 'A policy of the tenant lists the issuers that applications may trust.',
    sees: ['InvalidFederatedIdentityCredentialValue … not allowed'],
  },
  'credential-pair-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Delete the other federated credential with this issuer and subject, then run the job again.',
    means:
      'Another federated credential of the identity has the same issuer and subject, and the action could not use it instead.',
    sees: [
      'The combination of issuer and subject must be unique',
      'Issuer and subject combination already exists',
    ],
  },
  'credential-name-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again. If the error stays, delete the federated credential of this name.',
    means: 'Another job created a federated credential of the same name at the same moment.',
    sees: ['Request_MultipleObjectsWithSameKeyValue'],
  },
  'region-without-federation': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `location` to another region, or `identity: application`.',
    means: 'This region does not support federated credentials of managed identities.',
    sees: ['HTTP 405 MethodNotAllowed'],
  },
  'concurrent-write': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again. A `concurrency` group in the workflow prevents concurrent runs.',
    means: 'Several jobs write to the same object at the same time. The action waited for three minutes.',
    sees: [
      'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity',
      'Directory_ConcurrencyViolation',
    ],
  },
  'principal-not-replicated': {
    fault: 'service',
    message: 'failed to {action}: {answer}',
    hint: 'Run the job again. Completed changes are kept.',
    means:
      'Azure Resource Manager does not know the new service principal yet. The action waited for three minutes.',
    sees: ['PrincipalNotFound'],
  },
  'azure-role-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Assign a role at this scope or above to the identity that the job signs in with. Managed identities require Managed Identity Contributor. Role assignments require Role Based Access Control Administrator or User Access Administrator. Finding a key vault by name or URL requires Reader.',
    means:
      'The job may not manage identities or assign roles at this scope. The role Contributor does not include assigning roles.',
    sees: ['AuthorizationFailed', 'Microsoft.Authorization/roleAssignments/write'],
  },
  'role-not-found': {
    message: 'failed to find the role "{role}" at {scope}: it does not exist',
    hint: 'Correct `role-assignments`. List the names of all roles with:\n  az role definition list --query "[].roleName"\nYou can also write the GUID of the role.',
  },
  'role-assignment-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Delete the role assignment:\n  az role assignment delete --ids ID',
    means: 'A role assignment of this name belongs to another principal.',
    sees: ['RoleAssignmentUpdateNotPermitted'],
  },
  'role-assignment-exists': {
    message: 'failed to {action}: {answer}',
    hint: 'You do not have to change anything.',
    means:
      'Another job assigned the role in the meantime. The action treats this as success, so no run ends with this error.',
    sees: ['RoleAssignmentExists'],
  },
  'key-vault-not-found': {
    message: 'failed to find the key vault "{vault}" in subscription {subscription}: found {found}',
    hint: 'Set `key-vault` to the resource ID of the key vault. You can also assign the role Reader on the subscription to the identity that the job signs in with.',
  },
  'key-vault-without-roles': {
    message:
      'failed to assign a role on the key vault "{vault}": it uses access policies, which ignore roles',
    hint: 'Enable role-based access control. This disables the existing access policies:\n  az keyvault update --name {vault} --enable-rbac-authorization true',
  },
  'resource-group-not-found': {
    message: 'failed to {action}: {answer}',
    hint: 'Create the resource group, or correct `resource-group` and `azure-subscription-id`.',
    means: 'The resource group is misspelled, does not exist yet, or belongs to another subscription.',
    sees: ['ResourceGroupNotFound'],
  },
  'cluster-refused': {
    message: 'failed to {action}: {answer}',
    hint: 'Check `kubeconfig` and `context`. With `annotate: false`, this action does not need a cluster.',
    means: 'The cluster rejected the request or did not answer.',
  },
  'bicep-needs-name': {
    message: 'failed to write the Bicep files: `client-id` does not say how to declare the identity',
    hint: 'Set `name` instead of `client-id`.',
    means: 'Bicep files declare an identity by its name.',
  },
  'bicep-not-written': {
    message: 'failed to write the Bicep files to {directory}: {problem}',
    hint: 'Set `bicep-directory` to a directory that the job may write to.',
  },
  'bicep-scope-unsupported': {
    message: 'failed to write the role assignment at {scope} as Bicep: the scope is not supported',
    hint: 'Remove the line from `role-assignments`, and assign the role with:\n  az role assignment create\nSupported are subscriptions, resource groups, key vaults and storage accounts.',
  },
  'federated-credential-missing': {
    message: 'the {owner} has no federated credentials',
    hint: 'List the service account in `service-accounts` of federate-app, which creates the credential.',
  },
  'credential-issuer-differs': {
    message:
      'no federated credential of the {owner} matches the token: the closest one, "{credential}", has a different issuer: {difference}',
    hint: 'Run federate-app, which updates the credential, or edit the credential. The issuer must be exactly {expected}',
    means: 'Entra ID compares byte by byte. Most often, a slash at the end is missing.',
  },
  'credential-subject-differs': {
    message:
      'no federated credential of the {owner} matches the token: the closest one, "{credential}", has a different subject: {difference}',
    hint: 'Run federate-app, which updates the credential, or edit the credential. The subject must be exactly {expected}',
  },
  'credential-audience-differs': {
    message:
      'no federated credential of the {owner} matches the token: the closest one, "{credential}", has a different audience: {difference}',
    hint: 'Run federate-app, which updates the credential, or edit the credential. The audience must be exactly {expected}',
    means: 'Each cloud has its own audience.',
  },
});
