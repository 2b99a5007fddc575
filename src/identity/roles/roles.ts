import { isGuid } from '../../azure/index.ts';

/** A role for the identity as the user wrote it. */
export interface WantedRole {
  /** Name or GUID of the role. */
  readonly role: string;
  readonly scope: RoleScope;
}

/** Where a role is assigned. A key vault is looked up by its name or URL. */
export type RoleScope =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'subscription' }
  | { readonly kind: 'resource-group'; readonly name: string }
  | { readonly kind: 'key-vault'; readonly vault: string };

/** A role that is ready to be assigned: with IDs instead of names. */
export interface ResolvedRole {
  readonly roleName: string;
  /** GUID of the role definition. */
  readonly roleId: string;
  /** Resource ID of the scope. */
  readonly scope: string;
}

/** GUIDs of built-in roles. They are the same in every tenant and cloud, so that no request is needed. */
export const builtInRoles: Readonly<Record<string, string>> = {
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
};

/** Returns the GUID of a role that is known without a request. */
export function findKnownRoleId(role: string): string | undefined {
  if (isGuid(role)) return role.toLowerCase();
  const name = Object.keys(builtInRoles).find((builtIn) => builtIn.toLowerCase() === role.toLowerCase());
  return name === undefined ? undefined : builtInRoles[name];
}

/** Parses `role @ scope`. Throws `Error` that says what to write instead. */
export function parseRoleLine(line: string): WantedRole {
  const at = line.lastIndexOf('@');
  const role = line.slice(0, Math.max(at, 0)).trim();
  const scope = line.slice(at + 1).trim();
  if (at < 0 || role === '' || scope === '')
    throw new Error(
      `write role @ scope, for example, Key Vault Secrets User @ key-vault/my-vault, not "${line}"`,
    );
  return { role, scope: parseScope(scope) };
}

function parseScope(scope: string): RoleScope {
  if (scope.startsWith('/')) return { kind: 'id', id: scope.length > 1 ? scope.replace(/\/+$/, '') : scope };
  if (scope === 'subscription') return { kind: 'subscription' };
  const [, kind, name] = /^(resource-group|key-vault)\/([^/]+)$/.exec(scope) ?? [];
  if (kind === 'resource-group' && name !== undefined) return { kind, name };
  if (kind === 'key-vault' && name !== undefined) return { kind, vault: name };
  throw new Error(
    `write the scope as subscription, resource-group/<name>, key-vault/<name> or a resource ID that begins with /, not "${scope}"`,
  );
}

/** Returns the scope of the input `key-vault`: a resource ID, a URL or a name. */
export function parseVaultScope(vault: string): RoleScope {
  return vault.startsWith('/') ? { kind: 'id', id: vault.replace(/\/+$/, '') } : { kind: 'key-vault', vault };
}

/** Returns the resource ID of a role definition as Resource Manager writes it: below the subscription of the scope, if it has one. */
export function getRoleDefinitionId(scope: string, roleId: string): string {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}
