import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Azure } from '../azure.ts';
import { decodePart, getUrl, Refused } from '../http/exchange.ts';
import { type StreamHandler, send } from '../http/listener.ts';
import { findByName } from '../items.ts';
import type { Azurite } from './azurite.ts';
import { authorizeBlobRequest, type BlobTarget, checkAnonymous } from './blob-access.ts';
import { storageError } from './storage-errors.ts';

/**
 * Returns the handler of the blob endpoint: it authorizes requests as Azure does, and streams them to
 * Azurite.
 */
export function createBlobHandler(azure: Azure): StreamHandler {
  return async (request, response) => {
    try {
      await serve(azure, request, response);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      request.resume();
      send(response, error.reply);
    }
  };
}

async function serve(azure: Azure, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { azurite } = azure.storage;
  const target = readTarget(azure, request);
  if (!azurite) throw storageError('ServerBusy');
  const { authorization } = request.headers;
  const headers = { ...request.headers };
  const isAnonymous = authorization === undefined && !target.query.has('sig');
  if (isAnonymous) {
    checkAnonymous(azure, target);
  } else if (authorization?.startsWith('Bearer ')) {
    const caller = authorizeBlobRequest(azure, target, authorization);
    // Azurite uses the clock of the machine, and the emulator possibly another: the request gets a token for
    // Azurite's clock.
    headers.authorization = `Bearer ${azure.tokens.issue(caller, 'https://storage.azure.com', Date.now() / 1000)}`;
  } else if (!target.account.allowSharedKeyAccess && !target.query.has('skoid')) {
    throw storageError('KeyBasedAuthenticationNotPermitted');
  }
  const answer = await forward(azurite, request, headers);
  const asAzure = translateRefusal(answer, isAnonymous);
  if (asAzure) {
    answer.resume();
    throw asAzure;
  }
  if (isStaticWebsiteChange(target) && answer.statusCode === 202)
    await azure.storage.createWebContainer(target.account);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

/** Returns Azure's error if Azurite words the same error differently. */
function translateRefusal(
  { statusCode, headers }: IncomingMessage,
  isAnonymous: boolean,
): Refused | undefined {
  // Anonymous clients do not even learn that a private container exists.
  if (isAnonymous && statusCode === 403) return storageError('ResourceNotFound');
  // Azurite treats a wrong account key as a token next, and reports an invalid token.
  const isWrongKey = statusCode === 400 && headers['x-ms-error-code'] === 'InvalidAuthenticationInfo';
  return isWrongKey ? storageError('AuthenticationFailed') : undefined;
}

function readTarget(azure: Azure, request: IncomingMessage): BlobTarget {
  const url = getUrl(request);
  const [, name = '', container, ...rest] = url.pathname.split('/').map(decodePart);
  const account = findByName(azure.resources.storageAccounts, name);
  if (!account || azure.clock.now() < account.readyAt) throw storageError('ResourceNotFound');
  return {
    method: request.method ?? 'GET',
    account,
    container: container || undefined,
    blob: rest.join('/') || undefined,
    query: url.searchParams,
  };
}

function isStaticWebsiteChange({ method, container, query }: BlobTarget): boolean {
  return (
    method === 'PUT' && !container && query.get('restype') === 'service' && query.get('comp') === 'properties'
  );
}

function forward(
  azurite: Azurite,
  request: IncomingMessage,
  headers: IncomingMessage['headers'],
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = azurite.open(request.method ?? 'GET', request.url ?? '/', headers);
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    pipeline(request, outgoing).catch(reject);
  });
}
