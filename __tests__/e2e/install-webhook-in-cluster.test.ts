import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AppsV1Api, type V1Secret } from '@kubernetes/client-node';
import { type ApplicableObject, apply, ensureNamespace, read } from '../../src/kubernetes/index.ts';
import { progress } from '../../src/webhook/clean-up.ts';
import { buildWebhookConfiguration, deleteWebhookConfiguration } from '../../src/webhook/configuration.ts';
import { systemLabels, systemNamespace } from '../../src/webhook/contract.ts';
import { readPulledImage } from '../../src/webhook/deployed.ts';
import * as webhook from '../../src/webhook/index.ts';
import { ensureProbeAccount } from '../../src/webhook/readiness.ts';
import { waitForKubeProxy } from '../../src/webhook/service-network.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type BareCluster, startBareCluster } from '../support/bare-cluster.ts';
import { manualClock, type TestDeps, testDeps } from '../support/deps.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
let lab: BareCluster;
let deps: TestDeps;
let installed: Record<string, string> | undefined;

beforeAll(async () => {
  lab = await startBareCluster('webhook-in-cluster-test');
});
afterEach(async () => {
  if (installed) await runPost(webhook, installed, deps);
  installed = undefined;
});
afterAll(() => lab.close());

function install(inputs: Record<string, string> = {}) {
  deps = testDeps({ temporaryDirectory: lab.shop.folder });
  installed = { kubeconfig: lab.kubeconfig, 'tenant-id': tenant, ...inputs };
  return runAction(webhook, installed, deps);
}

describe('install-webhook in a cluster with a Deployment', () => {
  // The API server validates every object. Without nodes, no pod of the Deployment runs.
  test('installs certificates with the other objects, keeps them, and deletes a configuration without a running webhook', async () => {
    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '2s' })).rejects.toMatchObject({
      code: 'webhook-not-ready',
      message: expect.stringContaining('has no pods yet'),
    });
    expect(await lab.configuration()).toBeUndefined();
    const secret = await read<V1Secret>(lab.api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(Object.keys(secret?.data ?? {}).sort()).toEqual(['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);

    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '1s' })).rejects.toThrow();
    expect(deps.lines.filter((line) => /Created|Updated/.test(line))).toEqual([
      expect.stringContaining('Created MutatingWebhookConfiguration'),
    ]);
    const kept = await read<V1Secret>(lab.api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(kept?.data).toEqual(secret?.data);
  });
});

describe('waitForKubeProxy', () => {
  const kubeProxy = { name: 'kube-proxy', namespace: 'kube-system' };
  const labels = { app: 'kube-proxy' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'kube-proxy', image: 'kube-proxy' }] },
  };
  const daemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: kubeProxy,
    spec: { selector: { matchLabels: labels }, template },
  };
  beforeEach(async () => {
    await ensureNamespace(lab.api, kubeProxy.namespace);
    await apply(lab.api, daemonSet as ApplicableObject);
    deps = testDeps({ clock: manualClock() });
  });
  afterEach(() => lab.api.objects.delete(daemonSet));

  /** Reports pods on some of the nodes, as the DaemonSet controller does in a cluster with nodes. */
  async function report(on: number, of: number) {
    const apps = lab.api.config.makeApiClient(AppsV1Api);
    const counts = { desiredNumberScheduled: of, numberReady: on, currentNumberScheduled: of };
    await apps.replaceNamespacedDaemonSetStatus({
      ...kubeProxy,
      body: {
        ...(await apps.readNamespacedDaemonSet(kubeProxy)),
        status: { ...counts, observedGeneration: 1, numberMisscheduled: 0 },
      },
    });
  }

  test('waits until kube-proxy runs on every node', async () => {
    const clock = manualClock();
    const states = [() => report(0, 1), () => report(1, 2), () => report(2, 2)];
    const sleep = async (seconds: number) => {
      await states.shift()?.();
      await clock.sleep(seconds);
    };
    deps = testDeps({ clock: { ...clock, sleep } });
    await waitForKubeProxy(lab.api, 60, deps);
    expect(states).toEqual([]);
    expect(deps.lines.filter((line) => line.startsWith('warning'))).toEqual([]);
  });

  test('returns with a warning if kube-proxy does not become ready in time', async () => {
    await report(0, 1);
    await waitForKubeProxy(lab.api, 3, deps);
    expect(deps.lines.at(-1)).toMatch(/^warning .*after 3 s, kube-proxy runs on 0 of 1 nodes/);
  });

  test('does not wait for a kube-proxy that no node needs', async () => {
    await report(0, 0);
    await waitForKubeProxy(lab.api, 60, deps);
    expect(deps.lines).toEqual([]);
  });
});

