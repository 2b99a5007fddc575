import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { serve } from './workshop.ts';

/** The parts of the runner's cache service (version 2) that its client uses: entries by key and version, archives as blobs. */
export interface CacheService {
  /** What a runner sets for the steps of a job. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of whole entries, in the order in which they were made. */
  readonly keys: string[];
  /** File of an entry's archive. */
  archiveOf(key: string): string;
  /** While set, every call is answered with this status. */
  fault: number | undefined;
  /** Methods that were called. */
  readonly calls: string[];
  close(): Promise<void>;
}

interface CacheRequest {
  readonly key: string;
  readonly version: string;
}

/** Starts the service on loopback. Archives are stored in `folder`. */
export async function cacheService(folder: string): Promise<CacheService> {
  mkdirSync(folder, { recursive: true });
  const entries = new Map<string, string>();
  const keys: string[] = [];
  const server = await serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const name = pathname.split('/').at(-1) ?? '';
    if (service.fault !== undefined) {
      request.resume();
      return response.writeHead(service.fault).end('{"msg":"on purpose"}');
    }
    if (pathname.startsWith('/blobs/')) return blob(join(folder, name), request, searchParams, response);
    service.calls.push(name);
    const body = JSON.parse(await text(request)) as CacheRequest;
    const answer = callMethod(name, body, { entries, keys, blobs: `${server.url}/blobs` });
    const exists = { code: 'already_exists', msg: 'cache entry with the same key already exists' };
    return response.writeHead(answer ? 200 : 409).end(JSON.stringify(answer ?? exists));
  });
  const service: CacheService = {
    env: {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${server.url}/`,
      ACTIONS_RUNTIME_TOKEN: 'token-of-this-job',
    },
    keys,
    archiveOf: (key) => join(folder, [...entries].find(([, known]) => known === key)?.[0] ?? 'none'),
    fault: undefined,
    calls: [],
    close: server.close,
  };
  return service;
}

interface Store {
  /** Keys by the names of their blobs. */
  readonly entries: Map<string, string>;
  readonly keys: string[];
  readonly blobs: string;
}

/** Answers one method of the service; undefined for an entry that already exists. */
function callMethod(
  method: string,
  { key, version }: CacheRequest,
  { entries, keys, blobs }: Store,
): object | undefined {
  const name = `${key}.${version.slice(0, 16)}`;
  switch (method) {
    case 'CreateCacheEntry':
      return entries.has(name) ? undefined : { ok: true, signed_upload_url: `${blobs}/${name}` };
    case 'FinalizeCacheEntryUpload':
      entries.set(name, key);
      keys.push(key);
      return { ok: true, entry_id: String(entries.size) };
    case 'GetCacheEntryDownloadURL':
      if (!entries.has(name)) return { ok: false };
      return { ok: true, signed_download_url: `${blobs}/${name}`, matched_key: key };
    default:
      return undefined;
  }
}

/** A block blob: written whole, or in blocks that a list then puts together; read whole. */
async function blob(
  file: string,
  request: IncomingMessage,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<unknown> {
  if (request.method === 'GET') {
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-length': statSync(file).size });
    // Not awaited: a client may leave with the last byte, before the server calls it the end.
    return createReadStream(file).pipe(response);
  }
  const blockFile = (id: string) => `${file}.${Buffer.from(id).toString('hex')}`;
  if (query.get('comp') === 'block')
    await pipeline(request, createWriteStream(blockFile(query.get('blockid') ?? '')));
  else if (query.get('comp') === 'blocklist') {
    const ids = [...(await text(request)).matchAll(/<Latest>([^<]+)</g)].map(([, id = '']) => id);
    await writeFile(`${file}.whole`, '');
    for (const id of ids)
      await pipeline(createReadStream(blockFile(id)), createWriteStream(`${file}.whole`, { flags: 'a' }));
    renameSync(`${file}.whole`, file);
  } else await pipeline(request, createWriteStream(file));
  return response.writeHead(201, { 'x-ms-request-id': 'test', etag: '"1"' }).end();
}
