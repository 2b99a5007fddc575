import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { kind } from '../../src/cluster/providers/kind.ts';
import { kindConfig } from '../../src/cluster/providers/kind-config.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { requestFor } from './request.ts';

let shop: Workshop;
let request: ClusterRequest;

beforeEach(() => {
  shop = workshop();
  request = requestFor(shop, 'kind', 'one');
});
afterEach(() => shop.remove());

/** A stand-in for kind that writes its arguments into a file, one call a line, and then does what `script` says. */
function machine(script = '') {
  shop.program(
    'bin/kind',
    `echo "$@" >> ${shop.path('calls')}\n[ "$1" = version ] && echo kind v0.32.0\n${script}\ntrue`,
  );
  const env = { HOME: shop.path('home'), PATH: `${shop.path('bin')}:/usr/bin:/bin` };
  return testDeps({ env, ...createCommands(env), temporaryDirectory: shop.folder });
}

describe('the configuration for kind', () => {
  test('mounts the pair and patches kubeadm in the form that every kubeadm version takes', () => {
    const config = parse(kindConfig(request, undefined));
    expect(config.nodes).toEqual([
      {
        role: 'control-plane',
        extraMounts: [
          {
            hostPath: request.key.privateKeyFile,
            containerPath: '/etc/kubernetes/pki/sa.key',
            readOnly: true,
          },
          {
            hostPath: request.key.publicKeyFile,
            containerPath: '/etc/kubernetes/pki/sa.pub',
            readOnly: true,
          },
        ],
      },
    ]);
    expect(config.kubeadmConfigPatches.map((patch: string) => parse(patch))).toEqual([
      {
        kind: 'ClusterConfiguration',
        apiServer: {
          extraArgs: {
            'service-account-issuer': 'https://example.org/one/',
            'service-account-jwks-uri': 'https://example.org/one/openid/v1/jwks',
          },
        },
      },
    ]);
  });

  test("keeps the user's own: each control-plane node gets the pair, workers none, the patch comes last", () => {
    const own = `
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
networking: { disableDefaultCNI: true }
kubeadmConfigPatches: ['kind: InitConfiguration']
nodes:
  - { role: control-plane, extraMounts: [{ hostPath: /a, containerPath: /b }] }
  - { role: control-plane }
  - { role: worker, image: mine }
`;
    const config = parse(kindConfig(request, own));
    expect(config.networking).toEqual({ disableDefaultCNI: true });
    expect(config.nodes.map((node: { extraMounts?: unknown[] }) => node.extraMounts?.length ?? 0)).toEqual([
      3, 2, 0,
    ]);
    expect(config.nodes[2]).toEqual({ role: 'worker', image: 'mine' });
    expect(config.kubeadmConfigPatches).toHaveLength(2);
    expect(config.kubeadmConfigPatches[0]).toBe('kind: InitConfiguration');
  });

  test("does not mount the user's own pair over the asked one", () => {
    const own = `
kind: Cluster
nodes:
  - extraMounts: [{ hostPath: /mine/sa.key, containerPath: /etc/kubernetes/pki/sa.key }, { hostPath: /a, containerPath: /b }]
`;
    const [node] = parse(kindConfig(request, own)).nodes;
    expect(node.extraMounts.map(({ hostPath }: { hostPath: string }) => hostPath)).toEqual([
      '/a',
      request.key.privateKeyFile,
      request.key.publicKeyFile,
    ]);
  });

  test('refuses a file that is no kind configuration', () => {
    expect(() => kindConfig(request, 'kind: Deployment')).toThrow(/kind: Cluster|object of kind Cluster/);
  });
});

describe('kind', () => {
  test.each([
    [{ kubernetesVersion: 'v1.36.1' }, /--image=kindest\/node:v1\.36\.1@sha256:[0-9a-f]{64} /],
    [{ kubernetesVersion: 'v1.33.9' }, /--image=kindest\/node:v1\.33\.9 /],
    [{ kubernetesVersion: 'v1.36.1', nodeImage: 'mine:1' }, /--image=mine:1 /],
  ])('starts with the node image of %j', async (asked, expected) => {
    await kind.start({ ...request, ...asked, arguments: ['--verbosity=1'] }, machine());
    expect(readFileSync(shop.path('calls'), 'utf8')).toMatch(expected);
    expect(readFileSync(shop.path('calls'), 'utf8')).toMatch(/--verbosity=1$/m);
  });

  test("starts from the user's own configuration file, and takes none in the arguments", async () => {
    const own = shop.file('own.yaml', 'kind: Cluster\nnetworking: { podSubnet: 10.9.0.0/16 }\n');
    await kind.start({ ...request, kindConfig: own }, machine());
    const written = parse(readFileSync(join(request.directory, 'kind.yaml'), 'utf8'));
    expect(written.networking).toEqual({ podSubnet: '10.9.0.0/16' });
    expect(written.nodes[0].extraMounts).toHaveLength(2);
    for (const given of [{ arguments: [`--config=${own}`] }, { kindConfig: shop.path('absent.yaml') }])
      await expect(kind.start({ ...request, ...given }, machine())).rejects.toMatchObject({
        code: 'kind-config-invalid',
        hint: expect.stringContaining('kind-config'),
      });
  });

  test.each([
    [
      'Docker does not run',
      'ERROR: failed to list nodes: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'container-engine-unavailable',
    ],
    [
      'this user may not talk to Docker',
      'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
      'container-engine-unavailable',
    ],
    [
      'the node image kindest/node:v1.99.0 cannot be pulled',
      'ERROR: failed to create cluster: failed to pull image "kindest/node:v1.99.0": command "docker pull kindest/node:v1.99.0" failed with error: exit status 1',
      'node-image-unavailable',
    ],
    [
      'failed to create the kind cluster: failed to create cluster: "docker run" failed: exit status 125',
      'ERROR: failed to create cluster: command "docker run --name one --label a" failed with error: exit status 125',
      'kind-failed',
    ],
    ['unknown flag: --nonsense', 'ERROR: unknown flag: --nonsense', 'kind-failed'],
  ])('says %s, not what a shell would', async (message, output, code) => {
    const starting = kind.start(request, machine(`[ "$1" = create ] && { echo '${output}' >&2; exit 1; }`));
    await expect(starting).rejects.toMatchObject({ code });
    await expect(starting).rejects.toThrow(message);
  });

  test('removes a cluster that is there, and says that there was none otherwise', async () => {
    const there = machine('[ "$1" = get ] && printf "zero\\none\\n"');
    expect(await kind.remove(request, there)).toEqual(['kind cluster one and its nodes']);
    expect(readFileSync(shop.path('calls'), 'utf8')).toContain('delete cluster --name=one');
    expect(await kind.remove(request, machine('[ "$1" = get ] && echo on'))).toEqual([]);
  });
});