describe('readPulledImage', () => {
  const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`;

  test.each([
    ['containerd', `mcr.microsoft.com/webhook${digest}`, `mcr.microsoft.com/webhook${digest}`],
    ['Docker', `docker-pullable://mcr.microsoft.com/webhook${digest}`, `mcr.microsoft.com/webhook${digest}`],
    ['a node that loaded it from a file', `sha256:${'ab'.repeat(32)}`, undefined],
  ])('reads the digest that %s reports', async (_, imageID, image) => {
    await ensureNamespace(lab.api, systemNamespace);
    const { core } = lab.api;
    const metadata = { name: 'webhook', namespace: systemNamespace, labels: systemLabels };
    const pod = { metadata, spec: { containers: [{ name: 'manager', image: 'webhook' }] } };
    const created = await core.createNamespacedPod({ namespace: systemNamespace, body: pod });
    const container = { name: 'manager', image: 'webhook', imageID, ready: true, restartCount: 0 };
    try {
      await core.replaceNamespacedPodStatus({
        name: 'webhook',
        namespace: systemNamespace,
        body: { ...created, status: { phase: 'Running', containerStatuses: [container] } },
      });
      expect(await readPulledImage(lab.api)).toBe(image);
    } finally {
      await core.deleteNamespacedPod({ name: 'webhook', namespace: systemNamespace, gracePeriodSeconds: 0 });
    }
  });
});

describe('the post step of install-webhook in a cluster with a Deployment', () => {
  /** Leaves what a run leaves that configured the API server and was then interrupted. */
  async function interruptRun(state: { created: boolean; proven: boolean }) {
    await ensureNamespace(lab.api, systemNamespace);
    await ensureProbeAccount(lab.api);
    await apply(lab.api, buildWebhookConfiguration('service', 'a CA'));
    deps = testDeps({ temporaryDirectory: lab.shop.folder });
    progress.save(state, deps);
    return { kubeconfig: plainKubeconfig(), 'tenant-id': tenant };
  }
  afterEach(() => deleteWebhookConfiguration(lab.api, deps));

  test('deletes the configuration of an interrupted run if the webhook does not answer', async () => {
    const inputs = await interruptRun({ created: true, proven: false });
    await expect(lab.admitted()).rejects.toThrow(/failed calling webhook/);
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeUndefined();
    expect((await lab.admitted()).metadata?.name).toBe('probe');
  });

  test('keeps a configuration that was proven to work, or that the run did not create', async () => {
    for (const created of [true, false]) {
      await runPost(webhook, await interruptRun({ created, proven: created }), deps);
      expect(await lab.configuration()).toBeDefined();
    }
  });

  test('uninstalls only what the run created, with `on-exit: remove`', async () => {
    const inputs = {
      ...(await interruptRun({ created: false, proven: false })),
      'on-exit': 'remove',
    };
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeDefined();
    progress.save({ created: true, proven: false }, deps);
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeUndefined();
  });
});

/** Writes a kubeconfig without the extension that marks an embedded cluster. */
function plainKubeconfig(): string {
  const plain = readFileSync(lab.kubeconfig, 'utf8').replace(
    'embedded.entra-kubernetes-federation',
    'another.extension',
  );
  return lab.shop.file('plain-kubeconfig', plain, 0o600);
}
