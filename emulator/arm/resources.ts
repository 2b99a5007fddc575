import type { CredentialOwner } from '../entra/directory.ts';

/** A resource in a resource group. */
export interface Resource {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ResourceGroup {
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A version of a secret. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType: string | undefined;
  readonly enabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Seconds since the epoch. */
  readonly created: number;
}

export interface Vault extends Resource {
  /** Versions by the name of the secret, newest last. */
  readonly secrets: Map<string, readonly SecretVersion[]>;
}

export interface StorageAccount extends Resource {
  readonly sku: string;
  readonly kind: string;
  readonly allowBlobPublicAccess: boolean;
  readonly allowSharedKeyAccess: boolean;
  readonly minimumTlsVersion: string;
  /** The two account keys, base64. */
  readonly keys: readonly [string, string];
  /** `https://host:port` of the static website. */
  readonly website: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  /** The account is being created until then. */
  readonly readyAt: number;
}

export interface ManagedIdentity extends Resource, CredentialOwner {
  readonly principalId: string;
}

export interface RoleAssignment {
  readonly name: string;
  readonly scope: string;
  /** GUID of the role. */
  readonly roleId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  readonly removedAt?: number;
}

/** The resources of the subscription. Names are not case-sensitive. */
export class Resources {
  readonly subscriptionId: string;
  readonly groups: ResourceGroup[] = [];
  readonly vaults: Vault[] = [];
  readonly storageAccounts: StorageAccount[] = [];
  /** Names of accounts that are being created. */
  readonly accountsInCreation = new Set<string>();
  readonly identities: ManagedIdentity[] = [];
  roleAssignments: readonly RoleAssignment[] = [];
  /** Names of storage accounts in other subscriptions: names are globally unique. */
  readonly takenAccountNames: ReadonlySet<string>;
  /** Whether a policy denies storage accounts with public blob access. */
  readonly deniesPublicBlobAccess: boolean;

  constructor(options: {
    readonly subscriptionId: string;
    readonly takenAccountNames: readonly string[];
    readonly deniesPublicBlobAccess: boolean;
  }) {
    this.subscriptionId = options.subscriptionId;
    this.takenAccountNames = new Set(options.takenAccountNames);
    this.deniesPublicBlobAccess = options.deniesPublicBlobAccess;
  }

  /** Returns `/subscriptions/…/resourceGroups/…/providers/…`. */
  getResourceId(
    type: ResourceType,
    { name, resourceGroup }: Pick<Resource, 'name' | 'resourceGroup'>,
  ): string {
    return `${this.getGroupId(resourceGroup)}/providers/${type}/${name}`;
  }

  getGroupId(name: string): string {
    return `/subscriptions/${this.subscriptionId}/resourceGroups/${name}`;
  }
}

export type ResourceType =
  | 'Microsoft.KeyVault/vaults'
  | 'Microsoft.Storage/storageAccounts'
  | 'Microsoft.ManagedIdentity/userAssignedIdentities';
