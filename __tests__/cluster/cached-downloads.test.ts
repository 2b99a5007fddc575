import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ActionsJobCache } from '../../src/actions/job-cache.ts';
import { download } from '../../src/cluster/tools/download.ts';
import type { JobCache } from '../../src/runtime/index.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

// The URLs of downloads are pinned, so this tests `download` itself, with a server for the file and one for
// the cache.
const content = 'the tool as published';
let shop: Workshop;
let service: CacheService;
let server: Awaited<ReturnType<typeof serve>>;
let requests: number;
const names = ['ACTIONS_CACHE_SERVICE_V2', 'ACTIONS_RESULTS_URL', 'ACTIONS_RUNTIME_TOKEN'] as const;
beforeEach(async () => {
  shop = workshop();
  service = await cacheService(shop.path('service'));
  requests = 0;
  server = await serve((_, response) => {
    requests++;
    response.end(content);
  });
  // The client of the service reads its address from the process.
  Object.assign(process.env, service.env, {
    RUNNER_TEMP: shop.path('temp'),
    GITHUB_WORKSPACE: shop.path('work'),
  });
  mkdirSync(shop.path('work'));
});
afterEach(async () => {
  for (const name of [...names, 'RUNNER_TEMP', 'GITHUB_WORKSPACE']) delete process.env[name];
  await server.close();
  await service.close();
  shop.remove();
});

/**
 * Runs a job that needs the file. `wrap` may change the cache. Returns the content of the file and the log.
 */
async function job(wrap: (cache: ActionsJobCache) => JobCache = (cache) => cache) {
  const temporaryDirectory = shop.path('temp');
  rmSync(temporaryDirectory, { recursive: true, force: true });
  mkdirSync(temporaryDirectory);
  const deps = testDeps({ temporaryDirectory, env: service.env });
  const cache = new ActionsJobCache(deps);
  const digest = createHash('sha256').update(content).digest('hex');
  const wanted = { what: 'the tool', url: server.url, algorithm: 'sha256', digest } as const;
  const file = join(temporaryDirectory, 'tool');
  await download({ ...wanted, file }, { ...deps, cache: wrap(cache) });
  await cache.saveKept();
  return { digest, content: readFileSync(file, 'utf8'), log: deps.lines.join('\n') };
}

describe('download', () => {
  test('restores a file that an earlier job downloaded and cached under its checksum', async () => {
    const { digest } = await job();
    expect(service.keys).toEqual([`entra-federation-sha256-${digest}`]);
    const later = await job();
    expect(later.content).toBe(content);
    expect(later.log).toContain('Restored the tool from the cache of an earlier job');
    expect(requests).toBe(1);
    expect(service.keys).toHaveLength(1);
  });

  test('downloads the file again, with a warning, if the checksum of the cached copy is wrong', async () => {
    await job();
    const spoiled = await job((cache) => ({
      ...delegate(cache),
      restore: async (key, folder) => {
        const restored = await cache.restore(key, folder);
        appendFileSync(join(folder, 'file'), ' and more');
        return restored;
      },
    }));
    expect(spoiled.content).toBe(content);
    expect(spoiled.log).toContain('warning Ignoring the cached copy of the tool');
    expect(requests).toBe(2);
  });

  test('caches a file once, without a warning, if two jobs cache it at the same time', async () => {
    const neverRestores = (cache: ActionsJobCache) => ({ ...delegate(cache), restore: async () => false });
    for (const { content: found, log } of [await job(neverRestores), await job(neverRestores)]) {
      expect(found).toBe(content);
      expect(log).not.toContain('warning');
    }
    expect(service.keys).toHaveLength(1);
  });

  test('downloads the file again if the cache entry does not contain it', async () => {
    await job();
    const emptied = await job((cache) => ({
      ...delegate(cache),
      restore: async (key, folder) => {
        const restored = await cache.restore(key, folder);
        rmSync(join(folder, 'file'));
        return restored;
      },
    }));
    expect(emptied.content).toBe(content);
    expect(requests).toBe(2);
  });
});

/** A cache with the methods of another one, to override some of them. */
function delegate(cache: ActionsJobCache): JobCache {
  return {
    available: cache.available,
    restore: (key, folder) => cache.restore(key, folder),
    keep: (key, what) => cache.keep(key, what),
  };
}
