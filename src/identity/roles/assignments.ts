import type { RoleAssignment } from '@azure/arm-authorization';
import * as v from 'valibot';
import type { ResourceManager } from '../../azure/clients/index.ts';
import { apiVersions, collectPages, quoteOData } from '../../azure/index.ts';
import { errorCode, FederationError } from '../../errors/index.ts';
import { createTemplateGuid } from '../credentials/names.ts';
import { becomesPermanent, formatMarkText, type Mark, parseMarkText } from '../objects/mark.ts';
import type { Change } from '../plan.ts';
import {
  findKnownRoleId,
  getRoleDefinitionId,
  type ResolvedRole,
  type RoleScope,
  type WantedRole,
} from './roles.ts';

/** One role for one principal, and the assignment that it may already have. */
export interface RoleStep {
  readonly role: ResolvedRole;
  readonly change: Change;
  /** Resource ID of the existing assignment. */
  readonly assignmentId: string | undefined;
  /** The mark of the existing assignment, if this action created it. */
  readonly mark: Mark | undefined;
}

const vaultSchema = v.object({
  id: v.string(),
  name: v.string(),
  properties: v.object({
    vaultUri: v.optional(v.string()),
    // Absent or null in older vaults, which use access policies.
    enableRbacAuthorization: v.nullish(v.boolean()),
  }),
});
type Vault = v.InferOutput<typeof vaultSchema>;
const vaultType = 'Microsoft.KeyVault/vaults';

/**
 * Replaces the names of roles and scopes by IDs. Throws FederationError `role-not-found`, `key-vault-not-found` or
 * `key-vault-without-roles`.
 */
export async function resolveRoles(
  manager: ResourceManager,
  wanted: readonly WantedRole[],
): Promise<readonly ResolvedRole[]> {
  const resolved: ResolvedRole[] = [];
  for (const { role, scope } of wanted) {
    const scopeId = await resolveScope(manager, scope);
    const roleId = findKnownRoleId(role) ?? (await findRole(manager, role, scopeId));
    resolved.push({ roleName: role, roleId, scope: scopeId });
  }
  return resolved;
}

async function resolveScope(manager: ResourceManager, scope: RoleScope): Promise<string> {
  const subscription = `/subscriptions/${manager.subscriptionId}`;
  if (scope.kind === 'id') {
    await checkVaultAbove(manager, scope.id);
    return scope.id;
  }
  if (scope.kind === 'subscription') return subscription;
  if (scope.kind === 'resource-group') return `${subscription}/resourceGroups/${scope.name}`;
  return (await findVault(manager, scope.vault)).id;
}

async function findVault(manager: ResourceManager, nameOrUrl: string): Promise<Vault> {
  const vaults = await manager.list('list the key vaults', {
    path: `/subscriptions/${manager.subscriptionId}/providers/Microsoft.KeyVault/vaults`,
    apiVersion: apiVersions[vaultType].version,
    schema: vaultSchema,
  });
  const normalize = (text: string | undefined) => text?.toLowerCase().replace(/\/$/, '');
  const wanted = normalize(nameOrUrl);
  const vault = vaults.find(
    ({ name, properties }) => normalize(name) === wanted || normalize(properties.vaultUri) === wanted,
  );
  if (vault === undefined) {
    const found = vaults.map(({ name }) => name).join(', ') || 'none that the job may read';
    const { subscriptionId: subscription } = manager;
    throw new FederationError('key-vault-not-found', { vault: nameOrUrl, subscription, found });
  }
  requireRoles(vault);
  return vault;
}

/** Checks the vault that a resource ID names or lies in. A job that may assign roles there need not be allowed to read the vault. */
async function checkVaultAbove(manager: ResourceManager, id: string): Promise<void> {
  const path = /^.*\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+/i.exec(id)?.[0];
  if (path === undefined) return;
  const target = { path, apiVersion: apiVersions[vaultType].version, schema: vaultSchema };
  try {
    requireRoles(await manager.read(`read the key vault ${path}`, target));
  } catch (error) {
    if (errorCode(error) !== 'azure-role-missing') throw error;
  }
}

function requireRoles({ name, properties }: Vault): void {
  if (properties.enableRbacAuthorization !== true)
    throw new FederationError('key-vault-without-roles', { vault: name });
}

