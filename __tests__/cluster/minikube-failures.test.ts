import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClusterRequest } from '../../src/cluster/provider.ts';
import { minikube } from '../../src/cluster/providers/minikube.ts';
import { manualClock, testDeps } from '../support/deps.ts';
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

const event = (type: string, data: Readonly<Record<string, string>>) =>
  `echo '${JSON.stringify({ type: `io.k8s.sigs.minikube.${type}`, data })}'`;

describe('a failed start of minikube', () => {
  test('logs the steps of minikube, and quotes its error and advice', async () => {
    const deps = fakeMinikube(
      shop,
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

  test('names an unknown version of Kubernetes instead of the failed download that follows it', async () => {
    const deps = fakeMinikube(
      shop,
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
    const deps = fakeMinikube(shop, `${event('error', { message, exitcode: '14', advice, name })}; exit 14`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-refused',
      fault: 'user',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(new RegExp(`^Correct .*\`${input}\``)),
    });
  });

  test('does not quote advice in which minikube left placeholders', async () => {
    const fault = { message: 'no', exitcode: '80', advice: 'Try {{.x}}', name: 'GUEST_START' };
    const deps = fakeMinikube(shop, `${event('error', fault)}; exit 80`);
    await expect(minikube.start(requestFor('one'), deps)).rejects.toMatchObject({
      code: 'minikube-failed',
      message: 'failed to start minikube: no\nError ID of minikube: GUEST_START',
    });
  });

  test('stops minikube, which would retry for a minute, if a port is already in use', async () => {
    const deps = fakeMinikube(
      shop,
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
