import type { StorageAccount } from '../arm/resources.ts';
import { decodePart, type Handler, type Reply } from '../http/exchange.ts';
import type { Storage } from './storage.ts';

const container = '$web';

/**
 * Returns the handler of an account's static website. While enabled, it serves `$web` publicly, even if the
 * account forbids public access.
 */
export function createWebsiteHandler(
  storage: () => Storage,
  account: () => StorageAccount | undefined,
): Handler {
  return async ({ method, url }) => {
    const owner = account();
    const website = owner && (await storage().getWebsite(owner));
    if (!owner || !website) return createMissingPage();
    if (method !== 'GET' && method !== 'HEAD')
      return createPage(405, "The resource doesn't support specified Http Verb.");
    const path = decodePart(url.pathname).slice(1);
    const wanted = path === '' || path.endsWith('/') ? `${path}${website.index ?? ''}` : path;
    const found = await read(storage(), owner, wanted, 200);
    if (found) return found;
    return (website.error && (await read(storage(), owner, website.error, 404))) || createMissingPage();
  };
}

async function read(
  storage: Storage,
  owner: StorageAccount,
  path: string,
  status: number,
): Promise<Reply | undefined> {
  if (path === '') return undefined;
  const answer = await storage.readBlob(owner, container, path);
  if (answer.status !== 200) return undefined;
  const kept = ['content-type', 'cache-control', 'etag', 'last-modified'].flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { status, headers: Object.fromEntries(kept), body: answer.body };
}

function createMissingPage(): Reply {
  return createPage(404, 'The requested content does not exist.', {
    'x-ms-error-code': 'WebContentNotFound',
  });
}

function createPage(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html', ...headers },
    body: `<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`,
  };
}
