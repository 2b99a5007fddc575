import { describe, expect, test } from '@jest/globals';
import { loadAzureEnvironment } from '../../src/azure/index.ts';
import { connectCluster } from '../../src/kubernetes/index.ts';
import { createCommands } from '../../src/runtime/index.ts';
import { authorityFor } from '../../src/webhook/authority.ts';
import { helmFor } from '../../src/webhook/helm/command.ts';
import { chartValues } from '../../src/webhook/helm/values.ts';
import type { Preparation } from '../../src/webhook/method.ts';
import { testDeps } from '../support/deps.ts';
import { workshop } from '../support/workshop.ts';

const environment = await loadAzureEnvironment('public');
const certificates = { caCertificate: 'ca', caKey: '', certificate: '', key: '' };

function valuesOf(options: { image?: string; webhookEnvironment?: string; tenantId?: string }) {
  const { image, webhookEnvironment, tenantId = 'tenant' } = options;
  const authority = authorityFor({ ...environment, ...(webhookEnvironment && { webhookEnvironment }) });
  const installation = { tenantId, authority } as Preparation['installation'];
  const preparation: Preparation = { installation, certificates, put: async () => 'unchanged' };
  return chartValues(preparation, { version: 'v1.6.0', image, replicas: 1 });
}

describe("the chart's values", () => {
  test.each([
    [undefined, { release: 'v1.6.0' }],
    ['mirror.example/webhook', { repository: 'mirror.example/webhook', release: 'v1.6.0' }],
    ['mirror.example:5000/webhook', { repository: 'mirror.example:5000/webhook', release: 'v1.6.0' }],
    ['mirror.example:5000/webhook:v1.5.1', { repository: 'mirror.example:5000/webhook', release: 'v1.5.1' }],
    ['mirror.example/webhook@sha256:0a1b', { repository: 'mirror.example/webhook@sha256', release: '0a1b' }],
  ])('put the image %s together again', (image, expected) => {
    expect(valuesOf(image === undefined ? {} : { image })).toMatchObject({ image: expected });
  });

  test('bring the file of endpoints along for a cloud that the webhook does not know by name, and only then', () => {
    expect(valuesOf({ webhookEnvironment: 'AzureStackCloud' })).toMatchObject({
      azureEnvironment: 'AzureStackCloud',
      extraEnv: [{ name: 'AZURE_ENVIRONMENT_FILEPATH', value: '/etc/azure-environment/environment.json' }],
      extraVolumeMounts: [{ mountPath: '/etc/azure-environment' }],
    });
    expect(valuesOf({})).not.toHaveProperty('extraEnv');
  });

  test('change the pods when the tenant changes, which stands in the ConfigMap only', () => {
    const annotations = (tenantId: string) =>
      (valuesOf({ tenantId }) as { podAnnotations: object }).podAnnotations;
    expect(annotations('one')).toEqual(annotations('one'));
    expect(annotations('one')).not.toEqual(annotations('other'));
  });
});

test('a machine without helm is told which way needs none', async () => {
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
    const helm = helmFor(cluster, testDeps({ ...createCommands({ PATH: '/nonexistent' }) }));
    await expect(helm.run('version')).rejects.toMatchObject({
      code: 'helm-missing',
      hint: expect.stringContaining('method: manifest'),
    });
  } finally {
    shop.remove();
  }
});
