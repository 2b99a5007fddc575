import type { Fault } from '../../errors/index.ts';

/** A request that Azure refused or did not answer, the same for Resource Manager and Storage. */
export interface Refusal {
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** Azure's error code, or Node's for a failed connection. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** What a refusal means here: our stable code, what to change, and whether it passes by itself. */
export interface Rule {
  readonly code: string;
  readonly fault?: Fault;
  readonly hint: string;
  readonly passes?: { readonly what: string; readonly seconds?: number };
}

/** What the call is about, for hints that can be pasted. */
export interface Subject {
  readonly account: string;
  readonly resourceGroup: string | undefined;
  /** The account was made by this run, so that names and rights may still be spreading. */
  readonly isNew: boolean;
}

/** The rule for a refusal. Anything unknown is reported as it came, and not retried. */
export function ruleFor(refusal: Refusal, subject: Subject): Rule {
  return rules[refusal.code]?.(subject) ?? ruleForStatus(refusal.status);
}

type RuleOf = (subject: Subject) => Rule;

const roleMissing: RuleOf = ({ account }) => ({
  code: 'storage-role-missing',
  hint: `The job needs the role Storage Blob Data Contributor, also as Owner of the account:\n  az role assignment create --role "Storage Blob Data Contributor" --assignee CLIENT_ID --scope $(az storage account show --name ${account} --query id -o tsv)\nWhere it was assigned minutes ago, set propagation-timeout: 10m.`,
  passes: { what: 'the role Storage Blob Data Contributor to take effect' },
});

const managerRoleMissing: RuleOf = ({ resourceGroup = 'GROUP' }) => ({
  code: 'resource-manager-role-missing',
  hint: `The job needs the role Storage Account Contributor on the resource group, or leave resource-group out where account and container are there:\n  az role assignment create --role "Storage Account Contributor" --assignee CLIENT_ID --resource-group ${resourceGroup}`,
  passes: { what: 'the role on the resource group to take effect', seconds: 60 },
});

const keysOff: RuleOf = () => ({
  code: 'storage-key-forbidden',
  hint: 'Shared keys are switched off on this account, as they should be. Leave storage-account-key and storage-connection-string out.',
});

const credentialsRefused: RuleOf = () => ({
  code: 'storage-sign-in-refused',
  hint: 'The account refuses the credentials. Check storage-account-key, or that the job signs in to the tenant of the account.',
});

const firewalled: RuleOf = ({ account }) => ({
  code: 'storage-firewalled',
  hint: `The network rules of the account keep this runner out, and Entra ID as well:\n  az storage account update --name ${account} --default-action Allow --public-network-access Enabled`,
});

const forbidden: RuleOf = ({ account, isNew }) => ({
  code: 'public-access-forbidden',
  hint: `A policy or the storage account ${account} itself forbids public containers. A static website stays public all the same:\n  storage: azure-static-website`,
  ...(isNew && { passes: { what: 'public access to take effect', seconds: 60 } }),
});

const containerMissing: RuleOf = ({ isNew }) => ({
  code: 'container-missing',
  hint: 'Give resource-group, so that the container is created, or create it with public level blob.',
  ...(isNew && { passes: { what: 'the new container to appear' } }),
});

const accountMissing: RuleOf = ({ account, isNew }) => ({
  code: 'storage-account-missing',
  hint: `There is no storage account ${account}. Check its spelling, or set resource-group and location, so that it is created.`,
  ...(isNew && {
    passes: { what: `the new storage account ${account} to be known everywhere`, seconds: 120 },
  }),
});

const nameTaken: RuleOf = () => ({
  code: 'storage-account-name-taken',
  hint: 'Names of storage accounts are unique in the whole cloud. Choose another storage-account, or name the resource-group that this one is in.',
});

const groupMissing: RuleOf = ({ resourceGroup = 'GROUP' }) => ({
  code: 'resource-group-missing',
  hint: `Create it, or correct resource-group:\n  az group create --name ${resourceGroup} --location westeurope`,
});

const subscriptionMissing: RuleOf = () => ({
  code: 'subscription-missing',
  hint: 'Check azure-subscription-id (a GUID) and the tenant of the sign-in.',
});

const locationInvalid: RuleOf = () => ({
  code: 'location-invalid',
  hint: 'Set location to a region of this cloud, such as westeurope.',
});

const busyWith =
  (what: (account: string) => string): RuleOf =>
  ({ account }) => ({
    code: 'azure-busy',
    fault: 'service',
    hint: 'Another operation on the storage account does not end; run the job again later.',
    passes: { what: what(account) },
  });
const busy = busyWith((account) => `other operations on the storage account ${account} to end`);

const rules: Readonly<Record<string, RuleOf>> = {
  AuthorizationPermissionMismatch: roleMissing,
  InsufficientAccountPermissions: roleMissing,
  AuthorizationFailed: managerRoleMissing,
  KeyBasedAuthenticationNotPermitted: keysOff,
  AuthenticationFailed: credentialsRefused,
  InvalidAuthenticationInfo: credentialsRefused,
  AuthorizationFailure: firewalled,
  PublicAccessNotPermitted: forbidden,
  RequestDisallowedByPolicy: forbidden,
  ContainerNotFound: containerMissing,
  ContainerBeingDeleted: busyWith(() => 'the deleted container of the same name to be gone'),
  StorageAccountOperationInProgress: busy,
  AnotherOperationInProgress: busy,
  ConcurrentUpdateFailure: busy,
  StorageAccountIsNotProvisioned: busy,
  StorageAccountAlreadyTaken: nameTaken,
  StorageAccountAlreadyExists: nameTaken,
  ResourceGroupNotFound: groupMissing,
  SubscriptionNotFound: subscriptionMissing,
  InvalidSubscriptionId: subscriptionMissing,
  LocationNotAvailableForResourceType: locationInvalid,
  // A new account is not known to every part of Resource Manager, nor to DNS, at once.
  ResourceNotFound: accountMissing,
  ParentResourceNotFound: accountMissing,
  ENOTFOUND: accountMissing,
};

function ruleForStatus(status: number): Rule {
  if (status === 0) {
    return {
      code: 'azure-unreachable',
      fault: 'service',
      hint: 'The connection broke off again and again. Check the network of the runner, and azure-environment.',
      passes: { what: 'Azure to answer' },
    };
  }
  if (status === 408 || status === 429 || status >= 500) {
    return {
      code: 'azure-unavailable',
      fault: 'service',
      hint: 'Azure is busy or in trouble; run the job again later. What was written is whole.',
      passes: { what: status === 429 ? 'Azure to take more requests' : 'Azure to recover' },
    };
  }
  return {
    code: 'azure-refused',
    fault: 'service',
    hint: 'Nothing is known of this refusal here; its text above is all that Azure says.',
  };
}
