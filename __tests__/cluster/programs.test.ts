import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pins } from '../../src/cluster/pins.ts';
import { findModuleFolder } from '../../src/cluster/programs/build.ts';
import { type Archive, envtest } from '../../src/cluster/programs/envtest.ts';
import { ensurePrograms, type ProgramOptions } from '../../src/cluster/programs/index.ts';
import { createCommands, findCached, systemClock } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { serve, type Workshop, workshop } from '../support/workshop.ts';

const names = ['kube-apiserver', 'etcd', 'azure-wi-webhook'] as const;
let shop: Workshop;

beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

/**
 * Dependencies of a machine that has only a shell: its own home, its own PATH, and no `go` unless a test
 * writes bin/go.
 */
function fakeMachine(env: Readonly<Record<string, string>> = {}) {
  const environment = { HOME: shop.path('home'), PATH: `${shop.path('bin')}:/usr/bin:/bin`, ...env };
  return testDeps({
    env: environment,
    ...createCommands(environment),
    clock: manualClock(),
    temporaryDirectory: shop.path('temp'),
  });
}

const find = (deps: ReturnType<typeof fakeMachine>, options: ProgramOptions = {}) =>
  ensurePrograms(deps, { archive: null, ...options });

/** Writes a fake go that prints what the real one prints, writes the program of -o, and runs `script`. */
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

describe('ensurePrograms', () => {
  test('prefers the folder of the user, then KUBEBUILDER_ASSETS, then PATH, for each program', async () => {
    shop.program('named/etcd', '');
    shop.program('assets/etcd', '');
    const assets = shop.program('assets/kube-apiserver', '');
    for (const name of names) shop.program(`bin/${name}`, '');
    const deps = fakeMachine({ KUBEBUILDER_ASSETS: shop.path('assets') });
    expect(await find(deps, { directory: shop.path('named') })).toEqual({
      etcd: shop.path('named', 'etcd'),
      'kube-apiserver': assets,
      'azure-wi-webhook': shop.path('bin', 'azure-wi-webhook'),
    });
  });

  test('rejects a folder of the user without any of the programs', async () => {
    shop.file('named/kube-apiserver', 'not executable');
    await expect(find(fakeMachine(), { directory: shop.path('named') })).rejects.toMatchObject({
      code: 'programs-directory-empty',
    });
  });

  test('ignores a kube-apiserver of another version than the requested one', async () => {
    shop.program('bin/kube-apiserver', 'echo Kubernetes v1.30.0');
    for (const name of ['etcd', 'azure-wi-webhook']) shop.program(`bin/${name}`, '');
    const finding = find(fakeMachine(), { kubernetesVersion: 'v1.31.0' });
    await expect(finding).rejects.toMatchObject({ code: 'programs-unavailable' });
    await expect(finding).rejects.toThrow(
      /kube-apiserver v1\.31\.0: expected v1\.31\.0, found v1\.30\.0 in /,
    );
    shop.program('bin/kube-apiserver', 'echo Kubernetes v1.31.0');
    await find(fakeMachine(), { kubernetesVersion: 'v1.31.0' });
  });
});

