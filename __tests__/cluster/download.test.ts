import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pins } from '../../src/cluster/pins.ts';
import { download } from '../../src/cluster/tools/download.ts';
import { ensureTool } from '../../src/cluster/tools/tool.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

const content = 'the tool as published';
const digest = createHash('sha256').update(content).digest('hex');

let shop: Workshop;
let server: Awaited<ReturnType<typeof serve>>;
/** What the server does with the next requests. After that, it sends the content. */
let answers: ((response: ServerResponse) => void)[];
let requests: number;
beforeEach(async () => {
  shop = workshop();
  answers = [];
  requests = 0;
  server = await serve((_, response) => {
    requests++;
    const answer = answers.shift();
    if (answer) answer(response);
    else response.end(content);
  });
});
afterEach(async () => {
  await server.close();
  shop.remove();
});

const fail =
  (status: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end('no');

/** Sends half of the content and breaks the connection. */
const interrupt = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.slice(0, 8), () => response.destroy());
};

function start(url = server.url) {
  const file = shop.path('tool');
  const deps = { ...testDeps({ temporaryDirectory: shop.folder }), clock: manualClock() };
  const done = download({ what: 'the tool', url, algorithm: 'sha256', digest, file }, deps);
  return { done, deps, file };
}

describe('download', () => {
  test('retries a busy server and an interrupted transfer, and returns the whole file', async () => {
    answers = [fail(503), interrupt, fail(429, { 'retry-after': '7' })];
    const { done, deps, file } = start();
    await done;
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(requests).toBe(4);
    expect(deps.clock.slept).toHaveLength(3);
    expect(deps.clock.slept[2]).toBeGreaterThanOrEqual(7);
  });

  test.each([400, 403, 404])('does not retry HTTP %i', async (status) => {
    answers = [fail(status)];
    const { done, deps } = start();
    await expect(done).rejects.toMatchObject({ code: 'download-failed', fault: 'service' });
    expect(requests).toBe(1);
    expect(deps.clock.slept).toEqual([]);
  });

  test('does not retry a wrong checksum, and deletes the file', async () => {
    answers = [(response) => void response.end('something else')];
    const { done, file } = start();
    await expect(done).rejects.toMatchObject({ code: 'checksum-mismatch' });
    expect(requests).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('does not retry a file that cannot be written', async () => {
    shop.file('tool', 'already exists');
    await expect(start().done).rejects.toMatchObject({ code: 'EEXIST' });
    expect(requests).toBe(1);
  });

  test('stops trying an unreachable server after 15 s', async () => {
    await server.close();
    const { done, deps } = start();
    await expect(done).rejects.toMatchObject({ code: 'download-failed' });
    await expect(done).rejects.toThrow('ECONNREFUSED');
    const waited = deps.clock.slept.reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(15);
  });

  test('stops trying a server that never answers', async () => {
    jest.useFakeTimers();
    try {
      const fetch: typeof globalThis.fetch = (_, init) =>
        new Promise((__, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      const deps = testDeps({ temporaryDirectory: shop.folder, fetch });
      const wanted = { what: 'the tool', url: server.url, algorithm: 'sha256', digest } as const;
      const done = download({ ...wanted, file: shop.path('tool') }, deps);
      done.catch(() => undefined);
      await jest.advanceTimersByTimeAsync(25_000);
      await expect(done).rejects.toThrow('no answer within 5 s');
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('ensureTool', () => {
  test('retries the download of a checksum', async () => {
    const statuses: number[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      if (!String(url).endsWith('.sha256')) return new Response(content);
      statuses.push(statuses.length === 0 ? 502 : 200);
      return new Response(`${digest}  minikube-linux-amd64\n`, { status: statuses.at(-1) ?? 0 });
    };
    const env = { HOME: shop.path('home'), PATH: '/nonexistent' };
    const deps = testDeps({ env, fetch, clock: manualClock(), temporaryDirectory: shop.folder });
    const file = await ensureTool('minikube', 'v1.99.0', deps);
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(statuses).toEqual([502, 200]);
  });

  test('reports a version that is not published', async () => {
    const fetch: typeof globalThis.fetch = async () => new Response('no', { status: 404 });
    const env = { HOME: shop.path('home'), PATH: '/nonexistent' };
    const deps = testDeps({ env, fetch, clock: manualClock(), temporaryDirectory: shop.folder });
    await expect(ensureTool('minikube', 'v1.99.0', deps)).rejects.toMatchObject({
      code: 'tool-unavailable',
    });
  });

  test('uses a cached tool without a pinned checksum, and ignores one that differs from its pinned checksum', async () => {
    const requested: string[] = [];
    const fetch: typeof globalThis.fetch = async (url) => {
      requested.push(String(url));
      return new Response('no', { status: 404 });
    };
    const env = { RUNNER_TOOL_CACHE: shop.path('tools'), PATH: '/nonexistent' };
    const deps = testDeps({ env, fetch, clock: manualClock(), temporaryDirectory: shop.folder });
    for (const version of ['1.99.0', pins.tools.minikube.version]) {
      shop.program(`tools/minikube/${version}/${process.arch}/minikube`, 'changed');
      shop.file(`tools/minikube/${version}/${process.arch}.complete`, '');
    }
    await expect(ensureTool('minikube', 'v1.99.0', deps)).resolves.toContain('1.99.0');
    expect(requested).toEqual([]);
    await expect(ensureTool('minikube', undefined, deps)).rejects.toMatchObject({ code: 'tool-unavailable' });
    expect(requested).toEqual([expect.stringContaining(`v${pins.tools.minikube.version}`)]);
  });
});
