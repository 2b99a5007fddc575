import { type ArmContext, armError } from './request.ts';
import type { StorageAccount } from './resources.ts';

const type = 'Microsoft.Storage/storageAccounts';

/**
 * Reads the settings of an account from a body; missing ones keep their value. Rejects settings that a policy
 * denies.
 */
export function readSettings(
  { azure }: ArmContext,
  properties: Record<string, unknown>,
  old: StorageAccount | undefined,
): Pick<StorageAccount, 'allowBlobPublicAccess' | 'allowSharedKeyAccess' | 'minimumTlsVersion'> {
  const flag = (name: string, otherwise: boolean) =>
    typeof properties[name] === 'boolean' ? properties[name] : otherwise;
  const allowBlobPublicAccess = flag('allowBlobPublicAccess', old?.allowBlobPublicAccess ?? false);
  if (allowBlobPublicAccess && azure.resources.deniesPublicBlobAccess) {
    throw armError(
      403,
      'RequestDisallowedByPolicy',
      'Resource was disallowed by policy. Policy identifiers: \'[{"policyAssignment":{"name":"Storage account public access should be disallowed"}}]\'.',
    );
  }
  const { minimumTlsVersion } = properties;
  return {
    allowBlobPublicAccess,
    allowSharedKeyAccess: flag('allowSharedKeyAccess', old?.allowSharedKeyAccess ?? true),
    minimumTlsVersion:
      typeof minimumTlsVersion === 'string' ? minimumTlsVersion : (old?.minimumTlsVersion ?? 'TLS1_0'),
  };
}

/** Reads the name of the SKU in a body. */
export function readSku(body: Record<string, unknown>): string | undefined {
  const { sku } = body as { sku?: { name?: unknown } };
  return typeof sku?.name === 'string' ? sku.name : undefined;
}

/** Returns whether Azure accepts a name for a storage account. */
export function isAccountName(name: string): boolean {
  return /^[a-z0-9]{3,24}$/.test(name);
}

/** Returns Azure's message for an invalid name. */
export function describeInvalidName(name: string): string {
  return `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`;
}

/** Returns Azure's message for a name that is taken. */
export function describeTakenName(name: string): string {
  return `The storage account named ${name} is already taken.`;
}

/** Renders an account as Resource Manager does. */
export function renderAccount({ azure }: ArmContext, account: StorageAccount) {
  const isReady = azure.clock.now() >= account.readyAt;
  return {
    id: azure.resources.getResourceId(type, account),
    name: account.name,
    type,
    location: account.location,
    kind: account.kind,
    sku: { name: account.sku, tier: account.sku.split('_')[0] },
    tags: account.tags,
    properties: {
      provisioningState: isReady ? 'Succeeded' : 'Creating',
      creationTime: new Date(account.createdAt * 1000).toISOString(),
      statusOfPrimary: 'available',
      primaryLocation: account.location,
      primaryEndpoints: {
        blob: `${azure.urls.blob}/${account.name}/`,
        web: `${account.website}/`,
      },
      allowBlobPublicAccess: account.allowBlobPublicAccess,
      allowSharedKeyAccess: account.allowSharedKeyAccess,
      minimumTlsVersion: account.minimumTlsVersion,
      supportsHttpsTrafficOnly: true,
    },
  };
}
