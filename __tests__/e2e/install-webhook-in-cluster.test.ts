import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AppsV1Api, type V1Secret } from '@kubernetes/client-node';
import { type ApplicableObject, apply, ensureNamespace, read } from '../../src/kubernetes/index.ts';
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

describe('in a cluster with a Deployment', () => {
  // The API server takes and checks every object; without nodes no pod of the Deployment ever runs.
  test('certificates that fit are in place with everything else, and a configuration that nobody answers is taken back', async () => {
    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '2s' })).rejects.toMatchObject({
      code: 'webhook-not-ready',
      message: expect.stringMatching(/no endpoints available|no pod of Deployment|not found/),
    });
    expect(await lab.configuration()).toBeUndefined();
    const secret = await read<V1Secret>(lab.api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(Object.keys(secret?.data ?? {}).sort()).toEqual(['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);

    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '1s' })).rejects.toThrow();
    expect(deps.lines.filter((line) => /created|changed/.test(line))).toEqual([
      expect.stringContaining('created MutatingWebhookConfiguration'),
    ]);
    const kept = await read<V1Secret>(lab.api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(kept?.data).toEqual(secret?.data);
  });
});

describe('before pods can reach the API server', () => {
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

  /** As the controller of DaemonSets writes it, who is not there. */
  async function runs(on: number, of: number) {
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

  test('it is waited for, until kube-proxy runs on every node', async () => {
    const clock = manualClock();
    const states = [() => runs(0, 1), () => runs(1, 2), () => runs(2, 2)];
    const sleep = async (seconds: number) => {
      await states.shift()?.();
      await clock.sleep(seconds);
    };
    deps = testDeps({ clock: { ...clock, sleep } });
    await waitForKubeProxy(lab.api, 60, deps);
    expect(states).toEqual([]);
    expect(deps.lines).toEqual([
      'info waiting until pods can reach the API server: kube-proxy has no pods yet',
    ]);
  });

  test('one whose kube-proxy does not come up is tried after the time-out, with a warning', async () => {
    await runs(0, 1);
    await waitForKubeProxy(lab.api, 3, deps);
    expect(deps.lines.at(-1)).toBe(
      'warning pods may not reach the API server: after 3 s kube-proxy runs on 0 of 1 nodes',
    );
  });

  test('one whose kube-proxy is wanted on no node is not waited for', async () => {
    await runs(0, 0);
    await waitForKubeProxy(lab.api, 60, deps);
    expect(deps.lines).toEqual([]);
  });
});

describe('the image that nodes pulled', () => {
  const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`;

  test.each([
    ['containerd', `mcr.microsoft.com/webhook${digest}`, `mcr.microsoft.com/webhook${digest}`],
    ['Docker', `docker-pullable://mcr.microsoft.com/webhook${digest}`, `mcr.microsoft.com/webhook${digest}`],
    ['a node that was given it as a file', `sha256:${'ab'.repeat(32)}`, undefined],
  ])('is told by its digest, from %s', async (_, imageID, told) => {
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
      expect(await readPulledImage(lab.api)).toBe(told);
    } finally {
      await core.deleteNamespacedPod({ name: 'webhook', namespace: systemNamespace, gracePeriodSeconds: 0 });
    }
  });
});

describe('the post step in a cluster with a Deployment', () => {
  /** As a run leaves things that announced the webhook and was ended then. */
  async function afterRun(states: readonly string[]) {
    await ensureNamespace(lab.api, systemNamespace);
    await ensureProbeAccount(lab.api);
    await apply(lab.api, buildWebhookConfiguration('service', 'a CA'));
    deps = testDeps({ temporaryDirectory: lab.shop.folder });
    for (const state of ['installed', ...states]) deps.state.save(state, 'true');
    return { kubeconfig: plainKubeconfig(), 'tenant-id': tenant };
  }
  afterEach(() => deleteWebhookConfiguration(lab.api, deps));

  test('takes back a configuration that an interrupted run made and that nobody answers', async () => {
    const inputs = await afterRun(['created']);
    await expect(lab.admitted()).rejects.toThrow(/failed calling webhook/);
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeUndefined();
    expect((await lab.admitted()).metadata?.name).toBe('probe');
  });

  test('leaves one alone that was shown to work, or that the job did not make', async () => {
    for (const states of [['created', 'proven'], []]) {
      await runPost(webhook, await afterRun(states), deps);
      expect(await lab.configuration()).toBeDefined();
    }
  });

  test('uninstalls with on-exit: remove what the job made, and nothing else', async () => {
    const inputs = { ...(await afterRun([])), 'on-exit': 'remove' };
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeDefined();
    deps.state.save('created', 'true');
    await runPost(webhook, inputs, deps);
    expect(await lab.configuration()).toBeUndefined();
  });
});

// Taken for a cluster with nodes: what says that it is an embedded one is left out.
function plainKubeconfig(): string {
  const plain = readFileSync(lab.kubeconfig, 'utf8').replace(
    'embedded.entra-kubernetes-federation',
    'another.extension',
  );
  return lab.shop.file('plain-kubeconfig', plain, 0o600);
}
