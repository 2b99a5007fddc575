import type { CredentialOwner } from '../entra/directory.ts';

/** What every resource of a resource group has. */
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

/** One secret's versions, newest last. */
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
  /** Until then the account is being created. */
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

/** What the resource manager keeps. Names are looked up without regard to case. */
export class Resources {
  readonly subscriptionId: string;
  readonly groups: ResourceGroup[] = [];
  readonly vaults: Vault[] = [];
  readonly storageAccounts: StorageAccount[] = [];
  /** Names of accounts whose creation is on its way. */
  readonly accountsInCreation = new Set<string>();
  readonly identities: ManagedIdentity[] = [];
  roleAssignments: readonly RoleAssignment[] = [];
  /** Names of storage accounts that somebody else has: they are unique in the world. */
  readonly takenAccountNames: ReadonlySet<string>;
  /** A policy of the subscription that denies storage accounts with public blob access. */
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

  /** `/subscriptions/…/resourceGroups/…/providers/…` */
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

/** An item by its name, whatever its case. */
export function findByName<T extends { readonly name: string }>(
  items: readonly T[],
  name: string,
): T | undefined {
  return items.find((item) => item.name.toLowerCase() === name.toLowerCase());
}

/** A resource by its group and name. */
export function findInGroup<T extends Resource>(
  items: readonly T[],
  group: string,
  name: string,
): T | undefined {
  return items.find(
    (item) =>
      item.name.toLowerCase() === name.toLowerCase() &&
      item.resourceGroup.toLowerCase() === group.toLowerCase(),
  );
}

/** Puts an item in the place of the one with its name, or at the end. */
export function replace<T extends { readonly name: string }>(items: T[], old: T | undefined, item: T): void {
  const index = old === undefined ? -1 : items.indexOf(old);
  if (index === -1) items.push(item);
  else items[index] = item;
}
