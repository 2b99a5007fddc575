import type { CodeNeeding } from '../../errors/index.ts';
import { commonRules, subscriptionRules } from './common.ts';
import type { Rule } from './rule.ts';

/** The hints name the account and its resource group, so that their commands can be pasted. */
type StorageCode = CodeNeeding<'action' | 'answer' | 'account' | 'resourceGroup'>;

const inUse = { what: 'other operations on the storage account {account} to end' };
const unknownAccount = ['ResourceNotFound', 'ParentResourceNotFound', 'ENOTFOUND'];

/**
 * Refusals about one storage account, by Azure Resource Manager and by Azure Storage. `afterCreation` means that this run created
 * the account or the container: not every part of Resource Manager, nor DNS, knows it at once.
 */
export const storageRules: readonly Rule<StorageCode>[] = [
  {
    code: 'storage-role-missing',
    codes: ['AuthorizationPermissionMismatch', 'InsufficientAccountPermissions'],
    passes: { what: 'the role Storage Blob Data Contributor to take effect' },
  },
  {
    code: 'resource-manager-role-missing',
    codes: ['AuthorizationFailed'],
    passes: { what: 'the role on the resource group to take effect', seconds: 60 },
  },
  { code: 'storage-key-forbidden', codes: ['KeyBasedAuthenticationNotPermitted'] },
  { code: 'storage-sign-in-refused', codes: ['AuthenticationFailed', 'InvalidAuthenticationInfo'] },
  { code: 'storage-firewalled', codes: ['AuthorizationFailure'] },
  {
    code: 'public-access-forbidden',
    codes: ['PublicAccessNotPermitted'],
    afterCreation: true,
    passes: { what: 'public access to take effect', seconds: 60 },
  },
  { code: 'public-access-forbidden', codes: ['PublicAccessNotPermitted'] },
  { code: 'public-access-forbidden', codes: ['RequestDisallowedByPolicy'], message: /public|anonymous/i },
  ...subscriptionRules,
  {
    code: 'container-missing',
    codes: ['ContainerNotFound'],
    afterCreation: true,
    passes: { what: 'the new container to appear' },
  },
  { code: 'container-missing', codes: ['ContainerNotFound'] },
  {
    code: 'azure-busy',
    codes: ['ContainerBeingDeleted'],
    passes: { what: 'the deleted container of the same name to be gone' },
  },
  {
    code: 'azure-busy',
    codes: [
      'StorageAccountOperationInProgress',
      'AnotherOperationInProgress',
      'ConcurrentUpdateFailure',
      'StorageAccountIsNotProvisioned',
    ],
    passes: inUse,
  },
  {
    code: 'storage-account-name-taken',
    codes: ['StorageAccountAlreadyTaken', 'StorageAccountAlreadyExists'],
  },
  { code: 'resource-group-missing', codes: ['ResourceGroupNotFound'] },
  { code: 'subscription-missing', codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
  { code: 'location-invalid', codes: ['LocationNotAvailableForResourceType'] },
  {
    code: 'storage-account-missing',
    codes: unknownAccount,
    afterCreation: true,
    passes: { what: 'the new storage account {account} to be known everywhere', seconds: 120 },
  },
  { code: 'storage-account-missing', codes: unknownAccount },
  ...commonRules,
];
