import type { RoleAssignment } from '@azure/arm-authorization';
import * as v from 'valibot';
import type { ResourceManager } from '../../azure/clients/index.ts';
import { collectPages } from '../../azure/clients/index.ts';
import { errorCode, FederationError } from '../../errors/index.ts';
import { templateGuid } from '../credentials/names.ts';
import { type Mark, markOfText, markText, outlivesItsJob } from '../objects/mark.ts';
import type { Change } from '../plan.ts';
import {
  knownRoleId,
  type ResolvedRole,
  type RoleScope,
  roleDefinitionId,
  type WantedRole,
} from './roles.ts';

/** One role for one principal, and whether it is given already. */
export interface RoleStep {
  readonly role: ResolvedRole;
  readonly change: Change;
  /** Resource id of the assignment that is there. */
  readonly assignmentId: string | undefined;
  /** The mark that it carries, where it was made here. */
  readonly mark: Mark | undefined;
}

const vaultSchema = v.object({
  id: v.string(),
  name: v.string(),
  properties: v.object({
    vaultUri: v.optional(v.string()),
    enableRbacAuthorization: v.optional(v.boolean()),
  }),
});
type Vault = v.InferOutput<typeof vaultSchema>;

/** Turns names of roles and scopes into ids. Throws FederationError `role-not-found`, `key-vault-not-found` or `key-vault-without-roles`. */
export async function resolveRoles(
  manager: ResourceManager,
  wanted: readonly WantedRole[],
): Promise<readonly ResolvedRole[]> {
  const resolved: ResolvedRole[] = [];
  for (const { role, scope } of wanted) {
    const scopeId = await resolveScope(manager, scope);
    const roleId = knownRoleId(role) ?? (await findRole(manager, role, scopeId));
    resolved.push({ roleName: role, roleId, scope: scopeId });
  }
  return resolved;
}

async function resolveScope(manager: ResourceManager, scope: RoleScope): Promise<string> {
  const subscription = `/subscriptions/${manager.subscriptionId}`;
  if (scope.kind === 'id') return scope.id;
  if (scope.kind === 'subscription') return subscription;
  if (scope.kind === 'resource-group') return `${subscription}/resourceGroups/${scope.name}`;
  return (await findVault(manager, scope.vault)).id;
}

async function findVault(manager: ResourceManager, nameOrUrl: string): Promise<Vault> {
  const vaults = await manager.list('list the key vaults', {
    path: `/subscriptions/${manager.subscriptionId}/providers/Microsoft.KeyVault/vaults`,
    apiVersion: '2023-07-01',
    schema: vaultSchema,
  });
  const plain = (text: string | undefined) => text?.toLowerCase().replace(/\/$/, '');
  const vault = vaults.find(
    ({ name, properties }) =>
      plain(name) === plain(nameOrUrl) || plain(properties.vaultUri) === plain(nameOrUrl),
  );
  if (vault === undefined) {
    const known = vaults.map(({ name }) => name).join(', ') || 'none that the job can see';
    throw new FederationError(
      `failed to find the key vault "${nameOrUrl}" in subscription ${manager.subscriptionId}: it has ${known}`,
      {
        code: 'key-vault-not-found',
        hint: 'Set key-vault to the resource id of the vault, or give the job the role Reader on it.',
      },
    );
  }
  if (vault.properties.enableRbacAuthorization === false) {
    throw new FederationError(
      `failed to give a role on the key vault "${vault.name}": it works with access policies, which ignore roles`,
      {
        code: 'key-vault-without-roles',
        hint: `az keyvault update --name ${vault.name} --enable-rbac-authorization true (existing access policies end with that)`,
      },
    );
  }
  return vault;
}

async function findRole(manager: ResourceManager, role: string, scope: string): Promise<string> {
  const filter = `roleName eq '${role.replaceAll("'", "''")}'`;
  const found = await manager.call(`look for the role "${role}"`, () =>
    collectPages(manager.authorization.roleDefinitions.list(relative(scope), { filter })),
  );
  const roleId = found.find(({ roleName }) => roleName?.toLowerCase() === role.toLowerCase())?.name;
  if (roleId === undefined) {
    throw new FederationError(`failed to find the role "${role}" at ${scope}: there is none of this name`, {
      code: 'role-not-found',
      hint: 'az role definition list --query "[].roleName" lists the names; a GUID works too.',
    });
  }
  return roleId;
}

/** Which of the roles the principal has. Without a principal, all are still to be given. */
export async function planRoles(
  manager: ResourceManager,
  roles: readonly ResolvedRole[],
  principalId: string | undefined,
  mark: Mark,
): Promise<readonly RoleStep[]> {
  const steps: RoleStep[] = [];
  for (const role of roles) {
    const given = principalId === undefined ? undefined : await findAssignment(manager, role, principalId);
    const stays = outlivesItsJob(markOfText(given?.description), mark);
    steps.push({
      role,
      assignmentId: given?.id,
      mark: markOfText(given?.description),
      change: {
        kind: 'role-assignment',
        name: `${role.roleName} @ ${role.scope}`,
        action: given === undefined ? 'create' : stays ? 'update' : 'unchanged',
        ...(stays && { note: 'it was to end with a job and now stays' }),
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
  const filter = `principalId eq '${principalId}'`;
  const assignments = await manager.call(`list the role assignments at ${role.scope}`, () =>
    collectPages(manager.authorization.roleAssignments.listForScope(relative(role.scope), { filter })),
  );
  return assignments.find(
    (assignment) => isSame(assignment.principalId, principalId) && isAssignmentOf(assignment, role),
  );
}

/** Whether the assignment gives this role at this scope, and not above or below, which lists hold as well. */
export function isAssignmentOf(assignment: RoleAssignment, role: ResolvedRole): boolean {
  const roleId = assignment.roleDefinitionId?.split('/').at(-1);
  return isSame(assignment.scope, role.scope) && isSame(roleId, role.roleId);
}

// Ids come back in any case.
function isSame(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

/** Takes a role away by the id of its assignment. */
export async function removeAssignment(manager: ResourceManager, id: string): Promise<void> {
  await manager.call(`remove the role assignment ${id}`, () =>
    manager.authorization.roleAssignments.deleteById(relative(id)),
  );
}

/** Deterministic name of an assignment: what `guid(scope.id, principalId, roleDefinitionId)` gives in Bicep. */
export function assignmentName(role: ResolvedRole, principalId: string): string {
  return templateGuid(role.scope, principalId, roleDefinitionId(role.scope, role.roleId));
}

/** Gives the role, or marks the given one anew. That somebody gave it in the meantime is no error. */
export async function assignRole(
  manager: ResourceManager,
  step: RoleStep,
  principalId: string,
  mark: Mark,
): Promise<void> {
  const { role, assignmentId } = step;
  const name = assignmentId?.split('/').at(-1) ?? assignmentName(role, principalId);
  try {
    await manager.call(`assign the role "${role.roleName}" at ${role.scope}`, () =>
      manager.authorization.roleAssignments.create(relative(role.scope), name, {
        roleDefinitionId: roleDefinitionId(role.scope, role.roleId),
        principalId,
        // Without it Resource Manager asks Graph, which may not know a new principal yet.
        principalType: 'ServicePrincipal',
        description: markText(mark),
      }),
    );
  } catch (error) {
    if (errorCode(error) !== 'role-assignment-exists') throw error;
  }
}

// The client puts a slash before the scope, which has one of its own.
function relative(id: string): string {
  return id.replace(/^\//, '');
}
