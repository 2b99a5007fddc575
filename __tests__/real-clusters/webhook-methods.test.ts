import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Deployment } from '@kubernetes/client-node';
import { type ApplicableObject, apply, ensureNamespace, read } from '../../src/kubernetes/index.ts';
import { systemClock } from '../../src/runtime/index.ts';
import { createServingCertificates } from '../../src/webhook/certificates/index.ts';
import { readStoredCertificates, serviceDnsName } from '../../src/webhook/certificates/stored.ts';
import {
  configurationKind,
  configurationName,
  deploymentName,
  systemLabels,
  systemNamespace,
  useLabel,
} from '../../src/webhook/contract.ts';
import * as webhook from '../../src/webhook/index.ts';
import { findInjectedToken } from '../../src/webhook/mutation.ts';
import { buildCertificateSecret, buildNamespace } from '../../src/webhook/objects.ts';
import { rejectsLabeledPods } from '../../src/webhook/readiness.ts';
import { runAction, runPost } from '../support/actions.ts';
import type { TestDeps } from '../support/deps.ts';
import { eventually, type KindLab, kindLab, labelledPods } from './kind-lab.ts';
import { shellImage } from './support.ts';

const chart = '__tests__/webhook/chart';
const { FEDERATION_RIG_WEBHOOK_IMAGE: image } = process.env;

let lab: KindLab;
let deps: TestDeps;
let installed: Record<string, string> | undefined;

beforeAll(async () => {
  lab = await kindLab('webhook-methods');
}, 300_000);
// Every test starts without a webhook, and without its namespace.
afterEach(async () => {
  if (installed) await runPost(webhook, installed, deps);
  installed = undefined;
  await eventually('the namespace to be deleted', async () =>
    (await read(lab.api, buildNamespace())) === undefined ? true : undefined,
  );
}, 120_000);
afterAll(() => lab.close(), 120_000);

/** Installs the webhook in a job of its own. The first installation of a test is deleted after it. */
async function install(inputs: Record<string, string> = {}) {
  const given = {
    ...lab.inputs,
    'tenant-id': '11111111-2222-4333-8444-555555555555',
    'on-exit': 'remove',
    ...(image && { image }),
    ...inputs,
  };
  const own = lab.deps();
  if (!installed) {
    installed = given;
    deps = own;
  }
  const { outputs } = await runAction(webhook, given, own);
  return { outputs, lines: own.lines };
}

const createHelmMethod = { method: 'helm', chart };
const ref = (apiVersion: string, kind: string, name: string) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: systemNamespace },
});
const deployment = () => read<V1Deployment>(lab.api, ref('apps/v1', 'Deployment', deploymentName));
const configuration = () => read(lab.api, { ...configurationKind, metadata: { name: configurationName } });

describe('install-webhook with Helm', () => {
  test('installs the webhook, changes nothing in a second run, and uninstalls it in the post step', async () => {
    const { outputs } = await install(createHelmMethod);
    expect(Number(outputs['ready-seconds'])).toBeGreaterThan(0);
    // Without the Secret, it takes more than a minute.
    expect(Number(outputs['ready-seconds'])).toBeLessThan(40);
    expect(outputs['webhook-version']).toBe('v1.6.0');
    const before = await deployment();

    const again = await install(createHelmMethod);
    expect(again.outputs['ready-seconds']).toBe(0);
    expect(again.lines.join('\n')).toContain('nothing changed');
    expect((await deployment())?.metadata?.resourceVersion).toBe(before?.metadata?.resourceVersion);

    await runPost(webhook, installed ?? {}, deps);
    expect(await configuration()).toBeUndefined();
    expect(await rejectsLabeledPods(lab.api)).toBe(false);
  });

  test('prefers the values of the user to those of the action', async () => {
    await install({ ...createHelmMethod, values: 'replicaCount: 2\nlogLevel: debug' });
    const [container] = (await deployment())?.spec?.template.spec?.containers ?? [];
    expect((await deployment())?.spec?.replicas).toBe(2);
    expect(container?.args).toContain('--log-level=debug');
    expect(container?.resources?.limits).toEqual({ memory: '30Mi' });
  });

  test('quotes helm if the chart does not exist, and leaves no configuration behind', async () => {
    await expect(install({ method: 'helm', chart: lab.shop.path('no-chart') })).rejects.toMatchObject({
      code: 'helm-chart-not-found',
      message: expect.stringContaining('no-chart'),
      hint: expect.stringContaining('chart'),
    });
    expect(await configuration()).toBeUndefined();
  });

  test('rejects a cloud whose audience the chart cannot set', async () => {
    await expect(install({ ...createHelmMethod, 'azure-environment': 'china' })).rejects.toMatchObject({
      code: 'helm-audience-fixed',
      hint: expect.stringContaining('method: manifest'),
    });
  });
});

