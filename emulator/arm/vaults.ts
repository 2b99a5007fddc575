import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { isSameId } from '../items.ts';
import { type ArmContext, getResource, listResources, replyWithList } from './request.ts';
import type { Vault } from './resources.ts';

const type = 'Microsoft.KeyVault/vaults';
const groupPath = '/subscriptions/{subscription}/resourceGroups/{group}';

/** Key vaults as resources, read-only. The state file creates them. */
export const vaultRoutes: readonly Route<ArmContext>[] = [
  route('GET', `/subscriptions/{subscription}/providers/${type}`, list, 'i'),
  route('GET', '/subscriptions/{subscription}/resources', findByFilter, 'i'),
  route('GET', `${groupPath}/providers/${type}`, list, 'i'),
  route('GET', `${groupPath}/providers/${type}/{name}`, get, 'i'),
];

function list(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const found = listResources(context, type, context.azure.resources.vaults, parameters);
  return replyWithList(found.map((vault) => renderVault(context, vault)));
}

function findByFilter(parameters: Parameters, exchange: Exchange, context: ArmContext): Reply {
  const filter = exchange.url.searchParams.get('$filter') ?? '';
  const name = /name eq '([^']+)'/i.exec(filter)?.[1];
  const found = listResources(context, type, context.azure.resources.vaults, parameters).filter(
    (vault) => name === undefined || isSameId(vault.name, name),
  );
  return replyWithList(found.map((vault) => renderVault(context, vault)));
}

function get(parameters: Parameters, _: Exchange, context: ArmContext): Reply {
  const { subscription = '', group = '', name = '' } = parameters;
  const { vaults } = context.azure.resources;
  const vault = getResource(context, type, vaults, `${type}/read`, { subscription, group, name });
  return { status: 200, body: renderVault(context, vault) };
}

function renderVault({ azure }: ArmContext, vault: Vault) {
  return {
    id: azure.resources.getResourceId(type, vault),
    name: vault.name,
    type,
    location: vault.location,
    tags: vault.tags,
    properties: {
      tenantId: azure.tenant.id,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: true,
      accessPolicies: [],
      vaultUri: `${azure.urls.vaults.get(vault.name)}/`,
      provisioningState: 'Succeeded',
    },
  };
}
