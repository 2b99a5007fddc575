import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LogLine } from '../../local-runner/job.ts';
import { definition } from '../../src/cluster/definition.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { createSourceJob } from '../support/source-job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

// Runs complete jobs against a real cache service. The tools are fake and start no cluster, so every start
// fails in the end. What it downloaded is cached nevertheless.
let shop: Workshop;
let service: CacheService;
beforeEach(async () => {
  shop = workshop();
  service = await cacheService(shop.path('service'));
});
afterEach(async () => {
  await service.close();
  shop.remove();
});

/** Runs one job on a new runner with this cache service, and returns its log. */
async function runJob(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = service.env,
): Promise<readonly LogLine[]> {
  for (const folder of ['home', 'job', 'tools']) rmSync(shop.path(folder), { recursive: true, force: true });
  const { job, log } = createSourceJob(shop, definition, {
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
    RUNNER_TOOL_CACHE: shop.path('tools'),
    ...env,
  });
  const { privateKeyFile, publicKeyFile } = shop.keyPair('sa');
  await job.step('Cluster', '.', {
    'cluster-name': 'one',
    'issuer-url': 'https://example.org/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...inputs,
  });
  await job.finish();
  return log;
}

const textOf = (log: readonly LogLine[]) => log.map(({ text }) => text).join('\n');

/**
 * Writes a fake minikube that downloads an image unless it is in its cache, and adds a line to `downloads`.
 */
function fakeMinikube() {
  shop.program(
    'bin/minikube',
    `[ "$1" = version ] && echo "minikube version: v1.38.1"
[ "$1" = start ] || exit 0
cache=$MINIKUBE_HOME/.minikube/cache
[ -f $cache/images/base.tar ] && exit 0
echo "$@" >> ${shop.path('downloads')}
mkdir -p $cache/images && echo "the base image" > $cache/images/base.tar`,
  );
}
const countDownloads = () => readFileSync(shop.path('downloads'), 'utf8').trimEnd().split('\n').length;

