import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pins } from '../../src/cluster/pins.ts';
import type { Archive } from '../../src/cluster/programs/envtest.ts';
import { ensurePrograms, type ProgramOptions } from '../../src/cluster/programs/index.ts';
import { moduleFolder } from '../../src/cluster/programs/module-folder.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

const names = ['kube-apiserver', 'etcd', 'azure-wi-webhook'] as const;
let shop: Workshop;

beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

/** A machine with nothing but a shell: own home, own PATH; `go` is there only if the test writes bin/go. */
function machine(env: Readonly<Record<string, string>> = {}) {
  const environment = { HOME: shop.path('home'), PATH: `${shop.path('bin')}:/usr/bin:/bin`, ...env };
  return testDeps({
    env: environment,
    ...createCommands(environment),
    temporaryDirectory: shop.path('temp'),
  });
}

const find = (deps: ReturnType<typeof machine>, options: ProgramOptions = {}) =>
  ensurePrograms(deps, { archive: null, ...options });

/** A stand-in for go that writes the program named by -o, after saying what the real one says. */
function fakeGo(script = '') {
  shop.program(
    'bin/go',
    `while [ $# -gt 0 ]; do case "$1" in -o) out=$2;; esac; shift; done
echo "go: downloading example.org/module v1.2.3" >&2
echo "example.org/module/package" >&2
echo '#!/bin/sh' > "$out"; chmod +x "$out"
${script}`,
  );
}

function archiveOf(programs: readonly string[]): Buffer {
  for (const name of programs)
    shop.program(`tree/controller-tools/envtest/${name}`, 'echo Kubernetes v1.34.1');
  execFileSync('tar', ['-czf', shop.path('archive.tar.gz'), '-C', shop.path('tree'), 'controller-tools']);
  return readFileSync(shop.path('archive.tar.gz'));
}

async function withArchive(
  content: Buffer,
  use: (archive: Archive, requests: () => number) => Promise<void>,
) {
  let requests = 0;
  const server = await serve((_, response) => {
    requests++;
    response.end(content);
  });
  const sha512 = createHash('sha512').update(content).digest('hex');
  try {
    await use({ url: `${server.url}/envtest.tar.gz`, sha512 }, () => requests);
  } finally {
    await server.close();
  }
}

describe('where the programs come from', () => {
  test('the named folder wins, then KUBEBUILDER_ASSETS, then PATH, each program for itself', async () => {
    shop.program('named/etcd', '');
    shop.program('assets/etcd', '');
    const assets = shop.program('assets/kube-apiserver', '');
    for (const name of names) shop.program(`bin/${name}`, '');
    const deps = machine({ KUBEBUILDER_ASSETS: shop.path('assets') });
    expect(await find(deps, { directory: shop.path('named') })).toEqual({
      etcd: shop.path('named', 'etcd'),
      'kube-apiserver': assets,
      'azure-wi-webhook': shop.path('bin', 'azure-wi-webhook'),
    });
  });

  test('a named folder without any of them is a mistake, not a reason to look elsewhere', async () => {
    shop.file('named/kube-apiserver', 'not executable');
    await expect(find(machine(), { directory: shop.path('named') })).rejects.toMatchObject({
      code: 'programs-directory-empty',
    });
  });

  test('a program of another version than the asked one is passed over', async () => {
    shop.program('bin/kube-apiserver', 'echo Kubernetes v1.30.0');
    for (const name of ['etcd', 'azure-wi-webhook']) shop.program(`bin/${name}`, '');
    const finding = find(machine(), { kubernetesVersion: 'v1.31.0' });
    await expect(finding).rejects.toMatchObject({ code: 'programs-unavailable' });
    await expect(finding).rejects.toThrow(/kube-apiserver v1\.31\.0: .*is v1\.30\.0, not v1\.31\.0/);
    shop.program('bin/kube-apiserver', 'echo Kubernetes v1.31.0');
    await find(machine(), { kubernetesVersion: 'v1.31.0' });
  });
});

