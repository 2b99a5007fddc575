import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { kind } from '../../src/cluster/providers/kind.ts';
import { addSigningKey, readKindConfig } from '../../src/cluster/providers/kind-config.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { requestFor } from './request.ts';

let shop: Workshop;
let request: ClusterRequest;

beforeEach(() => {
  shop = workshop();
  request = requestFor(shop, 'kind', 'one');
});
afterEach(() => shop.remove());

/**
 * Dependencies with a fake kind, which writes its arguments to a file, one call per line, and then runs
 * `script`.
 */
function fakeKind(script = '') {
  shop.program(
    'bin/kind',
    `echo "$@" >> ${shop.path('calls')}\n[ "$1" = version ] && echo kind v0.32.0\n${script}\ntrue`,
  );
  const env = { HOME: shop.path('home'), PATH: `${shop.path('bin')}:/usr/bin:/bin` };
  const clock = manualClock();
  return { ...testDeps({ env, clock, ...createCommands(env), temporaryDirectory: shop.folder }), clock };
}

const readCalls = () => readFileSync(shop.path('calls'), 'utf8');

describe('addSigningKey', () => {
  test('mounts the key pair and patches kubeadm in a form that every kubeadm version accepts', () => {
    const config = addSigningKey({ kind: 'Cluster' }, request);
    const mount = (hostPath: string | undefined, name: string) => ({
      hostPath,
      containerPath: `/etc/kubernetes/pki/${name}`,
      readOnly: true,
    });
    const { privateKeyFile, publicKeyFile } = request.key;
    expect(config.nodes).toEqual([
      {
        role: 'control-plane',
        extraMounts: [mount(privateKeyFile, 'sa.key'), mount(publicKeyFile, 'sa.pub')],
      },
    ]);
    const extraArgs = {
      'service-account-issuer': 'https://example.org/one/',
      'service-account-jwks-uri': 'https://example.org/one/openid/v1/jwks',
    };
    expect(config.kubeadmConfigPatches?.map((patch) => parse(patch))).toEqual([
      { kind: 'ClusterConfiguration', apiServer: { extraArgs } },
    ]);
  });

  test('keeps the settings of the user, adds the pair to control-plane nodes only, and appends its patch', () => {
    const config = addSigningKey(
      {
        kind: 'Cluster',
        networking: { disableDefaultCNI: true },
        kubeadmConfigPatches: ['kind: InitConfiguration'],
        nodes: [
          { role: 'control-plane', extraMounts: [{ hostPath: '/a', containerPath: '/b' }] },
          { role: 'control-plane' },
          { role: 'worker', image: 'mine' },
        ],
      },
      request,
    );
    expect(config.networking).toEqual({ disableDefaultCNI: true });
    expect(config.nodes?.map(({ extraMounts }) => extraMounts?.length ?? 0)).toEqual([3, 2, 0]);
    expect(config.nodes?.[2]).toEqual({ role: 'worker', image: 'mine' });
    expect(config.kubeadmConfigPatches).toHaveLength(2);
    expect(config.kubeadmConfigPatches?.[0]).toBe('kind: InitConfiguration');
  });

  test('replaces a key pair that the user mounts', () => {
    const extraMounts = [
      { hostPath: '/mine/sa.key', containerPath: '/etc/kubernetes/pki/sa.key' },
      { hostPath: '/a', containerPath: '/b' },
    ];
    const { nodes } = addSigningKey({ kind: 'Cluster', nodes: [{ extraMounts }] }, request);
    expect(nodes?.[0]?.extraMounts?.map(({ hostPath }) => hostPath)).toEqual([
      '/a',
      request.key.privateKeyFile,
      request.key.publicKeyFile,
    ]);
  });
});

