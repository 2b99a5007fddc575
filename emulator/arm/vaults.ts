import { type Route, route } from '../http/routes.ts';
import {
  type ArmContext,
  authorize,
  checkSubscription,
  getGroup,
  notFound,
  replyWithList,
} from './request.ts';
import { findInGroup, type Vault } from './resources.ts';

const type = 'Microsoft.KeyVault/vaults';
const groupPath = '/subscriptions/{subscription}/resourceGroups/{group}';

/** Key vaults as resources, read-only: the state file makes them. */
export const vaultRoutes: readonly Route<ArmContext>[] = [
  route(
    'GET',
    `/subscriptions/{subscription}/providers/${type}`,
    ({ subscription = '' }, _, context) => {
      checkSubscription(context, subscription);
      authorize(context, `${type}/read`, `/subscriptions/${subscription}`);
      return replyWithList(context.azure.resources.vaults.map((vault) => renderVault(context, vault)));
    },
    'i',
  ),
  route(
    'GET',
    `/subscriptions/{subscription}/resources`,
    ({ subscription = '' }, exchange, context) => {
      checkSubscription(context, subscription);
      authorize(context, `${type}/read`, `/subscriptions/${subscription}`);
      const filter = exchange.url.searchParams.get('$filter') ?? '';
      const name = /name eq '([^']+)'/i.exec(filter)?.[1];
      return replyWithList(
        context.azure.resources.vaults
          .filter((vault) => name === undefined || vault.name.toLowerCase() === name.toLowerCase())
          .map((vault) => renderVault(context, vault)),
      );
    },
    'i',
  ),
  route(
    'GET',
    `${groupPath}/providers/${type}`,
    ({ subscription = '', group = '' }, _, context) => {
      const { name } = getGroup(context, subscription, group);
      authorize(context, `${type}/read`, context.azure.resources.getGroupId(name));
      const vaults = context.azure.resources.vaults.filter((vault) => vault.resourceGroup === name);
      return replyWithList(vaults.map((vault) => renderVault(context, vault)));
    },
    'i',
  ),
  route(
    'GET',
    `${groupPath}/providers/${type}/{name}`,
    ({ subscription = '', group = '', name = '' }, _, context) => {
      getGroup(context, subscription, group);
      const { resources } = context.azure;
      authorize(context, `${type}/read`, resources.getResourceId(type, { name, resourceGroup: group }));
      const vault = findInGroup(resources.vaults, group, name);
      if (!vault) throw notFound(type, name, group);
      return { status: 200, body: renderVault(context, vault) };
    },
    'i',
  ),
];

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