async function findRole(manager: ResourceManager, role: string, scope: string): Promise<string> {
  const filter = `roleName eq ${quoteOData(role)}`;
  const found = await manager.call(`find the role "${role}"`, () =>
    collectPages(manager.authorization.roleDefinitions.list(removeLeadingSlash(scope), { filter })),
  );
  const roleId = found.find(({ roleName }) => roleName?.toLowerCase() === role.toLowerCase())?.name;
  if (roleId === undefined) throw new FederationError('role-not-found', { role, scope });
  return roleId;
}

/** Compares the roles with those that the principal has. Without a principal, all of them are to be assigned. */
export async function planRoles(
  manager: ResourceManager,
  roles: readonly ResolvedRole[],
  principalId: string | undefined,
  mark: Mark,
): Promise<readonly RoleStep[]> {
  const steps: RoleStep[] = [];
  for (const role of roles) {
    const existing = principalId === undefined ? undefined : await findAssignment(manager, role, principalId);
    const toKeep = becomesPermanent(parseMarkText(existing?.description), mark);
    steps.push({
      role,
      assignmentId: existing?.id,
      mark: parseMarkText(existing?.description),
      change: {
        kind: 'role-assignment',
        name: `${role.roleName} @ ${role.scope}`,
        action: existing === undefined ? 'create' : toKeep ? 'update' : 'unchanged',
        ...(toKeep && { note: 'keeps what was to end with a job' }),
      },
    });
  }
  return steps;
}

async function findAssignment(
  manager: ResourceManager,
  role: ResolvedRole,
  principalId: string,
): Promise<RoleAssignment | undefined> {
  const filter = `principalId eq ${quoteOData(principalId)}`;
  const assignments = await manager.call(`list the role assignments at ${role.scope}`, () =>
    collectPages(
      manager.authorization.roleAssignments.listForScope(removeLeadingSlash(role.scope), { filter }),
    ),
  );
  return assignments.find(
    (assignment) => isSameId(assignment.principalId, principalId) && assignsRole(assignment, role),
  );
}

/** Returns whether the assignment is of this role at this scope, not above or below, which lists contain as well. */
export function assignsRole(assignment: RoleAssignment, role: ResolvedRole): boolean {
  const roleId = assignment.roleDefinitionId?.split('/').at(-1);
  return isSameId(assignment.scope, role.scope) && isSameId(roleId, role.roleId);
}

// Resource Manager returns IDs in any uppercase and lowercase.
function isSameId(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** Deletes a role assignment by its ID. */
export async function deleteAssignment(manager: ResourceManager, id: string): Promise<void> {
  await manager.call(`delete the role assignment ${id}`, () =>
    manager.authorization.roleAssignments.deleteById(removeLeadingSlash(id)),
  );
}

/** Returns the deterministic name of an assignment: what `guid(scope.id, principalId, roleDefinitionId)` returns in Bicep. */
export function createAssignmentName(role: ResolvedRole, principalId: string): string {
  return createTemplateGuid(role.scope, principalId, getRoleDefinitionId(role.scope, role.roleId));
}

/** Assigns the role, or updates the mark of the existing assignment. Another job may have assigned it in the meantime. */
export async function assignRole(
  manager: ResourceManager,
  step: RoleStep,
  principalId: string,
  mark: Mark,
): Promise<void> {
  const { role, assignmentId } = step;
  const name = assignmentId?.split('/').at(-1) ?? createAssignmentName(role, principalId);
  try {
    await manager.call(`assign the role "${role.roleName}" at ${role.scope}`, () =>
      manager.authorization.roleAssignments.create(removeLeadingSlash(role.scope), name, {
        roleDefinitionId: getRoleDefinitionId(role.scope, role.roleId),
        principalId,
        // Without it Resource Manager asks Graph, which may not know a new principal yet.
        principalType: 'ServicePrincipal',
        description: formatMarkText(mark),
      }),
    );
  } catch (error) {
    if (errorCode(error) !== 'role-assignment-exists') throw error;
  }
}

// The client adds a slash before the scope, which has one of its own.
function removeLeadingSlash(id: string): string {
  return id.replace(/^\//, '');
}
