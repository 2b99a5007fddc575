/** A version of a REST API that requests or Bicep files name. */
export interface ApiVersion {
  readonly version: string;
  /** The announced day of retirement, `YYYY-MM-DD`; absent if none is announced. */
  readonly retires?: string;
}

/**
 * Every version of an API that this project names itself, by resource type. The official clients choose their own.
 * Source of retirements: the "What's new" page of each service. All versions of Key Vault's control plane before 2026-02-01
 * retire on 2027-02-27.
 */
export const apiVersions = {
  'Key Vault secrets': { version: '7.4' },
  'Microsoft.Authorization/roleAssignments': { version: '2022-04-01' },
  'Microsoft.KeyVault/vaults': { version: '2026-02-01' },
  'Microsoft.ManagedIdentity/userAssignedIdentities': { version: '2024-11-30' },
  'Microsoft.Resources/resourceGroups': { version: '2021-04-01' },
  'Microsoft.Storage/storageAccounts': { version: '2023-05-01' },
} as const satisfies Readonly<Record<string, ApiVersion>>;

type ResourceType = Extract<keyof typeof apiVersions, `Microsoft.${string}`>;

/**
 * Returns a resource type with its version, as Bicep writes it: `Microsoft.KeyVault/vaults@2026-02-01`. A `child` has the version
 * of its parent.
 */
export function formatResourceType(type: ResourceType, child?: string): string {
  return `${child === undefined ? type : `${type}/${child}`}@${apiVersions[type].version}`;
}
