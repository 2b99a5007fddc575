import { type Route, route } from '../http/routes.ts';
import { findByName, remove, replace } from '../items.ts';
import { isAtOrBelow } from './access.ts';
import {
  type ArmContext,
  armError,
  authorize,
  checkSubscription,
  getGroup,
  readBody,
  readLocation,
  readTags,
  replyWithList,
} from './request.ts';
import type { ResourceGroup } from './resources.ts';

const subscriptionPath = '/subscriptions/{subscription}';
const groupPath = `${subscriptionPath}/resourcegroups/{group}`;
const action = 'Microsoft.Resources/subscriptions/resourceGroups';

/** Subscriptions, tenants and resource groups. */
export const groupRoutes: readonly Route<ArmContext>[] = [
  route('GET', '/subscriptions', (_, __, { azure }) => replyWithList([renderSubscription(azure)]), 'i'),
  route(
    'GET',
    subscriptionPath,
    ({ subscription = '' }, _, context) => {
      checkSubscription(context, subscription);
      return { status: 200, body: renderSubscription(context.azure) };
    },
    'i',
  ),
  route('GET', '/tenants', (_, __, { azure }) => replyWithList([renderTenant(azure)]), 'i'),
  route(
    'GET',
    `${subscriptionPath}/resourcegroups`,
    ({ subscription = '' }, _, context) => {
      checkSubscription(context, subscription);
      authorize(context, `${action}/read`, `/subscriptions/${subscription}`);
      return replyWithList(context.azure.resources.groups.map((group) => renderGroup(context, group)));
    },
    'i',
  ),
  route(
    'GET',
    groupPath,
    ({ subscription = '', group = '' }, _, context) => {
      authorize(context, `${action}/read`, `/subscriptions/${subscription}/resourceGroups/${group}`);
      return { status: 200, body: renderGroup(context, getGroup(context, subscription, group)) };
    },
    'i',
  ),
  route(
    'PUT',
    groupPath,
    async ({ subscription = '', group = '' }, exchange, context) => {
      checkSubscription(context, subscription);
      authorize(context, `${action}/write`, `/subscriptions/${subscription}/resourceGroups/${group}`);
      const { body } = await readBody(exchange);
      const { groups } = context.azure.resources;
      const old = findByName(groups, group);
      const location = readLocation(body);
      if (old && old.location !== location) {
        throw armError(
          409,
          'InvalidResourceGroupLocation',
          `Invalid resource group location '${location}'. The Resource group already exists in location '${old.location}'.`,
        );
      }
      const written: ResourceGroup = {
        name: old?.name ?? group,
        location,
        tags: readTags(body),
      };
      replace(groups, old, written);
      return { status: old ? 200 : 201, body: renderGroup(context, written) };
    },
    'i',
  ),
  route(
    'DELETE',
    groupPath,
    async ({ subscription = '', group = '' }, _, context) => {
      authorize(context, `${action}/delete`, `/subscriptions/${subscription}/resourceGroups/${group}`);
      const { name } = getGroup(context, subscription, group);
      await removeGroup(context, name);
      return { status: 200 };
    },
    'i',
  ),
];

async function removeGroup({ azure }: ArmContext, name: string): Promise<void> {
  const { resources, directory, storage } = azure;
  const isInside = (item: { readonly resourceGroup: string }) =>
    item.resourceGroup.toLowerCase() === name.toLowerCase();
  for (const account of resources.storageAccounts.filter(isInside)) await storage.removeAccount(account);
  for (const identity of resources.identities.filter(isInside)) {
    directory.removePrincipals(identity.clientId);
    remove(directory.identities, (one) => one === identity);
  }
  for (const items of [resources.storageAccounts, resources.identities, resources.vaults])
    remove<{ readonly resourceGroup: string }>(items, isInside);
  remove(resources.groups, (group) => group.name === name);
  resources.roleAssignments = resources.roleAssignments.filter(
    ({ scope }) => !isAtOrBelow(scope, resources.getGroupId(name)),
  );
}

function renderSubscription({ subscription, tenant }: ArmContext['azure']) {
  return {
    id: `/subscriptions/${subscription.id}`,
    subscriptionId: subscription.id,
    tenantId: tenant.id,
    displayName: subscription.name,
    state: 'Enabled',
  };
}

function renderTenant({ tenant }: ArmContext['azure']) {
  return { id: `/tenants/${tenant.id}`, tenantId: tenant.id, defaultDomain: tenant.domain };
}

function renderGroup({ azure }: ArmContext, { name, location, tags }: ResourceGroup) {
  return {
    id: azure.resources.getGroupId(name),
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    tags,
    properties: { provisioningState: 'Succeeded' },
  };
}
