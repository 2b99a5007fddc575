import type { BehaviourOptions } from './behaviour.ts';
import { faultsOfState } from './state-shape.ts';
import type { PublicAccess } from './storage/storage.ts';

/** The state file: what the emulated Azure holds when it starts. Every part that is left out is that of the default state. */
export interface State {
  readonly tenant: {
    readonly id: string;
    readonly domain: string;
    /** Issuers that a policy of the tenant allows in federated credentials. Absent: all. */
    readonly allowedIssuers?: readonly string[];
  };
  readonly subscription: { readonly id: string; readonly name: string };
  readonly resourceGroups: readonly { readonly name: string; readonly location: string }[];
  readonly vaults: readonly {
    readonly name: string;
    readonly resourceGroup: string;
    readonly secrets: Readonly<Record<string, string>>;
  }[];
  readonly storageAccounts: readonly SeededStorageAccount[];
  /** Names of storage accounts that other subscriptions hold. */
  readonly takenStorageAccountNames: readonly string[];
  /** Whether a policy denies storage accounts that allow public blob access. */
  readonly deniesPublicBlobAccess: boolean;
  readonly applications: readonly SeededApplication[];
  readonly roleAssignments: readonly SeededRoleAssignment[];
  /** Who the job is: the application that it signs in as, and the subject of its federated token. */
  readonly job: { readonly clientId: string; readonly subject: string };
  /** What the workflow is told to use; the storage account need not be there. */
  readonly hints: { readonly resourceGroup: string; readonly storageAccount: string; readonly vault: string };
  readonly behaviour: BehaviourOptions;
}

export interface SeededStorageAccount {
  readonly name: string;
  readonly resourceGroup: string;
  readonly allowBlobPublicAccess?: boolean;
  readonly allowSharedKeyAccess?: boolean;
  readonly containers?: readonly {
    readonly name: string;
    readonly publicAccess?: PublicAccess;
    /** Text by the blob's path. */
    readonly blobs?: Readonly<Record<string, string>>;
  }[];
}

export interface SeededApplication {
  readonly clientId: string;
  readonly displayName: string;
  readonly uniqueName?: string;
  /** False leaves it without an account in the tenant. */
  readonly servicePrincipal?: boolean;
  readonly principalId?: string;
  /** Application permissions of Microsoft Graph. */
  readonly permissions?: readonly string[];
  readonly federatedCredentials?: readonly {
    readonly name: string;
    /** `job` stands for the issuer of the job's own token. */
    readonly issuer: string;
    readonly subject: string;
    readonly audience?: string;
  }[];
}

export interface SeededRoleAssignment {
  /** Name or id of a built-in role. */
  readonly role: string;
  /** Client id of the application that holds it. */
  readonly clientId: string;
  /** A resource id below the subscription, such as `/resourceGroups/federation`; empty for the subscription itself. */
  readonly scope: string;
}

const deployer = 'a1d0c2e4-58f3-4b1c-9a77-3f0e6b9d2c15';
const jobSubject = 'repo:octo-org/octo-repo:ref:refs/heads/main';

/** The state without a state file: a tenant with a deployer, a vault with one secret, and a storage account's name that is free. */
export const defaultState: State = {
  tenant: { id: '6f2a8a0c-7c1d-4e0b-9b5e-2d4f1c3a9e80', domain: 'emulator.onmicrosoft.com' },
  subscription: { id: '0d4c1b7e-3a92-4f6d-8e15-b7c2a9f0d364', name: 'Emulated subscription' },
  resourceGroups: [{ name: 'federation', location: 'westeurope' }],
  vaults: [
    {
      name: 'federation-vault',
      resourceGroup: 'federation',
      secrets: { hellosecret: 'Hello from the vault!' },
    },
  ],
  storageAccounts: [],
  takenStorageAccountNames: [],
  deniesPublicBlobAccess: false,
  applications: [
    {
      clientId: deployer,
      displayName: 'Deployer',
      permissions: ['Application.ReadWrite.All'],
      federatedCredentials: [{ name: 'job', issuer: 'job', subject: jobSubject }],
    },
  ],
  roleAssignments: [
    { role: 'Owner', clientId: deployer, scope: '' },
    // Whoever owns a subscription may still not touch a blob.
    { role: 'Storage Blob Data Contributor', clientId: deployer, scope: '' },
  ],
  job: { clientId: deployer, subject: jobSubject },
  hints: { resourceGroup: 'federation', storageAccount: 'federationissuer', vault: 'federation-vault' },
  behaviour: {},
};

/** Makes a state of a parsed state file. Throws `Error` with everything that is wrong in it. */
export function stateFrom(file: unknown): State {
  const faults = faultsOfState(file);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const given = file as Partial<State>;
  return {
    ...defaultState,
    ...given,
    tenant: { ...defaultState.tenant, ...given.tenant },
    subscription: { ...defaultState.subscription, ...given.subscription },
    job: { ...defaultState.job, ...given.job },
    hints: { ...hintsFrom(given), ...given.hints },
  };
}

// Whoever brings groups or vaults of their own need not repeat the first one's name.
function hintsFrom({ resourceGroups, vaults, storageAccounts }: Partial<State>): State['hints'] {
  const { hints } = defaultState;
  return {
    resourceGroup: resourceGroups?.[0]?.name ?? hints.resourceGroup,
    vault: vaults?.[0]?.name ?? hints.vault,
    storageAccount: storageAccounts?.[0]?.name ?? hints.storageAccount,
  };
}
