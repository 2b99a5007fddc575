/** A role for the identity as the user wrote it. */
export interface WantedRole {
  /** A role's name or its GUID. */
  readonly role: string;
  readonly scope: RoleScope;
}

/** Where a role is given. A vault is looked up by name or URL. */
export type RoleScope =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'subscription' }
  | { readonly kind: 'resource-group'; readonly name: string }
  | { readonly kind: 'key-vault'; readonly vault: string };

/** A role that is ready to be assigned: ids in place of names. */
export interface ResolvedRole {
  readonly roleName: string;
  /** GUID of the role definition. */
  readonly roleId: string;
  /** Resource id of the scope. */
  readonly scope: string;
}

/** GUIDs of built-in roles: the same in every tenant and cloud, so that no request is needed to find them. */
export const builtInRoles: Readonly<Record<string, string>> = {
  'Key Vault Administrator': '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
};

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** GUID of a role that is known without asking. */
export function knownRoleId(role: string): string | undefined {
  if (guid.test(role)) return role.toLowerCase();
  const name = Object.keys(builtInRoles).find((builtIn) => builtIn.toLowerCase() === role.toLowerCase());
  return name === undefined ? undefined : builtInRoles[name];
}

/** Parses `role @ scope`. Throws `Error` that says what to write. */
export function parseRoleLine(line: string): WantedRole {
  const at = line.lastIndexOf('@');
  const role = line.slice(0, Math.max(at, 0)).trim();
  const scope = line.slice(at + 1).trim();
  if (at < 0 || role === '' || scope === '')
    throw new Error(`write role @ scope, such as Key Vault Secrets User @ key-vault/my-vault, not "${line}"`);
  return { role, scope: parseScope(scope) };
}

function parseScope(scope: string): RoleScope {
  if (scope.startsWith('/')) return { kind: 'id', id: scope.length > 1 ? scope.replace(/\/+$/, '') : scope };
  if (scope === 'subscription') return { kind: 'subscription' };
  const [, kind, name] = /^(resource-group|key-vault)\/([^/]+)$/.exec(scope) ?? [];
  if (kind === 'resource-group' && name !== undefined) return { kind, name };
  if (kind === 'key-vault' && name !== undefined) return { kind, vault: name };
  throw new Error(
    `write the scope as subscription, resource-group/<name>, key-vault/<name> or a resource id that begins with /, not "${scope}"`,
  );
}

/** The scope of the input `key-vault`: a resource id, a URL or a name. */
export function vaultScope(vault: string): RoleScope {
  return vault.startsWith('/') ? { kind: 'id', id: vault.replace(/\/+$/, '') } : { kind: 'key-vault', vault };
}

/** Resource id of a role definition as Resource Manager writes it: below the subscription of the scope, where it has one. */
export function roleDefinitionId(scope: string, roleId: string): string {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`;
}
