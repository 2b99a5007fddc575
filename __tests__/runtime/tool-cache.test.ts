import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CachedTool, findCached, storeInCache, toolCacheRoot } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let deps: TestDeps;
beforeEach(() => {
  shop = workshop();
  deps = testDeps({
    env: { RUNNER_TOOL_CACHE: shop.path('tools') },
    temporaryDirectory: shop.path('temp'),
  });
});
afterEach(() => shop.remove());

const kind: CachedTool = { name: 'kind', version: '0.32.0' };
const program = '#!/bin/sh\necho kind\n';
const pinned: CachedTool = { ...kind, sha256: { kind: createHash('sha256').update(program).digest('hex') } };

const cached = (...names: readonly string[]) => shop.path('tools/kind/0.32.0', ...names);
const markers = () => readdirSync(cached()).sort();

function store(tool: CachedTool = kind, content = program): Promise<string> {
  return storeInCache(tool, deps, (folder) => writeFile(join(folder, 'kind'), content, { mode: 0o755 }));
}

describe('storeInCache', () => {
  test('stores a tool where setup actions look for it, with its mode', async () => {
    expect(await store()).toBe(cached(arch()));
    expect(markers()).toEqual([arch(), `${arch()}.complete`]);
    expect(readFileSync(cached(arch(), 'kind'), 'utf8')).toBe(program);
    expect(statSync(cached(arch(), 'kind')).mode & 0o777).toBe(0o755);
  });

  test('leaves no copy of the tool in the temporary folder', async () => {
    await store();
    expect(readdirSync(shop.path('temp/entra-kubernetes-federation/tools'))).toEqual([]);
  });

  test('replaces the half of a tool that an interrupted job left', async () => {
    shop.file(`tools/kind/0.32.0/${arch()}/kind`, 'half a program');
    shop.file(`tools/kind/0.32.0/${arch()}/half`, 'of another');
    expect(await store()).toBe(cached(arch()));
    expect(readFileSync(cached(arch(), 'kind'), 'utf8')).toBe(program);
    expect(readdirSync(cached(arch()))).toEqual(['kind']);
    expect(markers()).toEqual([arch(), `${arch()}.complete`]);
  });

  test('keeps the tool that another job has stored meanwhile', async () => {
    const [first, second] = await Promise.all([store(kind, 'one'), store(kind, 'two')]);
    expect(first).toBe(second);
    const content = readFileSync(cached(arch(), 'kind'), 'utf8');
    expect(['one', 'two']).toContain(content);
    await store(kind, 'three');
    expect(readFileSync(cached(arch(), 'kind'), 'utf8')).toBe(content);
  });

  test('stores nothing if the tool cannot be made', async () => {
    const storing = storeInCache(kind, deps, async (folder) => {
      await writeFile(join(folder, 'kind'), 'half');
      throw new Error('connection reset');
    });
    await expect(storing).rejects.toThrow('connection reset');
    expect(existsSync(cached())).toBe(false);
    expect(readdirSync(shop.path('temp/entra-kubernetes-federation/tools'))).toEqual([]);
  });

  test('warns and returns a folder of the job if the cache cannot be written', async () => {
    shop.file('tools', 'not a folder');
    const folder = await store();
    expect(folder.startsWith(shop.path('temp'))).toBe(true);
    expect(readFileSync(join(folder, 'kind'), 'utf8')).toBe(program);
    expect(deps.lines.join('\n')).toMatch(/^warning Could not store kind 0\.32\.0 in the tool cache/);
  });
});

describe('findCached', () => {
  test('finds a tool that was stored completely', async () => {
    expect(await findCached(kind, deps)).toBeUndefined();
    await store();
    expect(await findCached(kind, deps)).toBe(cached(arch()));
  });

  test('ignores a folder that is not marked as complete', async () => {
    shop.file(`tools/kind/0.32.0/${arch()}/kind`, 'half a program');
    expect(await findCached(kind, deps)).toBeUndefined();
  });

  test('verifies the pinned checksum on every use', async () => {
    await store(pinned);
    expect(await findCached(pinned, deps)).toBe(cached(arch()));
    chmodSync(cached(arch(), 'kind'), 0o755);
    await writeFile(cached(arch(), 'kind'), 'changed later');
    expect(await findCached(pinned, deps)).toBeUndefined();
    expect(deps.lines).toEqual([expect.stringMatching(/^warning Ignoring .*SHA-256 digest/)]);
    expect(await store(pinned)).toBe(cached(arch()));
    expect(readFileSync(cached(arch(), 'kind'), 'utf8')).toBe(program);
  });

  test('ignores a stored tool that lacks a pinned file', async () => {
    shop.file(`tools/kind/0.32.0/${arch()}/README`, '');
    shop.file(`tools/kind/0.32.0/${arch()}.complete`, '');
    expect(await findCached(pinned, deps)).toBeUndefined();
  });
});

describe('toolCacheRoot', () => {
  test("is the runner's tool cache, otherwise a folder below the home, otherwise one of the job", () => {
    expect(toolCacheRoot({ RUNNER_TOOL_CACHE: '/tools', HOME: '/people/me' }, '/temp')).toBe('/tools');
    expect(toolCacheRoot({ HOME: '/people/me' }, '/temp')).toBe(
      '/people/me/.cache/entra-kubernetes-federation',
    );
    expect(toolCacheRoot({}, '/temp')).toBe('/temp/tool-cache');
  });
});
