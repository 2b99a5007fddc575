import type { Azure } from '../azure.ts';
import type { Handler } from '../http/exchange.ts';
import { dispatch, type Route } from '../http/routes.ts';
import { applicationRoutes } from './applications.ts';
import { deletedItemRoutes } from './deleted-items.ts';
import { credentialRoutes } from './federated-credentials.ts';
import { authenticate, badRequest, type GraphContext, graphError } from './request.ts';
import { servicePrincipalRoutes } from './service-principals.ts';

const routes: readonly Route<GraphContext>[] = [
  ...applicationRoutes,
  ...credentialRoutes,
  ...servicePrincipalRoutes,
  ...deletedItemRoutes,
];

/**
 * Returns the handler of Microsoft Graph v1.0: applications, service principals and federated credentials.
 */
export function createGraphHandler(azure: Azure): Handler {
  return async (exchange) => {
    const caller = authenticate(exchange, azure);
    const permissions = azure.directory.findPrincipalById(caller.principalId)?.permissions ?? [];
    return dispatch(routes, exchange, { azure, caller, permissions }, (hasPath) => {
      const { pathname } = exchange.url;
      throw hasPath
        ? graphError(
            405,
            'Request_BadRequest',
            `Specified HTTP method is not allowed for the request target ${pathname}.`,
          )
        : badRequest(`Resource not found for the segment '${pathname.split('/').at(-1)}'.`);
    });
  };
}
