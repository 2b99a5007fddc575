/** A built-in role, with the permissions that the emulated services check. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
}

const vaultSecrets = 'Microsoft.KeyVault/vaults/secrets';
const containers = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const blobs = `${containers}/blobs`;
const delegation = 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action';
const authorizationWrites = [
  'Microsoft.Authorization/*/write',
  'Microsoft.Authorization/*/delete',
  'Microsoft.Authorization/elevateAccess/action',
];

function role(
  id: string,
  name: string,
  permissions: Partial<Pick<Role, 'actions' | 'notActions' | 'dataActions'>>,
): Role {
  return { id, name, actions: [], notActions: [], dataActions: [], ...permissions };
}

/** The built-in roles of the emulator, with the IDs of Azure. */
export const roles: readonly Role[] = [
  role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', { actions: ['*'] }),
  role('b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor', {
    actions: ['*'],
    notActions: authorizationWrites,
  }),
  role('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', { actions: ['*/read'] }),
  role('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', {
    actions: ['*/read', 'Microsoft.Authorization/*'],
  }),
  role('f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator', {
    actions: [
      '*/read',
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
    ],
  }),
  role('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', {
    actions: [
      'Microsoft.Authorization/*/read',
      'Microsoft.Storage/storageAccounts/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
    ],
  }),
  role('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59', 'Managed Identity Contributor', {
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/*',
      'Microsoft.Authorization/*/read',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
    ],
  }),
  role('f1a07417-d97a-45cb-824c-7a7467783830', 'Managed Identity Operator', {
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
    ],
  }),
  role('00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator', {
    actions: ['Microsoft.KeyVault/*/read', 'Microsoft.Authorization/*/read'],
    dataActions: ['Microsoft.KeyVault/vaults/*'],
  }),
  role('b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'Key Vault Secrets Officer', {
    actions: ['Microsoft.KeyVault/*/read', 'Microsoft.Authorization/*/read'],
    dataActions: [`${vaultSecrets}/*`],
  }),
  role('4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User', {
    dataActions: [`${vaultSecrets}/getSecret/action`, `${vaultSecrets}/readMetadata/action`],
  }),
  role('21090545-7ca7-4776-b22c-e363652d74d2', 'Key Vault Reader', {
    actions: ['Microsoft.KeyVault/*/read', 'Microsoft.Authorization/*/read'],
    dataActions: ['Microsoft.KeyVault/vaults/*/read', `${vaultSecrets}/readMetadata/action`],
  }),
  role('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner', {
    actions: [`${containers}/*`, delegation],
    dataActions: [`${blobs}/*`],
  }),
  role('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', {
    actions: [`${containers}/read`, `${containers}/write`, `${containers}/delete`, delegation],
    dataActions: [
      `${blobs}/read`,
      `${blobs}/write`,
      `${blobs}/add/action`,
      `${blobs}/move/action`,
      `${blobs}/delete`,
    ],
  }),
  role('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader', {
    actions: [`${containers}/read`, delegation],
    dataActions: [`${blobs}/read`],
  }),
];

/** Finds a role by its ID, the path of its definition, or its name. */
export function findRole(idPathOrName: string): Role | undefined {
  const last = idPathOrName.split('/').at(-1)?.toLowerCase();
  return roles.find(({ id, name }) => id === last || name.toLowerCase() === last);
}
