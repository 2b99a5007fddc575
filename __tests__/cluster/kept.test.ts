import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LogLine } from '../../local-runner/job.ts';
import { definition } from '../../src/cluster/definition.ts';
import { type CacheService, cacheService } from '../support/cache-service.ts';
import { createSourceJob } from '../support/source-job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

// Whole jobs with a cache service at the wire. The clusters are stand-ins that do not answer, so each start fails in the end:
// what was brought for it is kept all the same.
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

/** Runs one job on a runner that is new but for what the cache service has; returns all that it logged. */
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

const said = (log: readonly LogLine[]) => log.map(({ text }) => text).join('\n');

/** A stand-in for minikube that downloads an image where its cache has none, and says so in `downloads`. */
function minikube(version = 'v1.38.1') {
  shop.program(
    'bin/minikube',
    `[ "$1" = version ] && echo "minikube version: ${version}"
[ "$1" = start ] || exit 0
cache=$MINIKUBE_HOME/.minikube/cache
[ -f $cache/images/base.tar ] && exit 0
echo "$@" >> ${shop.path('downloads')}
mkdir -p $cache/images && echo "the base image" > $cache/images/base.tar`,
  );
}
const downloads = () => readFileSync(shop.path('downloads'), 'utf8').trimEnd().split('\n').length;

