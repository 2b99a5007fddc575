import type { Azure } from '../azure.ts';
import { isSameId } from '../items.ts';
import type { RoleAssignment } from './resources.ts';
import { findRole } from './roles.ts';

/** Returns whether an effective role assignment of a principal, at the scope or above, permits an action. */
export function isPermitted(
  azure: Azure,
  principalId: string,
  action: string,
  scope: string,
  plane: 'actions' | 'dataActions' = 'actions',
): boolean {
  return azure.resources.roleAssignments.some((assignment) => {
    if (!isSameId(assignment.principalId, principalId) || !isEffective(azure, assignment)) return false;
    if (!isAtOrBelow(scope, assignment.scope)) return false;
    const role = findRole(assignment.roleId);
    if (!role) return false;
    const isExcluded = plane === 'actions' && role.notActions.some((pattern) => covers(pattern, action));
    return !isExcluded && role[plane].some((pattern) => covers(pattern, action));
  });
}

/** Returns whether a resource ID is the scope or below it. Neither is case-sensitive. */
export function isAtOrBelow(resource: string, scope: string): boolean {
  const above = scope.toLowerCase().replace(/\/$/, '');
  const id = resource.toLowerCase();
  return id === above || id.startsWith(`${above}/`);
}

// A new assignment and its removal both take time to propagate.
function isEffective({ clock, behaviour }: Azure, { createdAt, removedAt }: RoleAssignment): boolean {
  const seenAt = clock.now() - behaviour.propagationSeconds.roleAssignment;
  return createdAt <= seenAt && (removedAt === undefined || removedAt > seenAt);
}

function covers(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.$]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
