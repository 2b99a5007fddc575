import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { minikube } from '../../src/cluster/providers/minikube.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { requestFor as requestOf } from './request.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

const requestFor = (name: string, given: Partial<ClusterRequest> = {}) =>
  requestOf(shop, 'minikube', name, given);

/** A stand-in for minikube that runs `script` on start; $profile is the profile and $certs the folder that it would copy keys from. */
function machine(script: string, env: Readonly<Record<string, string>> = {}) {
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
  test('has the pair in its file sync during the start, private, and nothing of it afterwards', async () => {
    const request = requestFor('one', { kubernetesVersion: 'v1.34.4', arguments: ['--driver=docker'] });
    chmodSync(request.key.privateKeyFile ?? '', 0o644);
    const deps = machine(
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

  test('gets the node that the inputs describe; what they leave out is up to minikube', async () => {
    const machineInputs = {
      driver: 'docker',
      containerRuntime: 'containerd',
      cpus: '2',
      memory: '4g',
      addons: ['ingress', 'metrics-server'],
    };
    await minikube.start(requestFor('one', { machine: machineInputs, arguments: ['--force'] }), machine(''));
    await minikube.start(requestFor('two'), machine(''));
    const [, first, , second] = readFileSync(shop.path('calls'), 'utf8').split(/^(start .*)$/m);
    expect(first).toMatch(
      / --driver=docker --container-runtime=containerd --cpus=2 --memory=4g --addons=ingress,metrics-server --force$/,
    );
    expect(second).not.toMatch(/--(driver|container-runtime|cpus|memory|addons)/);
  });

  test('two starts with one MINIKUBE_HOME each get their own key', async () => {
    const script = `cp $certs/sa.pub ${shop.folder}/$profile.begin; sleep 0.3; cp $certs/sa.pub ${shop.folder}/$profile.end`;
    const requests = [requestFor('one'), requestFor('two')];
    const deps = machine(script);
    await Promise.all(requests.map((request) => minikube.start(request, deps)));
    for (const { name, key } of requests) {
      const own = readFileSync(key.publicKeyFile, 'utf8');
      expect(readFileSync(shop.path(`${name}.begin`), 'utf8')).toBe(own);
      expect(readFileSync(shop.path(`${name}.end`), 'utf8')).toBe(own);
    }
  });

  test('what a killed start left in the file sync is removed by the next one', async () => {
    shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'of a killed job', 0o600);
    shop.file(
      'home/.minikube/entra-federation.lock',
      JSON.stringify({ name: 'x', pid: 1, startTime: 'long ago' }),
    );
    const request = requestFor('one');
    await minikube.start(request, machine(`cp $certs/sa.key ${shop.path('seen.key')}`));
    expect(readFileSync(shop.path('seen.key'))).toEqual(readFileSync(request.key.privateKeyFile ?? ''));
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('the post step of a start that was killed takes the key out of the file sync', async () => {
    shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'of a killed job', 0o600);
    shop.file(
      'home/.minikube/entra-federation.lock',
      JSON.stringify({ name: 'x', pid: 1, startTime: 'long ago' }),
    );
    expect(await minikube.remove(requestFor('one'), machine(''))).toEqual([
      "the signing key in minikube's file sync",
    ]);
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test("a broken cluster of this job is told from somebody else's, which is not to be replaced", async () => {
    const request = requestFor('one');
    shop.file('home/.minikube/profiles/one/config.json', '{}');
    expect(await minikube.inspect(request, machine(''))).toMatchObject({ state: 'broken', ours: false });
    await minikube.start(request, machine(''));
    expect(await minikube.inspect(request, machine(''))).toMatchObject({ state: 'broken', ours: true });
  });

  test("a user's own key in the file sync is left alone", async () => {
    const own = shop.file('home/.minikube/files/var/lib/minikube/certs/sa.key', 'mine');
    await expect(minikube.start(requestFor('one'), machine(''))).rejects.toMatchObject({
      code: 'minikube-files-taken',
    });
    expect(readFileSync(own, 'utf8')).toBe('mine');
    expect(existsSync(shop.path('calls'))).toBe(false);
  });

  test('its events become lines with seconds, its error a message with its advice, and the key is gone', async () => {
    const deps = machine(
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
      message: 'failed to start minikube: The addon is broken: no such host',
      hint: 'Use a newer one\nminikube calls this INET_LOOKUP_HOST.',
    });
    expect(deps.lines).toContain('info   0 s  [3/19] Starting the node');
    expect(readdirSync(shop.path('home/.minikube/files'))).toEqual([]);
  });

  test('an unknown version of Kubernetes is told from the failed download that follows it', async () => {
    const deps = machine(
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
        'failed to start minikube: it does not know Kubernetes v1.99.0: Specified Kubernetes version 1.99.0 is newer than the newest supported version: v1.35.1',
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
  ])('%s is a mistake of the user: %s', async (name, message, input) => {
    const advice = 'Ask for less';
    const deps = machine(`${event('error', { message, exitcode: '14', advice, name })}; exit 14`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-refused',
      fault: 'user',
      message: `failed to start minikube: ${message}`,
      hint: expect.stringMatching(new RegExp(`^Correct the inputs? .*${input}[^]*\nAsk for less\n.*${name}`)),
    });
  });

  test('advice whose blanks minikube left open is not passed on', async () => {
    const fault = { message: 'no', exitcode: '80', advice: 'Try {{.x}}', name: 'GUEST_START' };
    const deps = machine(`${event('error', fault)}; exit 80`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-failed',
      hint: 'minikube calls this GUEST_START.',
    });
  });

  test('a taken port is told at once, though minikube would try for a minute', async () => {
    const deps = machine(
      `${event('error', { message: 'docker: Error starting userland proxy: listen tcp4 127.0.0.1:80: bind: address already in use' })}; sleep 60`,
    );
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'port-taken',
      message: 'failed to start the cluster: something else listens on 127.0.0.1:80',
    });
  }, 20_000);

  test('without minikube and without a network it says so at once', async () => {
    const deps = testDeps({
      env: { HOME: shop.path('home'), PATH: '/nowhere' },
      temporaryDirectory: shop.folder,
      fetch: () => Promise.reject(new Error('no route to host')),
    });
    const starting = minikube.start(requestFor('one'), deps);
    await expect(starting).rejects.toMatchObject({ code: 'tool-unavailable' });
    await expect(starting).rejects.toThrow(/minikube: none on PATH .* no route to host/);
  });
});
