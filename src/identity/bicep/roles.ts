import { formatResourceType } from '../../azure/index.ts';
import { FederationError } from '../../errors/index.ts';
import { createTemplateGuid } from '../credentials/names.ts';
import type { ResolvedRole } from '../roles/roles.ts';
import { formatBicep, reference } from './text.ts';

/** A role assignment in main.bicep and the module file that it needs. */
export interface BicepRole {
  readonly moduleFile: string;
  readonly moduleText: string;
  /** The `module` statement. */
  readonly statement: string;
}

interface Target {
  readonly kind: keyof typeof modules;
  /** Expression of the scope to deploy the module to. */
  readonly scope: string;
  /** Name of the resource, if the scope is one. */
  readonly resource?: string;
}

/** Resource types that have a module. Each module needs the API version of its type. */
const resourceModules = {
  'microsoft.keyvault/vaults': 'key-vault-role',
  'microsoft.storage/storageaccounts': 'storage-account-role',
} as const;

/** Returns the role assignment as Bicep. Throws FederationError `bicep-scope-unsupported`. */
export function createBicepRole(role: ResolvedRole, index: number, mark: string): BicepRole {
  const target = parseTarget(role.scope);
  const params = {
    ...(target.resource !== undefined && { resourceName: target.resource }),
    principalId: reference('principalId'),
    roleId: role.roleId,
    mark,
  };
  const body = {
    name: `federation-role-${createTemplateGuid(role.scope, role.roleId).slice(0, 8)}`,
    scope: reference(target.scope),
    params,
  };
  const moduleFile = `modules/${target.kind}.bicep`;
  return {
    moduleFile,
    moduleText: modules[target.kind],
    // The name of the role is easier to read than its GUID.
    statement: `// ${role.roleName}\nmodule role${index + 1} '${moduleFile}' = ${formatBicep(body)}`,
  };
}

function parseTarget(scope: string): Target {
  const [, subscription, group, type, resource] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+\/[^/]+)\/([^/]+))?)?$/i.exec(
      scope,
    ) ?? [];
  if (subscription === undefined) throw new FederationError('bicep-scope-unsupported', { scope });
  if (group === undefined) return { kind: 'subscription-role', scope: `subscription('${subscription}')` };
  const inGroup = `resourceGroup('${subscription}', '${group}')`;
  if (type === undefined || resource === undefined) return { kind: 'resource-group-role', scope: inGroup };
  const kind = Object.entries(resourceModules).find(([known]) => known === type.toLowerCase())?.[1];
  if (kind === undefined) throw new FederationError('bicep-scope-unsupported', { scope });
  return { kind, scope: inGroup, resource };
}

function createModule(
  scopeId: string,
  options: { readonly resource?: string; readonly head?: string } = {},
): string {
  const { resource, head } = options;
  return `${head === undefined ? '' : `${head}\n\n`}${resource === undefined ? '' : 'param resourceName string\n'}@description('Object ID of the service principal')
param principalId string
@description('GUID of the role definition')
param roleId string
param mark string

var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)

${resource === undefined ? '' : `resource target '${resource}' existing = {\n  name: resourceName\n}\n\n`}resource roleAssignment '${formatResourceType('Microsoft.Authorization/roleAssignments')}' = {
  name: guid(${scopeId}, principalId, roleDefinitionId)
${resource === undefined ? '' : '  scope: target\n'}  properties: {
    roleDefinitionId: roleDefinitionId
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: mark
  }
}
`;
}

const modules = {
  'key-vault-role': createModule('target.id', { resource: formatResourceType('Microsoft.KeyVault/vaults') }),
  'storage-account-role': createModule('target.id', {
    resource: formatResourceType('Microsoft.Storage/storageAccounts'),
  }),
  'resource-group-role': createModule('resourceGroup().id'),
  'subscription-role': createModule('subscription().id', { head: "targetScope = 'subscription'" }),
} as const;
