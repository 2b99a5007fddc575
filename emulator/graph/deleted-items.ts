import type { Application, ServicePrincipal } from '../entra/directory.ts';
import type { Exchange, Reply } from '../http/exchange.ts';
import { type Parameters, type Route, route } from '../http/routes.ts';
import { isSameId, remove } from '../items.ts';
import { renderApplication } from './applications.ts';
import { replyWithItem, replyWithPage } from './odata.ts';
import { authorizeRead, authorizeWrite, type GraphContext, objectNotFound } from './request.ts';
import { findOwners, renderPrincipal } from './service-principals.ts';

const items = '/v1\\.0/directory/deletedItems';
const retentionSeconds = 30 * 86_400;

/**
 * Deleted objects that can still be restored: they keep their names and count against the directory's quota.
 */
export const deletedItemRoutes: readonly Route<GraphContext>[] = [
  route('GET', `${items}/microsoft\\.graph\\.application`, listApplications),
  route('GET', `${items}/microsoft\\.graph\\.servicePrincipal`, listPrincipals),
  route('GET', `${items}/{id}`, get),
  route('DELETE', `${items}/{id}`, purge),
  route('POST', `${items}/{id}/restore`, restore),
];

function listApplications(_: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const deleted = context.azure.directory.applications.filter((one) => isRestorable(context, one));
  const filterable = ['id', 'appId', 'displayName', 'uniqueName', 'tags'];
  return replyWithPage(context, exchange, 'directoryObjects', deleted.map(renderApplication), filterable);
}

function listPrincipals(_: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  const deleted = context.azure.directory.servicePrincipals.filter((one) => isRestorable(context, one));
  const filterable = ['id', 'appId', 'displayName', 'tags'];
  return replyWithPage(context, exchange, 'directoryObjects', deleted.map(renderPrincipal), filterable);
}

function get({ id = '' }: Parameters, exchange: Exchange, context: GraphContext): Reply {
  authorizeRead(context);
  return replyWithItem(context, exchange, 'directoryObjects', renderItem(getDeletedItem(context, id)));
}

function purge({ id = '' }: Parameters, _: Exchange, context: GraphContext): Reply {
  const item = getDeletedItem(context, id);
  const { directory } = context.azure;
  authorizeItem(context, item);
  if (isApplication(item)) directory.purgeApplication(item);
  else remove(directory.servicePrincipals, (one) => one === item);
  return { status: 204 };
}

function restore({ id = '' }: Parameters, exchange: Exchange, context: GraphContext): Reply {
  const item = getDeletedItem(context, id);
  authorizeItem(context, item);
  if (isApplication(item)) context.azure.directory.restoreApplication(item);
  else item.deletedAt = undefined;
  return replyWithItem(context, exchange, 'directoryObjects', renderItem(item));
}

function getDeletedItem(context: GraphContext, id: string): Application | ServicePrincipal {
  const { applications, servicePrincipals } = context.azure.directory;
  const found = [...applications, ...servicePrincipals].find((one) => isSameId(one.id, id));
  if (found && isRestorable(context, found)) return found;
  throw objectNotFound(id);
}

function isRestorable(
  { azure }: GraphContext,
  { deletedAt }: { readonly deletedAt: number | undefined },
): boolean {
  return deletedAt !== undefined && azure.clock.now() < deletedAt + retentionSeconds;
}

function isApplication(item: Application | ServicePrincipal): item is Application {
  return 'credentials' in item;
}

function authorizeItem(context: GraphContext, item: Application | ServicePrincipal): void {
  authorizeWrite(context, isApplication(item) ? item : findOwners(context, item.appId));
}

function renderItem(item: Application | ServicePrincipal) {
  return isApplication(item) ? renderApplication(item) : renderPrincipal(item);
}