describe('readKindConfig', () => {
  test.each([
    ['another kind of object', 'kind: Deployment'],
    ['a list', '- kind: Cluster'],
    ['nodes that are not a list', 'kind: Cluster\nnodes: { role: control-plane }'],
    ['text that is not YAML', '{'],
    ['an empty file', ''],
  ])('rejects %s', async (_, text) => {
    const kindConfig = shop.file('own.yaml', text);
    const reading = readKindConfig({ kindConfig, arguments: [] });
    await expect(reading).rejects.toMatchObject({ code: 'kind-config-invalid' });
    await expect(reading).rejects.toThrow(kindConfig);
  });

  test.each([
    ['a missing file', { kindConfig: '/nonexistent/kind.yaml', arguments: [] }],
    ['a second file in the arguments', { kindConfig: undefined, arguments: ['--config=other.yaml'] }],
  ])('rejects %s', async (_, given) => {
    await expect(readKindConfig(given)).rejects.toMatchObject({ code: 'kind-config-invalid' });
  });
});

describe('kind', () => {
  test.each([
    [{ kubernetesVersion: 'v1.36.1' }, /--image=kindest\/node:v1\.36\.1@sha256:[0-9a-f]{64} /],
    [{ kubernetesVersion: 'v1.33.9' }, /--image=kindest\/node:v1\.33\.9 /],
    [{ kubernetesVersion: 'v1.36.1', nodeImage: 'mine:1' }, /--image=mine:1 /],
  ])('starts with the node image for %j', async (given, expected) => {
    await kind.start({ ...request, ...given, arguments: ['--verbosity=1'] }, fakeKind());
    expect(readCalls()).toMatch(expected);
    expect(readCalls()).toMatch(/--verbosity=1$/m);
  });

  test('starts with the configuration file of the user', async () => {
    const own = shop.file('own.yaml', 'kind: Cluster\nnetworking: { podSubnet: 10.9.0.0/16 }\n');
    await kind.start({ ...request, kindConfig: own }, fakeKind());
    const written = parse(readFileSync(join(request.directory, 'kind.yaml'), 'utf8'));
    expect(written.networking).toEqual({ podSubnet: '10.9.0.0/16' });
    expect(written.nodes[0].extraMounts).toHaveLength(2);
  });

  test.each([
    [
      'the Docker daemon is not running',
      'ERROR: failed to list nodes: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'container-engine-unavailable',
    ],
    [
      'this user has no permission to use Docker',
      'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
      'container-engine-unavailable',
    ],
    [
      'kindest/node:v1.99.0',
      'ERROR: failed to create cluster: failed to pull image "kindest/node:v1.99.0": command "docker pull kindest/node:v1.99.0" failed with error: exit status 1',
      'node-image-unavailable',
    ],
    [
      'failed to create cluster: "docker run" failed: exit status 125',
      'ERROR: failed to create cluster: command "docker run --name one --label a" failed with error: exit status 125',
      'kind-failed',
    ],
    ['unknown flag: --nonsense', 'ERROR: unknown flag: --nonsense', 'kind-failed'],
  ])('reports "%s" for the output of kind', async (message, output, code) => {
    const starting = kind.start(request, fakeKind(`[ "$1" = create ] && { echo '${output}' >&2; exit 1; }`));
    await expect(starting).rejects.toMatchObject({ code });
    await expect(starting).rejects.toThrow(message);
  });

  test('deletes an existing cluster, and reports nothing if it does not exist', async () => {
    const existing = fakeKind('[ "$1" = get ] && printf "zero\\none\\n"');
    expect(await kind.remove(request, existing)).toEqual(['kind cluster one and its nodes']);
    expect(readCalls()).toContain('delete cluster --name=one');
    expect(existing.clock.slept).toEqual([]);
    expect(await kind.remove(request, fakeKind('[ "$1" = get ] && echo on'))).toEqual([]);
  });

  test('deletes a node that appears after an interrupted start was deleted', async () => {
    await expect(kind.start(request, fakeKind('[ "$1" = create ] && exit 1'))).rejects.toThrow();
    const looks = shop.path('looks');
    const deps = fakeKind(
      `[ "$1" = get ] && { echo x >> ${looks}; [ $(wc -l < ${looks}) = 2 ] && echo one; }`,
    );
    expect(await kind.remove(request, deps)).toEqual([
      'kind cluster one and its nodes',
      `folder ${request.directory}`,
    ]);
    expect(deps.clock.slept).toHaveLength(1);
  });
});