describe('the envtest archive', () => {
  test('is downloaded once for both programs and found in the tool cache afterwards', async () => {
    shop.program('bin/azure-wi-webhook', '');
    await withArchive(archiveOf(['kube-apiserver', 'etcd', 'kubectl']), async (archive, requests) => {
      const deps = fakeMachine({ RUNNER_TOOL_CACHE: shop.path('tools') });
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

  test('is rejected and deleted if its checksum is wrong', async () => {
    await withArchive(archiveOf(['kube-apiserver', 'etcd']), async (archive) => {
      const deps = fakeMachine({ RUNNER_TOOL_CACHE: shop.path('tools') });
      const finding = ensurePrograms(deps, { archive: { ...archive, sha512: '0'.repeat(128) } });
      await expect(finding).rejects.toMatchObject({ code: 'checksum-mismatch' });
      expect(existsSync(shop.path('tools', 'envtest'))).toBe(false);
    });
  });

  test.each([
    ['damaged', Buffer.from('not an archive')],
    ['without one of the programs', undefined],
  ])('is rejected if it is %s', async (_, content) => {
    await withArchive(content ?? archiveOf(['etcd']), async (archive) => {
      const deps = fakeMachine({ RUNNER_TOOL_CACHE: shop.path('tools') });
      await expect(ensurePrograms(deps, { archive })).rejects.toMatchObject({ code: 'archive-unreadable' });
      expect(await findCached(envtest, deps)).toBeUndefined();
    });
  });

  test('is not used if it cannot be downloaded, and the log says why once', async () => {
    fakeGo();
    const deps = fakeMachine();
    const server = await serve(() => undefined);
    await server.close();
    await ensurePrograms(deps, { archive: { url: server.url, sha512: '' } });
    const lines = deps.lines.filter((line) => line.includes('failed to download the envtest archive'));
    expect(lines).toEqual([expect.stringContaining('ECONNREFUSED')]);
  });
});

describe('a build from Go modules', () => {
  test('uses the pinned flags, logs its progress, and is found in the tool cache afterwards', async () => {
    fakeGo('echo "$CGO_ENABLED $GOFLAGS $PWD" >> "$HOME/calls"');
    const deps = fakeMachine({});
    shop.file('home/calls', '');
    const programs = await find(deps);
    const folder = shop.path('home', '.cache', 'entra-kubernetes-federation');
    expect(programs.etcd).toBe(join(folder, 'etcd', '3.6.4', process.arch, 'etcd'));
    expect(readFileSync(shop.path('home/calls'), 'utf8').trim().split('\n')).toEqual(
      ['kube-apiserver', 'etcd', 'webhook'].map((module) => `0 -mod=readonly ${process.cwd()}/go/${module}`),
    );
    expect(deps.lines.join('\n')).toMatch(
      /kube-apiserver: \d+ s, 1 modules downloaded, 1 packages compiled$/m,
    );
    expect(await find(fakeMachine({ PATH: '/nowhere' }))).toEqual(programs);
  });

  test('that fails quotes the compiler and is not stored', async () => {
    fakeGo('echo "package.go:1:1: syntax error" >&2; exit 1');
    const failing = find(fakeMachine());
    await expect(failing).rejects.toMatchObject({ code: 'build-failed' });
    await expect(failing).rejects.toThrow(/syntax error/);
    await expect(find(fakeMachine({ PATH: '/nowhere' }))).rejects.toMatchObject({
      code: 'programs-unavailable',
    });
  });

  test('by two jobs at the same time stores one complete program', async () => {
    // Each build waits until the other one has started, too.
    fakeGo(`mkdir -p ${shop.path('builds')}
name=$(basename "$out"); touch "${shop.path('builds')}/$name.$$"
for try in $(seq 500); do [ $(ls ${shop.path('builds')} | grep -c "^$name") -ge 2 ] && break; sleep 0.01; done`);
    const start = () => find({ ...fakeMachine(), clock: systemClock });
    const [first, second] = await Promise.all([start(), start()]);
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
  ])('%s fails and offers three solutions', async (_, script, why) => {
    if (script !== undefined) fakeGo(script);
    const commands = createCommands({ PATH: `${shop.path('bin')}${script === undefined ? '' : ':/bin'}` });
    const deps = { ...fakeMachine({ PATH: shop.path('bin') }), ...commands };
    const finding = ensurePrograms(deps, { archive: { url: 'http://127.0.0.1:1/', sha512: '' } });
    await expect(finding).rejects.toThrow(why);
    await expect(finding).rejects.toMatchObject({
      code: 'programs-unavailable',
      hint: expect.stringMatching(
        /1\. Set `programs-directory`[\s\S]*2\. Restore the tool cache[\s\S]*3\. Set up Go/,
      ),
    });
  });
});

test('the go.mod files contain the pinned versions', async () => {
  for (const { module, version, package: main } of Object.values(pins.built)) {
    const folder = await findModuleFolder(module);
    const text = readFileSync(join(folder ?? '', 'go.mod'), 'utf8');
    expect(text).toContain(`tool ${main}\n`);
    const required = [...text.matchAll(/^\t?(?:require )?(\S+) v(\S+)/gm)].find(([, path]) =>
      main.startsWith(path ?? '-'),
    );
    expect(required?.[2]).toBe(version);
  }
});

test('findModuleFolder finds a module from every folder of the repository, and from no other', async () => {
  expect(await findModuleFolder('etcd', join(process.cwd(), 'dist'))).toBe(join(process.cwd(), 'go/etcd'));
  expect(await findModuleFolder('etcd', shop.folder)).toBeUndefined();
});
