import { describe, expect, test } from '@jest/globals';
import { loadAzureEnvironment } from '../../src/azure/index.ts';
import { connectCluster } from '../../src/kubernetes/index.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { toWebhookAuthority } from '../../src/webhook/authority.ts';
import { assertSucceeded, createHelm } from '../../src/webhook/helm/command.ts';
import { buildChartValues } from '../../src/webhook/helm/values.ts';
import type { Installation } from '../../src/webhook/installation.ts';
import { testDeps } from '../support/deps.ts';
import { workshop } from '../support/workshop.ts';

const environment = await loadAzureEnvironment('public');
const certificates = { caCertificate: 'ca', caKey: '', certificate: '', key: '' };

function buildValues(options: { image?: string; webhookEnvironment?: string; tenantId?: string }) {
  const { image, webhookEnvironment, tenantId = 'tenant' } = options;
  const authority = toWebhookAuthority({ ...environment, ...(webhookEnvironment && { webhookEnvironment }) });
  const installation = { tenantId, authority } as Installation;
  return buildChartValues({ installation, certificates }, { version: 'v1.6.0', image, replicas: 1 });
}

describe('buildChartValues', () => {
  test.each([
    [undefined, { release: 'v1.6.0' }],
    ['mirror.example/webhook', { repository: 'mirror.example/webhook', release: 'v1.6.0' }],
    ['mirror.example:5000/webhook', { repository: 'mirror.example:5000/webhook', release: 'v1.6.0' }],
    ['mirror.example:5000/webhook:v1.5.1', { repository: 'mirror.example:5000/webhook', release: 'v1.5.1' }],
    ['mirror.example/webhook@sha256:0a1b', { repository: 'mirror.example/webhook@sha256', release: '0a1b' }],
  ])('splits the image %s as the chart joins it', (image, expected) => {
    expect(buildValues(image === undefined ? {} : { image })).toMatchObject({ image: expected });
  });

  test('mounts the endpoints file only for a cloud that the webhook does not know by name', () => {
    expect(buildValues({ webhookEnvironment: 'AzureStackCloud' })).toMatchObject({
      azureEnvironment: 'AzureStackCloud',
      extraEnv: [{ name: 'AZURE_ENVIRONMENT_FILEPATH', value: '/etc/azure-environment/environment.json' }],
      extraVolumeMounts: [{ mountPath: '/etc/azure-environment' }],
    });
    expect(buildValues({})).not.toHaveProperty('extraEnv');
  });

  test('changes the annotations of the pods when the tenant changes', () => {
    const annotations = (tenantId: string) =>
      (buildValues({ tenantId }) as { podAnnotations: object }).podAnnotations;
    expect(annotations('one')).toEqual(annotations('one'));
    expect(annotations('one')).not.toEqual(annotations('other'));
  });
});

describe('createHelm', () => {
  test('reports a machine without helm as helm-missing', async () => {
    const shop = workshop();
    try {
      const kubeconfig = shop.file(
        'kubeconfig',
        JSON.stringify({
          clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:2' } }],
          contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
          users: [{ name: 'c', user: {} }],
          'current-context': 'c',
        }),
      );
      const cluster = await connectCluster({ kubeconfig }, { env: {} });
      const helm = createHelm(cluster, testDeps(createCommands({ PATH: '/nonexistent' })));
      await expect(helm.query('version')).rejects.toMatchObject({ code: 'helm-missing' });
      await expect(helm.change('upgrade')).rejects.toMatchObject({ code: 'helm-missing' });
    } finally {
      shop.remove();
    }
  });
});

describe('assertSucceeded', () => {
  const result = { exitCode: 1, stdout: '', stderr: '', timedOut: false };

  test('returns what helm printed', () => {
    expect(assertSucceeded('render the chart', { ...result, exitCode: 0, stdout: 'kind: Pod' })).toBe(
      'kind: Pod',
    );
  });

  test.each([
    ['Error: unknown flag: --take-ownership', 'helm-too-old'],
    ['Error: another operation (install/upgrade/rollback) is in progress', 'helm-release-locked'],
    ['Error: chart "x" not found', 'helm-chart-not-found'],
    ['Error: values do not meet the specifications of the schema', 'helm-failed'],
  ])('reports "%s" as %s, in the words of helm', (stderr, code) => {
    expect(() => assertSucceeded('install the chart', { ...result, stderr })).toThrow(
      expect.objectContaining({ code, message: `failed to install the chart: ${stderr}` }),
    );
  });

  test('reports a helm that exceeds the time limit as helm-failed', () => {
    expect(() => assertSucceeded('install the chart', { ...result, timedOut: true })).toThrow(
      expect.objectContaining({ code: 'helm-failed', message: expect.stringContaining('180 s') }),
    );
  });
});
