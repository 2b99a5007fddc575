import { FederationError } from '../../errors/index.ts';
import { templateGuid } from '../credentials/names.ts';
import type { ResolvedRole } from '../roles/roles.ts';
import { bicepText, reference } from './text.ts';

/** A role assignment in main.bicep and the module file that it needs. */
export interface BicepRole {
  readonly moduleFile: string;
  readonly moduleText: string;
  /** The `module` statement. */
  readonly statement: string;
}

interface Target {
  readonly kind: keyof typeof modules;
  /** Expression of the scope that the module is deployed to. */
  readonly scope: string;
  /** Name of the resource, where the scope is one. */
  readonly resource?: string;
}

/** Resource types that a module can name: each needs the API version by which it is referred to. */
const resourceModules = {
  'microsoft.keyvault/vaults': 'key-vault-role',
  'microsoft.storage/storageaccounts': 'storage-account-role',
} as const;

/** The assignment as Bicep. Throws FederationError `bicep-scope-unsupported` for scopes that no module names. */
export function bicepRole(role: ResolvedRole, index: number, mark: string): BicepRole {
  const target = targetOf(role.scope);
  const params = {
    ...(target.resource !== undefined && { resourceName: target.resource }),
    principalId: reference('principalId'),
    roleId: role.roleId,
    mark,
  };
  const body = {
    name: `federation-role-${templateGuid(role.scope, role.roleId).slice(0, 8)}`,
    scope: reference(target.scope),
    params,
  };
  const moduleFile = `modules/${target.kind}.bicep`;
  return {
    moduleFile,
    moduleText: modules[target.kind],
    // The name of the role reads better than its GUID.
    statement: `// ${role.roleName}\nmodule role${index + 1} '${moduleFile}' = ${bicepText(body)}`,
  };
}

function targetOf(scope: string): Target {
  const [, subscription, group, type, resource] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(?:\/providers\/([^/]+\/[^/]+)\/([^/]+))?)?$/i.exec(
      scope,
    ) ?? [];
  if (subscription === undefined) throw unsupported(scope);
  if (group === undefined) return { kind: 'subscription-role', scope: `subscription('${subscription}')` };
  const inGroup = `resourceGroup('${subscription}', '${group}')`;
  if (type === undefined || resource === undefined) return { kind: 'resource-group-role', scope: inGroup };
  const kind = Object.entries(resourceModules).find(([known]) => known === type.toLowerCase())?.[1];
  if (kind === undefined) throw unsupported(scope);
  return { kind, scope: inGroup, resource };
}

function unsupported(scope: string): FederationError {
  return new FederationError(
    `failed to write the role assignment at ${scope} as Bicep: no module names such a scope`,
    {
      code: 'bicep-scope-unsupported',
      hint: 'Supported are subscriptions, resource groups, key vaults and storage accounts. Leave the line out of role-assignments and assign the role with: az role assignment create',
    },
  );
}

function moduleText(
  scopeId: string,
  options: { readonly resource?: string; readonly head?: string } = {},
): string {
  const { resource, head } = options;
  return `${head === undefined ? '' : `${head}\n\n`}${resource === undefined ? '' : 'param resourceName string\n'}@description('Object id of the service principal')
param principalId string
@description('GUID of the role definition')
param roleId string
param mark string

var roleDefinitionId = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)

${resource === undefined ? '' : `resource target '${resource}' existing = {\n  name: resourceName\n}\n\n`}resource roleAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
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
  'key-vault-role': moduleText('target.id', { resource: 'Microsoft.KeyVault/vaults@2023-07-01' }),
  'storage-account-role': moduleText('target.id', {
    resource: 'Microsoft.Storage/storageAccounts@2023-05-01',
  }),
  'resource-group-role': moduleText('resourceGroup().id'),
  'subscription-role': moduleText('subscription().id', { head: "targetScope = 'subscription'" }),
} as const;
