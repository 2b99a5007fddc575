import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { minikube } from '../../src/cluster/providers/minikube.ts';
import { withCachedDownloads } from '../../src/cluster/providers/minikube-cache.ts';
import { noJobCache, systemClock } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { fakeMinikube } from './fake-minikube.ts';
import { requestFor as createRequest } from './request.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

const requestFor = (name: string, given: Partial<ClusterRequest> = {}) =>
  createRequest(shop, 'minikube', name, given);

/** Writes what a killed job leaves in the file sync. */
function leaveKey() {
  shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'of a killed job', 0o600);
  const owner = { name: 'x', pid: 1, startTime: 'long ago' };
  shop.file('home/.minikube/entra-federation.lock', JSON.stringify(owner));
}

describe('minikube', () => {
  test('has the key pair in its file sync only during the start, readable by its owner only', async () => {
    const request = requestFor('one', { kubernetesVersion: 'v1.34.4', arguments: ['--driver=docker'] });
    chmodSync(request.key.privateKeyFile ?? '', 0o644);
    const deps = fakeMinikube(
      shop,
      `stat -c '%a %n' $certs/* > ${shop.path('seen')}; cat $certs/sa.key > ${shop.path('seen.key')}`,
    );
    await minikube.start(request, deps);
    const certs = shop.path('home/.minikube/files/var/lib/minikube/certs');
    expect(readFileSync(shop.path('seen'), 'utf8')).toBe(`600 ${certs}/sa.key\n644 ${certs}/sa.pub\n`);
    expect(readFileSync(shop.path('seen.key'))).toEqual(readFileSync(request.key.privateKeyFile ?? ''));
    expect(readdirSync(shop.path('home/.minikube'))).toEqual(['files']);
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
    expect(readFileSync(shop.path('calls'), 'utf8').trim().split(' ')).toEqual(
      expect.arrayContaining([
        '--profile=one',
        '--extra-config=apiserver.service-account-issuer=https://example.org/one/',
        '--extra-config=apiserver.service-account-jwks-uri=https://example.org/one/openid/v1/jwks',
        '--kubernetes-version=v1.34.4',
        '--driver=docker',
      ]),
    );
  });

  test('starts the node that the inputs describe, and leaves the rest to minikube', async () => {
    const machine = {
      driver: 'docker',
      containerRuntime: 'containerd',
      cpus: '2',
      memory: '4g',
      addons: ['ingress', 'metrics-server'],
    };
    await minikube.start(requestFor('one', { machine, arguments: ['--force'] }), fakeMinikube(shop, ''));
    await minikube.start(requestFor('two'), fakeMinikube(shop, ''));
    const [, first, , second] = readFileSync(shop.path('calls'), 'utf8').split(/^(start .*)$/m);
    expect(first).toMatch(
      / --driver=docker --container-runtime=containerd --cpus=2 --memory=4g --addons=ingress,metrics-server --force$/,
    );
    expect(second).not.toMatch(/--(driver|container-runtime|cpus|memory|addons)/);
  });

  test('copies the right key for each of two starts with the same MINIKUBE_HOME', async () => {
    // The first start lasts until the second one waits for it.
    const script = `cp $certs/sa.pub ${shop.folder}/$profile.begin
while [ ! -e ${shop.path('waiting')} ]; do sleep 0.01; done
cp $certs/sa.pub ${shop.folder}/$profile.end`;
    const requests = [requestFor('one'), requestFor('two')];
    const deps = fakeMinikube(shop, script);
    const clock = {
      ...systemClock,
      sleep: async (seconds: number) => {
        shop.file('waiting', '');
        await systemClock.sleep(seconds);
      },
    };
    await Promise.all(requests.map((request) => minikube.start(request, { ...deps, clock })));
    for (const { name, key } of requests) {
      const own = readFileSync(key.publicKeyFile, 'utf8');
      expect(readFileSync(shop.path(`${name}.begin`), 'utf8')).toBe(own);
      expect(readFileSync(shop.path(`${name}.end`), 'utf8')).toBe(own);
    }
  });

  test('deletes the key that a killed start left in the file sync', async () => {
    leaveKey();
    const request = requestFor('one');
    await minikube.start(request, fakeMinikube(shop, `cp $certs/sa.key ${shop.path('seen.key')}`));
    expect(readFileSync(shop.path('seen.key'))).toEqual(readFileSync(request.key.privateKeyFile ?? ''));
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('deletes the key that a killed start left in the file sync in the post step, too', async () => {
    leaveKey();
    expect(await minikube.remove(requestFor('one'), fakeMinikube(shop, ''))).toEqual([
      "the signing key in minikube's file sync",
    ]);
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('tells a broken cluster of this job from a broken cluster of another job', async () => {
    const request = requestFor('one');
    shop.file('home/.minikube/profiles/one/config.json', '{}');
    expect(await minikube.inspect(request, fakeMinikube(shop, ''))).toMatchObject({
      state: 'broken',
      ours: false,
    });
    await minikube.start(request, fakeMinikube(shop, ''));
    expect(await minikube.inspect(request, fakeMinikube(shop, ''))).toMatchObject({
      state: 'broken',
      ours: true,
    });
  });

  test('does not overwrite a key of the user in the file sync', async () => {
    const own = shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'mine');
    await expect(minikube.start(requestFor('one'), fakeMinikube(shop, ''))).rejects.toMatchObject({
      code: 'minikube-files-taken',
    });
    expect(readFileSync(own, 'utf8')).toBe('mine');
    expect(existsSync(shop.path('calls'))).toBe(false);
  });
});

describe('withCachedDownloads', () => {
  test('caches downloads separately for each release, Kubernetes version, driver and set of arguments', async () => {
    const keys: string[] = [];
    const cache = { ...noJobCache, available: true, keep: (key: string) => void keys.push(key) };
    const request = requestFor('one');
    const old = shop.program('minikube-1.38', 'old');
    for (const [tool, given] of [
      [old, {}],
      [old, { name: 'two', issuerUrl: 'https://example.org/two/' }],
      [old, { kubernetesVersion: 'v1.34.4' }],
      [old, { machine: { ...request.machine, driver: 'docker' } }],
      [old, { arguments: ['--a'] }],
      [shop.program('minikube-1.39', 'new'), {}],
    ] as const) {
      const home = shop.path(`home-${keys.length}`);
      const start = async () => shop.file(`home-${keys.length}/cache/base.tar`, 'the base image');
      await withCachedDownloads(tool, { ...request, ...given }, home, testDeps({ cache }), start);
    }
    expect(keys).toHaveLength(6);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(5);
  });
});
