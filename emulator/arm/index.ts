import type { Azure } from '../azure.ts';
import type { Handler } from '../http/exchange.ts';
import { dispatch, type Route } from '../http/routes.ts';
import { containerRoutes } from './containers.ts';
import { identityRoutes } from './identities.ts';
import { type ArmContext, armError, authenticate } from './request.ts';
import { groupRoutes } from './resource-groups.ts';
import { roleRoutes } from './role-assignments.ts';
import { storageRoutes } from './storage-accounts.ts';
import { vaultRoutes } from './vaults.ts';

const routes: readonly Route<ArmContext>[] = [
  // Role assignments come first: their scope can be any other path.
  ...roleRoutes,
  ...groupRoutes,
  ...storageRoutes,
  ...containerRoutes,
  ...identityRoutes,
  ...vaultRoutes,
];

/** Returns the handler of Azure Resource Manager, with the resources that federation needs. */
export function createResourceManagerHandler(azure: Azure): Handler {
  return async (exchange) => {
    const caller = authenticate(exchange, azure);
    if (!exchange.url.searchParams.has('api-version')) {
      throw armError(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    return dispatch(routes, exchange, { azure, caller }, (hasPath) => {
      const { pathname } = exchange.url;
      throw hasPath
        ? armError(
            405,
            'MethodNotAllowed',
            `The emulator does not support ${exchange.method} on ${pathname}.`,
          )
        : armError(404, 'InvalidResourceType', `The resource type could not be found for ${pathname}.`);
    });
  };
}
