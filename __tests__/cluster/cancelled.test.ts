import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Job, LogLine } from '../../local-runner/job.ts';
import { definition } from '../../src/cluster/definition.ts';
import { identifyProcess, isRunning } from '../../src/runtime/index.ts';
import { createSourceJob } from '../support/source-job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

// Runs the sources, each step in its own process, with fake programs.
let shop: Workshop;
let job: Job;
let log: LogLine[];
beforeEach(() => {
  shop = workshop();
  ({ job, log } = createSourceJob(shop, definition, {
    PATH: `${shop.path('bin')}:/usr/bin:/bin`,
    HOME: shop.path('home'),
    MINIKUBE_HOME: shop.path('home'),
  }));
});
afterEach(async () => {
  await job.finish();
  shop.remove();
});

const certs = () => shop.path('home/.minikube/files/var/lib/minikube/certs');

describe('a cancelled start', () => {
  test('of minikube stops its processes and deletes the key, and the post step deletes the cluster', async () => {
    shop.program(
      'bin/minikube',
      `echo "$@" >> ${shop.path('calls')}
[ "$1" = start ] || exit 0
mkdir -p $MINIKUBE_HOME/.minikube/profiles/one
sleep 300 &
echo $! > ${shop.path('child')}
wait`,
    );
    const starting = job.step('Cluster', '.', {
      'cluster-name': 'one',
      'issuer-url': 'https://example.org/',
      'private-key-file': shop.keyPair('sa').privateKeyFile,
      'public-key-file': shop.path('sa.pub'),
    });
    while (!existsSync(shop.path('child'))) await sleep(20);
    expect(readdirSync(certs()).sort()).toEqual(['sa.key', 'sa.pub']);
    const child = await identifyProcess('child', Number(readFileSync(shop.path('child'), 'utf8')));
    expect(await isRunning(child)).toBe(true);

    job.cancel();
    const { outcome, errors } = await starting;
    expect(outcome).toBe('failure');
    expect(errors.join('\n')).toMatch(/the job was cancelled \(SIGINT\)[\s\S]*\(code cancelled\)/);
    expect(await isRunning(child)).toBe(false);
    expect(existsSync(certs())).toBe(false);

    await job.finish();
    expect(readFileSync(shop.path('calls'), 'utf8')).toContain('delete -p one');
    expect(log.map(({ text }) => text)).toContain('Deleted minikube profile one and its node');
    expect(log.filter(({ kind }) => kind === 'warning')).toEqual([]);
  });

  test('of an embedded cluster is cleaned up by the post step, which stops its processes and deletes its folder', async () => {
    shop.program('programs/etcd', 'exec sleep 300');
    for (const other of ['kube-apiserver', 'azure-wi-webhook']) shop.program(`programs/${other}`, 'exit 1');
    const starting = job.step('Cluster', '.', {
      'cluster-provider': 'embedded',
      'cluster-name': 'one',
      'issuer-url': 'https://example.org/',
      'private-key-file': shop.keyPair('sa').privateKeyFile,
      'public-key-file': shop.path('sa.pub'),
      'programs-directory': shop.path('programs'),
    });
    const folder = join(job.temporaryDirectory, 'entra-kubernetes-federation', 'embedded-one');
    while (!existsSync(join(folder, 'processes', 'etcd.json'))) await sleep(20);
    const etcd = JSON.parse(readFileSync(join(folder, 'processes', 'etcd.json'), 'utf8'));
    expect(await isRunning(etcd)).toBe(true);

    job.cancel();
    expect((await starting).errors.join('\n')).toContain('(code cancelled)');
    await job.finish();
    expect(await isRunning(etcd)).toBe(false);
    expect(log.map(({ text }) => text)).toContain(`Deleted process etcd (${etcd.pid})`);
    expect(existsSync(folder)).toBe(false);
  });
});
