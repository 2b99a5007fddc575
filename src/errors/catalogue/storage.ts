import { defineErrors } from './entry.ts';

/** Answers about the storage account, container or static website that holds the documents of an issuer. */
export const storageErrors = defineErrors({
  'storage-role-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Assign the role to the identity that the job signs in with:\n  az role assignment create --role "Storage Blob Data Contributor" --assignee CLIENT_ID --scope $(az storage account show --name {account} --query id -o tsv)\nIf it was assigned a few minutes ago, set `propagation-timeout: 10m`.',
    means:
      'The job may not write blobs. Owner and Contributor do not include this permission. A new role assignment can take ten minutes to take effect.',
    sees: ['HTTP 403 AuthorizationPermissionMismatch', 'HTTP 403 InsufficientAccountPermissions'],
  },
  'storage-key-forbidden': {
    message: 'failed to {action}: {answer}',
    hint: 'Remove `storage-account-key` and `storage-connection-string`, so that the job signs in to Entra ID instead.',
    means: 'Shared key access is disabled on this storage account, which is the recommended setting.',
    sees: ['HTTP 403 KeyBasedAuthenticationNotPermitted'],
  },
  'storage-sign-in-refused': {
    message: 'failed to {action}: {answer}',
    hint: 'Check `storage-account-key`, or that `azure-tenant-id` is the tenant of the storage account.',
    means: 'The account key is wrong, or the job signed in to another tenant.',
    sees: ['AuthenticationFailed', 'InvalidAuthenticationInfo'],
  },
  'public-access-forbidden': {
    message: 'failed to {action}: {answer}',
    hint: 'Use a static website, which stays public:\n  storage: azure-static-website\nor allow public containers on the storage account:\n  az storage account update --name ACCOUNT --allow-blob-public-access true',
    means: 'The storage account, or a policy above it, forbids public containers.',
    sees: ['HTTP 409 PublicAccessNotPermitted', 'RequestDisallowedByPolicy'],
  },
  'storage-firewalled': {
    message: 'failed to {action}: {answer}',
    hint: 'Open the storage account to all networks:\n  az storage account update --name {account} --default-action Allow --public-network-access Enabled',
    means:
      'The firewall of the storage account blocks this runner, and Entra ID as well. Entra ID reads the documents from the internet.',
    sees: ['AuthorizationFailure'],
  },
  'storage-account-name-taken': {
    message: 'failed to {action}: {answer}',
    hint: 'Choose another `storage-account`. If the account is yours, set `resource-group` to the resource group that contains it.',
    means: 'Names of storage accounts are unique in the whole cloud.',
    sees: ['StorageAccountAlreadyTaken', 'StorageAccountAlreadyExists'],
  },
  'storage-account-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Check the spelling of `storage-account` and `resource-group`. To create the account, set `resource-group` and `create-storage-account: true`.',
    means: 'The storage account does not exist, or it is in another resource group.',
    sees: ['ResourceNotFound', 'getaddrinfo ENOTFOUND ACCOUNT.blob…'],
  },
  'container-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `resource-group`, so that the action creates the container, or create the container with the public access level `blob`.',
    means: 'The container does not exist, and without `resource-group` the action does not create it.',
    sees: ['ContainerNotFound'],
  },
  'container-private': {
    message: 'failed to make the container {container} public: it contains other blobs, such as "{blob}"',
    hint: 'Use a separate `container` for the issuer, or make this one public yourself if everyone may read all of its blobs.',
    means: 'Public access would expose the other blobs of the container.',
  },
  'resource-manager-role-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Assign the role to the identity that the job signs in with:\n  az role assignment create --role "Storage Account Contributor" --assignee CLIENT_ID --resource-group {resourceGroup}\nIf the account and the container already exist, remove `resource-group` instead.',
    means: 'The job may not manage storage accounts.',
    sees: ['AuthorizationFailed'],
  },
  'resource-group-missing': {
    message: 'failed to {action}: {answer}',
    hint: 'Correct `resource-group`, or create the resource group:\n  az group create --name {resourceGroup} --location swedencentral',
    means: 'The resource group is misspelled, or does not exist yet.',
    sees: ['ResourceGroupNotFound'],
  },
  'location-invalid': {
    message: 'failed to {action}: {answer}',
    hint: 'Set `location` to a region of this cloud, for example, `swedencentral`.',
    means: 'The cloud has no such region, or the region does not offer storage accounts.',
    sees: ['LocationNotAvailableForResourceType'],
  },
  'location-missing': {
    message: 'failed to read the region of the resource group {resourceGroup}: {problem}',
    hint: 'Set `location` to the region of the new resource, for example, `swedencentral`.',
    means: 'The job may not read the resource group, and `location` is not set.',
  },
  'static-website-unsupported': {
    message:
      'failed to find the static website of the storage account {account}: the account does not support one',
    hint: 'Choose another `storage-account`. Only accounts of the kinds StorageV2 and BlockBlobStorage support static websites.',
  },
});
