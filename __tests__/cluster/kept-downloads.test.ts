import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ActionsJobCache } from '../../src/actions/job-cache.ts';
import { download } from '../../src/cluster/tools/download.ts';
import type { JobCache } from '../../src/runtime/index.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

// Downloads come from addresses that are pinned, so this is asked below the action: a server for the file, one for the cache.
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

/** One job that needs the file; `spoil` may change what the cache brings. Returns what it got and said. */
async function job(spoil: (cache: ActionsJobCache) => JobCache = (cache) => cache) {
  const temporaryDirectory = shop.path('temp');
  rmSync(temporaryDirectory, { recursive: true, force: true });
  mkdirSync(temporaryDirectory);
  const deps = testDeps({ temporaryDirectory, env: service.env });
  const cache = new ActionsJobCache(deps);
  const digest = createHash('sha256').update(content).digest('hex');
  const wanted = { what: 'the tool', url: server.url, algorithm: 'sha256', digest } as const;
  const file = join(temporaryDirectory, 'tool');
  await download({ ...wanted, file }, { ...deps, cache: spoil(cache) });
  await cache.saveKept();
  return { digest, got: readFileSync(file, 'utf8'), said: deps.lines.join('\n') };
}

test('a download is made once; later jobs have it from the first one, by its checksum', async () => {
  const { digest } = await job();
  expect(service.keys).toEqual([`entra-federation-sha256-${digest}`]);
  const later = await job();
  expect(later.got).toBe(content);
  expect(later.said).toContain('the tool: kept by an earlier job, checksum right');
  expect(requests).toBe(1);
  expect(service.keys).toHaveLength(1);
});

test('what comes back with another checksum is not used: the file is downloaded again, with a warning', async () => {
  await job();
  const spoilt = await job((cache) => ({
    ...noted(cache),
    restore: async (key, folder) => {
      const restored = await cache.restore(key, folder);
      appendFileSync(join(folder, 'file'), ' and more');
      return restored;
    },
  }));
  expect(spoilt.got).toBe(content);
  expect(spoilt.said).toContain('warning the tool: what an earlier job kept has another checksum');
  expect(requests).toBe(2);
});

test('of two jobs that keep the same at the same time one is first, and neither is warned', async () => {
  const atOnce = (cache: ActionsJobCache) => ({ ...noted(cache), restore: async () => false });
  for (const { got, said } of [await job(atOnce), await job(atOnce)]) {
    expect(got).toBe(content);
    expect(said).not.toContain('warning');
  }
  expect(service.keys).toHaveLength(1);
});

test('a folder of an entry without the file counts as none', async () => {
  await job();
  const emptied = await job((cache) => ({
    ...noted(cache),
    restore: async (key, folder) => {
      const restored = await cache.restore(key, folder);
      rmSync(join(folder, 'file'));
      return restored;
    },
  }));
  expect(emptied.got).toBe(content);
  expect(requests).toBe(2);
});

function noted(cache: ActionsJobCache): JobCache {
  return {
    available: cache.available,
    restore: (key, folder) => cache.restore(key, folder),
    keep: (key, what) => cache.keep(key, what),
  };
}
