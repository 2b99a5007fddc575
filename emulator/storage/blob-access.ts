import { isPermitted } from '../arm/access.ts';
import type { StorageAccount } from '../arm/resources.ts';
import { type Azure, audiences } from '../azure.ts';
import type { Caller } from '../entra/access-tokens.ts';
import { readBearerToken } from '../entra/access-tokens.ts';
import type { Refused } from '../http/exchange.ts';
import { storageError } from './storage-errors.ts';

/** The target of a request to the blob endpoint. */
export interface BlobTarget {
  readonly method: string;
  readonly account: StorageAccount;
  readonly container: string | undefined;
  readonly blob: string | undefined;
  readonly query: URLSearchParams;
}

const services = 'Microsoft.Storage/storageAccounts/blobServices';
const containers = `${services}/containers`;
const blobs = `${containers}/blobs`;

/** Returns the permission that a caller with a token needs. */
export function findPermission({ method, container, blob, query }: BlobTarget): {
  readonly plane: 'actions' | 'dataActions';
  readonly action: string;
} {
  const isRead = method === 'GET' || method === 'HEAD';
  const verb = isRead ? 'read' : method === 'DELETE' ? 'delete' : 'write';
  if (blob) return { plane: 'dataActions', action: `${blobs}/${verb}` };
  if (container && query.get('comp') === 'list') return { plane: 'dataActions', action: `${blobs}/read` };
  if (container || query.get('comp') === 'list') return { plane: 'actions', action: `${containers}/${verb}` };
  if (query.get('comp') === 'userdelegationkey')
    return { plane: 'actions', action: `${services}/generateUserDelegationKey/action` };
  return { plane: 'actions', action: `${services}/${verb}` };
}

/** Returns the caller of a request with a token. Rejects an invalid token and a caller without the role. */
export function authorizeBlobRequest(azure: Azure, target: BlobTarget, authorization: string): Caller {
  const token = readBearerToken(authorization);
  const caller = token === undefined ? 'malformed' : azure.tokens.check(token, audiences.storage);
  if (typeof caller === 'string') throw createChallenge(azure, 'InvalidAuthenticationInfo');
  // Container ACLs do not support Entra ID: the operation does not exist for a token.
  if (target.container && target.query.get('comp') === 'acl') throw storageError('ResourceNotFound');
  const { action, plane } = findPermission(target);
  const id = azure.resources.getResourceId('Microsoft.Storage/storageAccounts', target.account);
  const scope = target.container ? `${id}/blobServices/default/containers/${target.container}` : id;
  if (!isPermitted(azure, caller.principalId, action, scope, plane))
    throw storageError('AuthorizationPermissionMismatch');
  return caller;
}

/** Rejects an anonymous request if the account forbids it, before the container is looked up. */
export function checkAnonymous(azure: Azure, { account, method }: BlobTarget): void {
  if (method !== 'GET' && method !== 'HEAD') throw createChallenge(azure, 'NoAuthenticationInformation');
  if (!account.allowBlobPublicAccess) throw storageError('PublicAccessNotPermitted');
}

function createChallenge(
  azure: Azure,
  code: 'InvalidAuthenticationInfo' | 'NoAuthenticationInformation',
): Refused {
  return storageError(code, {
    'www-authenticate': `Bearer authorization_uri=${azure.urls.authority}/${azure.tenant.id}/oauth2/authorize resource_id=https://storage.azure.com`,
  });
}
