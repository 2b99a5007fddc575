import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readEmbeddedCluster, writeKubeconfig } from '../../src/cluster/embedded/kubeconfig.ts';
import { readProcesses, registerProcess } from '../../src/cluster/embedded/processes.ts';
import { embedded } from '../../src/cluster/providers/embedded.ts';
import { isRunning } from '../../src/runtime/index.ts';
import { testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = workshop();
});
afterEach(() => shop.remove());

describe('readEmbeddedCluster', () => {
  test('reads the folder and the webhook program from the kubeconfig of an embedded cluster, which is private', async () => {
    const file = shop.path('kubeconfig');
    await writeKubeconfig(file, {
      name: 'one',
      server: 'https://127.0.0.1:6443',
      certificateAuthority: 'PEM',
      token: 'secret',
      directory: '/clusters/one',
      webhookProgram: '/programs/azure-wi-webhook',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await readEmbeddedCluster(file)).toEqual({
      directory: '/clusters/one',
      webhookProgram: '/programs/azure-wi-webhook',
    });
    expect(await readEmbeddedCluster(file, 'another')).toBeUndefined();
  });

  test('recognizes the embedded cluster among others in the same file', async () => {
    const file = shop.file(
      'kubeconfig',
      `
current-context: minikube
contexts:
  - { name: minikube, context: { cluster: minikube } }
  - { name: mine, context: { cluster: mine } }
clusters:
  - name: minikube
    cluster: { server: 'https://x', extensions: [{ name: cluster_info, extension: { provider: minikube.sigs.k8s.io } }] }
  - name: mine
    cluster:
      server: https://y
      extensions: [{ name: embedded.entra-kubernetes-federation, extension: { directory: /d, webhook: /w } }]
`,
    );
    expect(await readEmbeddedCluster(file)).toBeUndefined();
    expect(await readEmbeddedCluster(file, 'mine')).toEqual({ directory: '/d', webhookProgram: '/w' });
    expect(await readEmbeddedCluster(shop.file('empty', ''))).toBeUndefined();
  });
});

describe('removing an embedded cluster', () => {
  test('stops processes that other steps registered, but not a process that reuses a pid', async () => {
    const ours = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    const foreign = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    try {
      await registerProcess(shop.path('cluster'), 'webhook', ours.pid ?? 0);
      await registerProcess(shop.path('cluster'), 'etcd', foreign.pid ?? 0);
      const record = shop.path('cluster', 'processes', 'etcd.json');
      shop.file(
        'cluster/processes/etcd.json',
        readFileSync(record, 'utf8').replace('"startTime":"', '"startTime":"1'),
      );

      const ref = { provider: 'embedded', name: 'one', directory: shop.path('cluster') } as const;
      const before = await readProcesses(ref.directory);
      expect(await embedded.remove(ref, testDeps())).toEqual([
        `process webhook (${ours.pid})`,
        `folder ${ref.directory}`,
      ]);
      expect(await Promise.all(before.map(isRunning))).toEqual([false, false]);
      expect(foreign.exitCode).toBeNull();
      expect(() => process.kill(foreign.pid ?? 0, 0)).not.toThrow();
      expect(await embedded.remove(ref, testDeps())).toEqual([]);
    } finally {
      ours.kill('SIGKILL');
      foreign.kill('SIGKILL');
    }
  });
});