describe("minikube's downloads", () => {
  test('are kept by the first job and brought back to later ones, without the key of any', async () => {
    minikube();
    const first = await runJob({});
    expect(service.keys).toEqual([expect.stringMatching(/^entra-federation-minikube-[0-9a-f]{64}$/)]);
    expect(said(first)).toContain(`Saving ${service.keys[0]} to the runner's cache`);
    expect(said(first)).toMatch(/^kept$/m);
    const file = service.archiveOf(service.keys[0] ?? '');
    const archive = execFileSync('tar', ['-P', '--list', '--file', file], { encoding: 'utf8' });
    expect(archive.match(/[^/\n]+\.tar|sa\.(key|pub)/g)).toEqual(['base.tar']);

    const second = await runJob({});
    expect(said(second)).toContain("minikube's downloads: kept by an earlier job");
    expect(downloads()).toBe(1);
    expect(service.keys).toHaveLength(1);
    expect(second.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  test('are those of one minikube, one version and one set of arguments', async () => {
    minikube();
    for (const inputs of [
      {},
      { 'kubernetes-version': 'v1.34.4' },
      { driver: 'docker' },
      { arguments: '--a' },
    ])
      await runJob(inputs);
    minikube('v1.39.0');
    await runJob({});
    expect(new Set(service.keys).size).toBe(5);
    expect(downloads()).toBe(5);
  });

  test('stay where they are on a runner that has some already', async () => {
    minikube();
    await runJob({ 'cluster-name': 'other' });
    const home = shop.path('own');
    shop.file('own/.minikube/cache/images/base.tar', 'mine');
    service.calls.length = 0;
    await runJob({}, { ...service.env, MINIKUBE_HOME: home });
    expect(readFileSync(shop.path('own/.minikube/cache/images/base.tar'), 'utf8')).toBe('mine');
    expect(service.calls).toEqual([]);
  });

  test.each([
    ['cache: false', { cache: 'false' }, undefined],
    ['no service to ask', {}, {}],
  ])('are not kept with %s', async (_, inputs, env) => {
    minikube();
    await runJob(inputs, env ?? service.env);
    expect(service.calls).toEqual([]);
    expect(downloads()).toBe(1);
  });

  test('are downloaded where the service refuses, which fails nothing and says so', async () => {
    minikube();
    service.fault = 403;
    const log = await runJob({});
    expect(downloads()).toBe(1);
    expect(said(log)).toMatch(/Failed to restore: .*403/);
    const errors = log.filter(({ kind }) => kind === 'error').map(({ text }) => text);
    expect(errors).toEqual([expect.stringContaining('(code kubeconfig-unreadable)')]);
  });

  test('are not mixed with half of an archive that was cut short', async () => {
    minikube();
    await runJob({});
    const archive = service.archiveOf(service.keys[0] ?? '');
    const whole = readFileSync(archive);
    shop.file(archive.slice(shop.folder.length + 1), whole.subarray(0, whole.length - 20).toString('latin1'));
    await runJob({});
    expect(downloads()).toBe(2);
  });
});

describe("kind's node image", () => {
  const digest = 'a'.repeat(64);
  const reference = `kindest/node:v1.36.0@sha256:${digest}`;
  const tag = `entra-federation/kind-node:${digest}`;

  /** Stand-ins for kind, in which the name of its own node image stands, and for docker, whose images are files. */
  function machine(present: readonly string[] = []) {
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
  const kind = (inputs: Readonly<Record<string, string>> = {}, env = service.env) =>
    runJob({ 'cluster-provider': 'kind', ...inputs }, env);
  const started = () => readFileSync(shop.path('started'), 'utf8').trimEnd().split('\n');

  test.each([
    ['the one that its release names', {}],
    ['one that is asked for by digest', { 'node-image': reference }],
  ])('is kept by digest and loaded instead of pulled: %s', async (_, inputs) => {
    machine();
    await kind(inputs);
    expect(service.keys).toEqual([
      expect.stringMatching(new RegExp(`^entra-federation-kind-node-.*-${digest}$`)),
    ]);
    machine();
    const log = await kind(inputs);
    expect(said(log)).toContain('loading the node image that an earlier job kept');
    expect(started().at(-1)).toBe(tag);
    expect(downloads()).toBe(1);
    expect(service.keys).toHaveLength(1);
  });

  test.each([
    ['a tag, which may move', { 'node-image': 'kindest/node:v1.36.0' }],
    ['what an argument names', { arguments: `--image=${reference}` }],
  ])('is left to kind where it is %s', async (_, inputs) => {
    machine();
    await kind(inputs);
    expect(service.calls).toEqual([]);
  });

  test("is left to kind where the user's own configuration names one", async () => {
    machine();
    const config = `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: [{ role: control-plane, image: "${reference}" }]\n`;
    await kind({ 'kind-config': shop.file('kind.yaml', config) });
    expect(started()).toEqual(['']);
    expect(service.calls).toEqual([]);
  });

  test.each([
    ['answers', 'exit 1'],
    ['is the engine of choice', '', 'podman'],
  ])('is left to kind where no Docker %s', async (_, script, provider = '') => {
    machine();
    if (script !== '') shop.program('bin/docker', script);
    await kind({}, { ...service.env, KIND_EXPERIMENTAL_PROVIDER: provider });
    expect(started()).toEqual(['']);
    expect(service.calls).toEqual([]);
  });

  test('is neither loaded nor kept where the machine has it', async () => {
    machine([reference]);
    await kind();
    expect(service.calls).toEqual([]);
    expect(existsSync(shop.path('downloads'))).toBe(false);
  });
});

describe('the programs of an embedded cluster', () => {
  test('are built by the first job only', async () => {
    const started = { 'cluster-provider': 'embedded', 'kubernetes-version': 'v1.34.4' };
    shop.program(
      'bin/go',
      `while [ $# -gt 0 ]; do case "$1" in -o) out=$2;; esac; shift; done
basename "$out" >> ${shop.path('downloads')}
printf '#!/bin/sh\\nexit 1\\n' > "$out"; chmod +x "$out"`,
    );
    // etcd is also in the published archive, which is out of reach for a test.
    shop.program('bin/etcd', 'exit 1');
    await runJob(started);
    expect(downloads()).toBe(2);
    expect(service.keys).toHaveLength(2);
    rmSync(shop.path('bin/go'));
    const log = await runJob(started);
    expect(said(log)).toContain('kube-apiserver: built by an earlier job');
    expect(said(log)).toContain('azure-wi-webhook: built by an earlier job');
  });
});
