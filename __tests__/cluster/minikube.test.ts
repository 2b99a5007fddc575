import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { minikube } from '../../src/cluster/providers/minikube.ts';
import { createCommands, systemClock } from '../../src/runtime/index.ts';
import { manualClock, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { requestFor as createRequest } from './request.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

const requestFor = (name: string, given: Partial<ClusterRequest> = {}) =>
  createRequest(shop, 'minikube', name, given);

/** Dependencies with a fake minikube that runs `script`. $profile is the profile, $certs the folder that minikube copies keys from. */
function fakeMinikube(script: string, env: Readonly<Record<string, string>> = {}) {
  shop.program(
    'bin/minikube',
    `[ "$1" = version ] && echo "minikube version: v1.38.1" && exit
profile=$(echo "$*" | sed -n 's/.*--profile=\\([a-z]*\\).*/\\1/p')
certs=$MINIKUBE_HOME/.minikube/files/var/lib/minikube/certs
echo "$@" >> ${shop.path('calls')}
${script}`,
  );
  const environment = {
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
    ...env,
  };
  return testDeps({ env: environment, ...createCommands(environment), temporaryDirectory: shop.folder });
}

const event = (type: string, data: Readonly<Record<string, string>>) =>
  `echo '${JSON.stringify({ type: `io.k8s.sigs.minikube.${type}`, data })}'`;

describe('minikube', () => {
  test('has the key pair in its file sync only during the start, readable by its owner only', async () => {
    const request = requestFor('one', { kubernetesVersion: 'v1.34.4', arguments: ['--driver=docker'] });
    chmodSync(request.key.privateKeyFile ?? '', 0o644);
    const deps = fakeMinikube(
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
    await minikube.start(requestFor('one', { machine, arguments: ['--force'] }), fakeMinikube(''));
    await minikube.start(requestFor('two'), fakeMinikube(''));
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
    const deps = fakeMinikube(script);
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
    shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'of a killed job', 0o600);
    shop.file(
      'home/.minikube/entra-federation.lock',
      JSON.stringify({ name: 'x', pid: 1, startTime: 'long ago' }),
    );
    const request = requestFor('one');
    await minikube.start(request, fakeMinikube(`cp $certs/sa.key ${shop.path('seen.key')}`));
    expect(readFileSync(shop.path('seen.key'))).toEqual(readFileSync(request.key.privateKeyFile ?? ''));
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('deletes the key that a killed start left in the file sync in the post step, too', async () => {
    shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'of a killed job', 0o600);
    shop.file(
      'home/.minikube/entra-federation.lock',
      JSON.stringify({ name: 'x', pid: 1, startTime: 'long ago' }),
    );
    expect(await minikube.remove(requestFor('one'), fakeMinikube(''))).toEqual([
      "the signing key in minikube's file sync",
    ]);
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('tells a broken cluster of this job from a broken cluster of another job', async () => {
    const request = requestFor('one');
    shop.file('home/.minikube/profiles/one/config.json', '{}');
    expect(await minikube.inspect(request, fakeMinikube(''))).toMatchObject({ state: 'broken', ours: false });
    await minikube.start(request, fakeMinikube(''));
    expect(await minikube.inspect(request, fakeMinikube(''))).toMatchObject({ state: 'broken', ours: true });
  });

  test('does not overwrite a key of the user in the file sync', async () => {
    const own = shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'mine');
    await expect(minikube.start(requestFor('one'), fakeMinikube(''))).rejects.toMatchObject({
      code: 'minikube-files-taken',
    });
    expect(readFileSync(own, 'utf8')).toBe('mine');
    expect(existsSync(shop.path('calls'))).toBe(false);
  });

  test('logs the steps of minikube and reports its error with its advice', async () => {
    const deps = fakeMinikube(
      [
        event('step', {
          currentstep: '3',
          totalsteps: '19',
          message: 'Starting the node',
          name: 'Starting Node',
        }),
        event('error', { message: 'a remark' }),
        event('error', {
          message: 'The addon is broken: getter: &{Ctx:x Pwd:}: no such host',
          exitcode: '14',
          advice: 'Use a newer one',
          name: 'INET_LOOKUP_HOST',
        }),
        'exit 14',
      ].join('\n'),
    );
    const starting = minikube.start(requestFor('one'), deps);
    await expect(starting).rejects.toMatchObject({
      code: 'minikube-failed',
      message:
        'failed to start minikube: The addon is broken: no such host\nAdvice of minikube: Use a newer one\nError ID of minikube: INET_LOOKUP_HOST',
    });
    expect(deps.lines).toContain('info   0 s  [3/19] Starting the node');
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('reports an unknown version of Kubernetes instead of the failed download that follows it', async () => {
    const deps = fakeMinikube(
      [
        event('info', {
          message:
            'Specified Kubernetes version 1.99.0 is newer than the newest supported version: v1.35.1. Use `minikube config`',
        }),
        event('error', {
          message: 'download failed: no such host',
          exitcode: '35',
          name: 'INET_LOOKUP_HOST',
        }),
        'exit 35',
      ]
        .join('\n')
        .replaceAll('`', ''),
    );
    await expect(
      minikube.start(requestFor('one', { kubernetesVersion: 'v1.99.0' }), deps),
    ).rejects.toMatchObject({
      code: 'kubernetes-version-unknown',
      message:
        'failed to start minikube: this release does not support Kubernetes v1.99.0: Specified Kubernetes version 1.99.0 is newer than the newest supported version: v1.35.1',
    });
  });

  test.each([
    ['DRV_UNSUPPORTED_OS', 'The driver x is not supported on linux/amd64', 'driver'],
    [
      'MK_USAGE',
      'Invalid Container Runtime: x. Valid runtimes are: [docker cri-o containerd]',
      'container-runtime',
    ],
    [
      'RSRC_INSUFFICIENT_REQ_MEMORY',
      'Requested memory allocation 1MiB is less than the usable minimum',
      'memory',
    ],
    ['RSRC_INSUFFICIENT_CORES', 'Requested cpu count 99 is greater than the available cpus of 2', 'cpus'],
    ['MK_USAGE', 'Sorry, the flag is not one', 'arguments'],
  ])('reports %s as an error of the user: %s', async (name, message, input) => {
    const advice = 'Ask for less';
    const deps = fakeMinikube(`${event('error', { message, exitcode: '14', advice, name })}; exit 14`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-refused',
      fault: 'user',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(new RegExp(`^Correct .*\`${input}\``)),
    });
  });

  test('does not quote advice in which minikube left placeholders', async () => {
    const fault = { message: 'no', exitcode: '80', advice: 'Try {{.x}}', name: 'GUEST_START' };
    const deps = fakeMinikube(`${event('error', fault)}; exit 80`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-failed',
      message: 'failed to start minikube: no\nError ID of minikube: GUEST_START',
    });
  });

  test('stops minikube, which would retry for a minute, if a port is already in use', async () => {
    const deps = fakeMinikube(
      `${event('error', { message: 'docker: Error starting userland proxy: listen tcp4 127.0.0.1:80: bind: address already in use' })}; sleep 60`,
    );
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'port-taken',
      message: expect.stringContaining('127.0.0.1:80'),
    });
  }, 20_000);

  test('reports that minikube is neither installed nor downloadable', async () => {
    const deps = testDeps({
      env: { HOME: shop.path('home'), PATH: '/nowhere' },
      temporaryDirectory: shop.folder,
      clock: manualClock(),
      fetch: () => Promise.reject(new Error('no route to host')),
    });
    const starting = minikube.start(requestFor('one'), deps);
    await expect(starting).rejects.toMatchObject({ code: 'tool-unavailable' });
    await expect(starting).rejects.toThrow(/minikube v.*: not found on PATH .* no route to host/);
  });
});