describe("minikube's downloads", () => {
  test('are cached by the first job and restored by later ones, without any keys', async () => {
    fakeMinikube();
    const first = await runJob({});
    expect(service.keys).toEqual([expect.stringMatching(/^entra-federation-minikube-[0-9a-f]{64}$/)]);
    expect(textOf(first)).toContain(`Saved ${service.keys[0]}`);
    const file = service.archiveOf(service.keys[0] ?? '');
    const archive = execFileSync('tar', ['-P', '--list', '--file', file], { encoding: 'utf8' });
    expect(archive.match(/[^/\n]+\.tar|sa\.(key|pub)/g)).toEqual(['base.tar']);

    const second = await runJob({});
    expect(textOf(second)).toContain("Restored minikube's downloads from the cache");
    expect(countDownloads()).toBe(1);
    expect(service.keys).toHaveLength(1);
    expect(second.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  test('of the runner are left unchanged and not cached', async () => {
    fakeMinikube();
    await runJob({ 'cluster-name': 'other' });
    const home = shop.path('own');
    shop.file('own/.minikube/cache/images/base.tar', 'mine');
    service.calls.length = 0;
    await runJob({}, { ...service.env, MINIKUBE_HOME: home });
    expect(readFileSync(shop.path('own/.minikube/cache/images/base.tar'), 'utf8')).toBe('mine');
    expect(service.calls).toEqual([]);
  });

  test.each([
    ['with `cache: false`', { cache: 'false' }, undefined],
    ['without a cache service', {}, {}],
  ])('are not cached %s', async (_, inputs, env) => {
    fakeMinikube();
    await runJob(inputs, env ?? service.env);
    expect(service.calls).toEqual([]);
    expect(countDownloads()).toBe(1);
  });

  test('are downloaded, with a warning, if the cache service rejects the request', async () => {
    fakeMinikube();
    service.fault = 403;
    const log = await runJob({});
    expect(countDownloads()).toBe(1);
    expect(textOf(log)).toMatch(/Failed to restore: .*403/);
    const errors = log.filter(({ kind }) => kind === 'error').map(({ text }) => text);
    expect(errors).toEqual([expect.stringContaining('(code kubeconfig-unreadable)')]);
  });

  test('are downloaded again if the cached archive is truncated', async () => {
    fakeMinikube();
    await runJob({});
    const archive = service.archiveOf(service.keys[0] ?? '');
    const whole = readFileSync(archive);
    shop.file(archive.slice(shop.folder.length + 1), whole.subarray(0, whole.length - 20).toString('latin1'));
    await runJob({});
    expect(countDownloads()).toBe(2);
  });
});

describe("kind's node image", () => {
  const digest = 'a'.repeat(64);
  const reference = `kindest/node:v1.36.0@sha256:${digest}`;
  const tag = `entra-federation/kind-node:${digest}`;

  /**
   * Writes a fake kind, which contains the name of its node image, and a fake docker, whose images are files.
   */
  function fakeTools(present: readonly string[] = []) {
    rmSync(shop.path('images'), { recursive: true, force: true });
    for (const image of present) shop.file(`images/${image.replaceAll('/', '_')}`, 'the image');
    shop.file('images/.there', '');
    shop.program(
      'bin/kind',
      `[ "$1" = version ] && echo kind v0.32.0
[ "$1 $2" = "create cluster" ] || exit 0
image=$(echo "$*" | sed -n 's/.*--image=\\([^ ]*\\).*/\\1/p')
echo "$image" >> ${shop.path('started')}
# default: ${reference}
docker image inspect "\${image:-${reference}}" || docker pull "\${image:-${reference}}"`,
    );
    shop.program(
      'bin/docker',
      `file() { echo "${shop.path('images')}/$(echo "$1" | tr / _)"; }
case "$1" in
  image) for last; do :; done; [ -f "$(file "$last")" ] ;;
  pull) echo "$2" >> ${shop.path('downloads')}; echo "the image" > "$(file "$2")" ;;
  tag) cp "$(file "$2")" "$(file "$3")" ;;
  save) echo "$3" > "\${2#--output=}" ;;
  load) for last; do :; done; cp "\${last#--input=}" "$(file "$(cat "\${last#--input=}")")" ;;
esac`,
    );
  }
  const startKind = (inputs: Readonly<Record<string, string>> = {}, env = service.env) =>
    runJob({ 'cluster-provider': 'kind', ...inputs }, env);
  const readStarted = () => readFileSync(shop.path('started'), 'utf8').trimEnd().split('\n');

  test.each([
    ['the default of its release', {}],
    ['an image with a digest', { 'node-image': reference }],
  ])('is cached under its digest and loaded instead of pulled: %s', async (_, inputs) => {
    fakeTools();
    await startKind(inputs);
    expect(service.keys).toEqual([
      expect.stringMatching(new RegExp(`^entra-federation-kind-node-.*-${digest}$`)),
    ]);
    fakeTools();
    const log = await startKind(inputs);
    expect(textOf(log)).toContain('Loading the node image from the cache');
    expect(readStarted().at(-1)).toBe(tag);
    expect(countDownloads()).toBe(1);
    expect(service.keys).toHaveLength(1);
  });

  test.each([
    ['it has a tag only', { 'node-image': 'kindest/node:v1.36.0' }],
    ['an argument sets it', { arguments: `--image=${reference}` }],
  ])('is not cached if %s', async (_, inputs) => {
    fakeTools();
    await startKind(inputs);
    expect(service.calls).toEqual([]);
  });

  test('is not cached if the configuration file of the user sets it', async () => {
    fakeTools();
    const config = `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: [{ role: control-plane, image: "${reference}" }]\n`;
    await startKind({ 'kind-config': shop.file('kind.yaml', config) });
    expect(readStarted()).toEqual(['']);
    expect(service.calls).toEqual([]);
  });

  test.each([
    ['Docker does not run', 'exit 1'],
    ['kind uses another engine', '', 'podman'],
  ])('is not cached if %s', async (_, script, provider = '') => {
    fakeTools();
    if (script !== '') shop.program('bin/docker', script);
    await startKind({}, { ...service.env, KIND_EXPERIMENTAL_PROVIDER: provider });
    expect(readStarted()).toEqual(['']);
    expect(service.calls).toEqual([]);
  });

  test('is neither loaded nor cached if the machine already has it', async () => {
    fakeTools([reference]);
    await startKind();
    expect(service.calls).toEqual([]);
    expect(existsSync(shop.path('downloads'))).toBe(false);
  });
});

describe('the programs of an embedded cluster', () => {
  test('are built by the first job and restored by later ones', async () => {
    const inputs = { 'cluster-provider': 'embedded', 'kubernetes-version': 'v1.34.4' };
    shop.program(
      'bin/go',
      `while [ $# -gt 0 ]; do case "$1" in -o) out=$2;; esac; shift; done
basename "$out" >> ${shop.path('downloads')}
printf '#!/bin/sh\\nexit 1\\n' > "$out"; chmod +x "$out"`,
    );
    // etcd would be downloaded from an archive, which a test cannot reach.
    shop.program('bin/etcd', 'exit 1');
    await runJob(inputs);
    expect(countDownloads()).toBe(2);
    expect(service.keys).toHaveLength(2);
    rmSync(shop.path('bin/go'));
    const log = await runJob(inputs);
    expect(textOf(log)).toContain('Restored kube-apiserver from the build of an earlier job');
    expect(textOf(log)).toContain('Restored azure-wi-webhook from the build of an earlier job');
  });
});