describe('the published archive', () => {
  test('is downloaded once for both programs, verified, and found in the tool cache afterwards', async () => {
    shop.program('bin/azure-wi-webhook', '');
    await withArchive(archiveOf(['kube-apiserver', 'etcd', 'kubectl']), async (archive, requests) => {
      const deps = machine({ RUNNER_TOOL_CACHE: shop.path('tools') });
      const programs = await ensurePrograms(deps, { archive });
      const folder = shop.path('tools', 'envtest', pins.envtest.version, process.arch);
      expect(programs).toMatchObject({
        'kube-apiserver': join(folder, 'kube-apiserver'),
        etcd: join(folder, 'etcd'),
      });
      expect(existsSync(`${folder}.complete`)).toBe(true);
      expect(readdirSync(folder)).not.toContain('archive.tar.gz');
      expect(await ensurePrograms(deps, { archive })).toEqual(programs);
      expect(requests()).toBe(1);
    });
  });

  test('with another checksum than the pinned one is an alarm and leaves nothing', async () => {
    await withArchive(archiveOf(['kube-apiserver', 'etcd']), async (archive) => {
      const deps = machine({ RUNNER_TOOL_CACHE: shop.path('tools') });
      const finding = ensurePrograms(deps, { archive: { ...archive, sha512: '0'.repeat(128) } });
      await expect(finding).rejects.toMatchObject({ code: 'checksum-mismatch' });
      expect(existsSync(shop.path('tools', 'envtest'))).toBe(false);
    });
  });

  test('that cannot be reached is passed over after one attempt, with a line that says why', async () => {
    fakeGo();
    const deps = machine();
    const server = await serve(() => undefined);
    await server.close();
    await ensurePrograms(deps, { archive: { url: server.url, sha512: '' } });
    const lines = deps.lines.filter((line) => line.includes('failed to download the envtest archive'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ECONNREFUSED');
  });

  test('of a server that accepts and says nothing is given up within 5 s', async () => {
    fakeGo();
    const server = await serve(() => undefined);
    const deps = machine();
    const started = Date.now();
    try {
      await ensurePrograms(deps, { archive: { url: server.url, sha512: '' } });
    } finally {
      await server.close();
    }
    expect(Date.now() - started).toBeLessThan(9_000);
    expect(deps.lines.join('\n')).toContain('no answer within 5 s');
  });
});

describe('the build from Go modules', () => {
  test('gets the pinned flags, shows its progress, and is found in the tool cache afterwards', async () => {
    fakeGo('echo "$CGO_ENABLED $GOFLAGS $PWD" >> "$HOME/calls"');
    const deps = machine({});
    shop.file('home/calls', '');
    const programs = await find(deps);
    const folder = shop.path('home', '.cache', 'entra-kubernetes-federation');
    expect(programs.etcd).toBe(join(folder, 'etcd', '3.6.4', process.arch, 'etcd'));
    expect(readFileSync(shop.path('home/calls'), 'utf8').trim().split('\n')).toEqual(
      ['kube-apiserver', 'etcd', 'webhook'].map((module) => `0 -mod=readonly ${process.cwd()}/go/${module}`),
    );
    expect(deps.lines.join('\n')).toMatch(
      /kube-apiserver: \d+ s, 1 modules downloaded, 1 packages compiled, done/,
    );
    expect(await find(machine({ PATH: '/nowhere' }))).toEqual(programs);
  });

  test('that fails half-way shows what the compiler said and is never used', async () => {
    fakeGo('echo "package.go:1:1: syntax error" >&2; exit 1');
    const failing = find(machine());
    await expect(failing).rejects.toMatchObject({ code: 'build-failed' });
    await expect(failing).rejects.toThrow(/syntax error/);
    await expect(find(machine({ PATH: '/nowhere' }))).rejects.toMatchObject({ code: 'programs-unavailable' });
  });

  test('by two jobs at once leaves one whole program', async () => {
    fakeGo('sleep 0.3');
    const [first, second] = await Promise.all([find(machine()), find(machine())]);
    expect(first).toEqual(second);
    const versions = shop.path('home', '.cache', 'entra-kubernetes-federation', 'etcd', '3.6.4');
    expect(readdirSync(versions).sort()).toEqual([process.arch, `${process.arch}.complete`]);
  });

  test.each([
    ['without Go', undefined, /Go is not installed/],
    [
      'without a module proxy',
      'echo "go: dial tcp: lookup proxy.golang.org: no such host" >&2; exit 1',
      /no such host/,
    ],
    [
      'with an old Go',
      'echo "go: go.mod requires go >= 1.26.4 (running go 1.21.0)" >&2; exit 1',
      /Go is too old/,
    ],
  ])('%s is one error with three ways out', async (_, script, why) => {
    if (script !== undefined) fakeGo(script);
    const environment = { HOME: shop.path('home'), PATH: shop.path('bin') };
    const finding = ensurePrograms(
      testDeps({
        env: environment,
        ...createCommands({
          ...environment,
          PATH: script === undefined ? shop.path('bin') : `${shop.path('bin')}:/bin`,
        }),
        temporaryDirectory: shop.path('temp'),
      }),
      { archive: { url: 'http://127.0.0.1:1/', sha512: '' } },
    );
    await expect(finding).rejects.toThrow(why);
    await expect(finding).rejects.toMatchObject({
      code: 'programs-unavailable',
      hint: expect.stringMatching(
        /1\. Set programs-directory[\s\S]*2\. Restore the tool cache[\s\S]*3\. Give the job Go/,
      ),
    });
  });
});

test('the go.mod files hold the pinned versions', async () => {
  for (const { module, version, package: main } of Object.values(pins.built)) {
    const folder = await moduleFolder(module);
    const text = readFileSync(join(folder ?? '', 'go.mod'), 'utf8');
    expect(text).toContain(`tool ${main}\n`);
    const required = [...text.matchAll(/^\t?(?:require )?(\S+) v(\S+)/gm)].find(([, path]) =>
      main.startsWith(path ?? '-'),
    );
    expect(required?.[2]).toBe(version);
  }
});

test('the module folder is found from anywhere in the repository, the bundle included, and nowhere else', async () => {
  expect(await moduleFolder('etcd', join(process.cwd(), 'dist'))).toBe(join(process.cwd(), 'go/etcd'));
  expect(await moduleFolder('etcd', shop.folder)).toBeUndefined();
});
