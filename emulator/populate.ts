import { randomUUID } from 'node:crypto';
import { findRole } from './arm/roles.ts';
import type { Azure } from './azure.ts';
import { jobIssuerPath } from './entra/authority.ts';
import type { FederatedCredential } from './entra/directory.ts';
import type { SeededApplication, SeededStorageAccount, State } from './state.ts';

/**
 * Creates the applications, role assignments and storage accounts of a state. They have propagated already.
 */
export async function populate(azure: Azure, state: State): Promise<void> {
  for (const application of state.applications) addApplication(azure, application);
  addRoleAssignments(azure, state);
  for (const account of state.storageAccounts) await addStorageAccount(azure, state, account);
}

function addApplication({ directory, urls }: Azure, seeded: SeededApplication): void {
  const { clientId, displayName, uniqueName = null } = seeded;
  const createdAt = 0;
  directory.addApplication({
    clientId,
    createdAt,
    owners: [],
    properties: { displayName, uniqueName, signInAudience: 'AzureADMyOrg' },
    credentials: seeded.federatedCredentials.map(
      ({ name, issuer, subject, audience }): FederatedCredential => ({
        id: randomUUID(),
        name,
        issuer: issuer === 'job' ? `${urls.authority}${jobIssuerPath}` : issuer,
        subject,
        audiences: [audience],
      }),
    ),
  });
  if (!seeded.servicePrincipal) return;
  directory.addServicePrincipal({
    id: seeded.principalId,
    appId: clientId,
    kind: 'Application',
    createdAt,
    permissions: seeded.permissions,
    properties: { displayName, accountEnabled: true },
  });
}

function addRoleAssignments({ directory, resources, subscription }: Azure, state: State): void {
  resources.roleAssignments = state.roleAssignments.map(({ role, clientId, scope }) => {
    const principal = directory.findPrincipal(clientId);
    const found = findRole(role);
    if (!principal)
      throw new Error(`failed to create a role assignment: ${clientId} has no service principal`);
    if (!found) throw new Error(`failed to create a role assignment: unknown role "${role}"`);
    return {
      name: randomUUID(),
      scope: scope.startsWith('/subscriptions/') ? scope : `/subscriptions/${subscription.id}${scope}`,
      roleId: found.id,
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      description: undefined,
      createdAt: 0,
    };
  });
}

async function addStorageAccount(azure: Azure, state: State, seeded: SeededStorageAccount): Promise<void> {
  const { name, resourceGroup, allowBlobPublicAccess, allowSharedKeyAccess } = seeded;
  const account = {
    name,
    resourceGroup,
    location: state.resourceGroups.find((group) => group.name === resourceGroup)?.location ?? 'westeurope',
    kind: 'StorageV2',
    sku: 'Standard_LRS',
    tags: {},
    allowBlobPublicAccess,
    allowSharedKeyAccess,
    minimumTlsVersion: 'TLS1_2',
    createdAt: 0,
    readyAt: 0,
    ...(await azure.storage.equip(name)),
  };
  azure.resources.storageAccounts.push(account);
  for (const { name: container, publicAccess, blobs } of seeded.containers) {
    await azure.storage.putContainer(account, container, publicAccess);
    for (const [path, text] of Object.entries(blobs))
      await azure.storage.putBlob(account, container, path, text);
  }
}