describe('an existing installation', () => {
  test('of Helm keeps its selector under the manifest, and returns to its release', async () => {
    await install(createHelmMethod);
    const selector = (await deployment())?.spec?.selector.matchLabels;
    expect(selector).toMatchObject({ release: 'workload-identity-webhook' });

    const adopted = await install();
    expect(adopted.lines.join('\n')).toMatch(/warning Taking over the webhook from Helm release/);
    expect((await deployment())?.spec?.selector.matchLabels).toEqual(selector);
    expect((await deployment())?.spec?.template.metadata?.labels).toMatchObject(systemLabels);

    const back = await install({ ...createHelmMethod, values: 'logLevel: debug' });
    expect(back.lines.join('\n')).toContain('Installed Helm release');
  });

  test('of the manifest is adopted into a release, although its selector differs', async () => {
    await install();
    const { lines } = await install(createHelmMethod);
    expect(lines.join('\n')).toMatch(/Deleted Deployment .*: its selector differs from that of the chart/);
    expect((await deployment())?.metadata?.annotations).toMatchObject({
      'meta.helm.sh/release-name': 'workload-identity-webhook',
    });
  });

  test('is kept when a job that did not create it finishes', async () => {
    await install();
    const later = lab.deps();
    const inputs = installed ?? {};
    await runAction(webhook, inputs, later);
    await runPost(webhook, inputs, later);
    expect(await configuration()).toBeDefined();
  });

  test('keeps serving if its replacement cannot start', async () => {
    await install();
    const replaced = install({ image: '127.0.0.1:2/webhook:v0.0.1', timeout: '5s' });
    await expect(replaced).rejects.toMatchObject({
      code: 'webhook-not-ready',
      message: expect.stringContaining('127.0.0.1:2/webhook:v0.0.1'),
    });
    expect(await configuration()).toBeDefined();
    expect(await rejectsLabeledPods(lab.api)).toBe(false);
  });
});

test('install-webhook names an image that cannot be pulled, and leaves no configuration behind', async () => {
  const failing = install({ image: '127.0.0.1:2/webhook:v0.0.1', timeout: '8s' });
  await expect(failing).rejects.toMatchObject({ code: 'webhook-not-ready' });
  await expect(failing).rejects.toThrow(/ErrImagePull|ImagePullBackOff/);
  expect(await configuration()).toBeUndefined();
});

test('the webhook renews a certificate that expires soon, with the same CA', async () => {
  await install();
  const past = { ...systemClock, now: () => systemClock.now() - 300 * 24 * 3600 };
  const short = await createServingCertificates({ dnsNames: [serviceDnsName] }, past);
  await apply(lab.api, buildCertificateSecret(short));
  const renewed = await eventually('a renewed certificate', async () => {
    const stored = await readStoredCertificates(lab.api);
    return stored && stored.certificate !== short.certificate ? stored : undefined;
  });
  expect(renewed.caCertificate).toBe(short.caCertificate);
  // A restarted pod reads the renewed certificate.
  await restartWebhook();
  await eventually('mutation with the renewed certificate', async () =>
    (await rejectsLabeledPods(lab.api)) ? undefined : true,
  );
  const { outputs, lines } = await install();
  expect([outputs['ready-seconds'], lines.join('\n')]).toEqual([
    expect.any(Number),
    expect.not.stringContaining('Replacing the certificates'),
  ]);
});

async function restartWebhook(): Promise<void> {
  await lab.api.core.deleteCollectionNamespacedPod({
    namespace: systemNamespace,
    labelSelector: 'azure-workload-identity.io/system=true',
    gracePeriodSeconds: 0,
  });
}

describe('pods from before the installation', () => {
  const namespace = 'before';
  const workload = (replicas: number): ApplicableObject & { spec: object } => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'reader', namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'reader' } },
      template: {
        metadata: { labels: { app: 'reader', [useLabel]: 'true' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: 'reader',
              image: shellImage,
              imagePullPolicy: 'IfNotPresent',
              command: ['sleep', '600'],
            },
          ],
        },
      },
    },
  });

  test('are recreated on request, as their disruption budget allows', async () => {
    await ensureNamespace(lab.api, namespace);
    await apply(lab.api, workload(2));
    await apply(lab.api, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'reader', namespace },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'reader' } } },
    } as ApplicableObject);
    const old = await eventually('two pods', async () => {
      const pods = await labelledPods(lab.api, namespace);
      return pods.filter(({ status }) => status?.phase === 'Running').length === 2 ? pods : undefined;
    });

    const { outputs: listed } = await install();
    expect(listed['stale-pods']).toHaveLength(2);
    const { outputs, lines } = await install({ 'restart-stale-pods': 'true' });
    expect(outputs['stale-pods']).toEqual([]);
    expect(lines.join('\n')).toMatch(/Restarted pods: before\/reader-\S+, before\/reader-/);
    expect(lines.join('\n')).toMatch(/the disruption budget of pod before\/reader-\S+ to allow an eviction/);

    const fresh = await labelledPods(lab.api, namespace);
    expect(fresh.every((pod) => findInjectedToken(pod) !== undefined)).toBe(true);
    const uids = new Set(old.map(({ metadata }) => metadata?.uid));
    expect(fresh.filter(({ metadata }) => uids.has(metadata?.uid ?? ''))).toEqual([]);
  });
});
