import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import * as webhook from '../../src/webhook/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type BareCluster, startBareCluster } from '../support/bare-cluster.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
const namespace = webhook.systemNamespace;
let lab: BareCluster;
let deps: TestDeps;
let installed: Record<string, string> | undefined;

beforeAll(async () => {
  lab = await startBareCluster('webhook-test');
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

const variable = (pod: V1Pod, name: string) =>
  pod.spec?.containers[0]?.env?.find((one) => one.name === name)?.value;

describe('install-webhook in an embedded cluster', () => {
  test('mutates labeled pods for the tenant and the cloud of its inputs', async () => {
    const { outputs } = await install({ 'azure-environment': 'us-government' });
    const pod = await lab.admitted();
    expect(variable(pod, 'AZURE_TENANT_ID')).toBe(tenant);
    expect(variable(pod, 'AZURE_AUTHORITY_HOST')).toBe('https://login.microsoftonline.us/');
    const [source] = pod.spec?.volumes?.find(({ projected }) => projected)?.projected?.sources ?? [];
    expect(source?.serviceAccountToken?.audience).toBe('api://AzureADTokenExchangeUSGov');
    expect(outputs).toMatchObject({ 'webhook-version': 'v1.6.0', 'stale-pods': [] });
    expect(Number(outputs['ready-seconds'])).toBeGreaterThan(0);
  });

  test('injects the authority of an environment file', async () => {
    const environment = JSON.parse(readFileSync(writeEnvironment(), 'utf8')) as { authority: string };
    await install({ 'azure-environment': writeEnvironment() });
    expect(variable(await lab.admitted(), 'AZURE_AUTHORITY_HOST')).toBe(`${environment.authority}/`);
  });

  test('changes nothing in a second run, and replaces the webhook for another tenant', async () => {
    await install();
    const before = await lab.configuration();
    const again = await install();
    expect(again.outputs['ready-seconds']).toBe(0);
    expect((await lab.configuration())?.metadata?.resourceVersion).toBe(before?.metadata?.resourceVersion);

    const other = '99999999-2222-4333-8444-555555555555';
    await install({ 'tenant-id': other });
    expect(variable(await lab.admitted(), 'AZURE_TENANT_ID')).toBe(other);
  });

  test('stops the process, frees its port and admits labeled pods unchanged after the post step', async () => {
    await install();
    await runPost(webhook, installed ?? {}, deps);
    expect(await lab.configuration()).toBeUndefined();
    expect(variable(await lab.admitted(), 'AZURE_TENANT_ID')).toBeUndefined();
    await close(await listen());
  });

  test('names the process that uses its port, and leaves no configuration behind', async () => {
    const server = await listen();
    try {
      await expect(install()).rejects.toMatchObject({
        code: 'webhook-port-taken',
        message: expect.stringContaining(`process ${process.pid}`),
      });
      expect(await lab.configuration()).toBeUndefined();
    } finally {
      await close(server);
    }
  });

  test('lists pods that were created before it as stale, with their controllers', async () => {
    const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: '1', controller: true };
    const labels = { [webhook.useLabel]: 'true' };
    const pod = await lab.api.objects.create({
      ...(await lab.admitted('old')),
      metadata: { name: 'old', namespace, labels, ownerReferences: [controller] },
    });
    try {
      const { outputs } = await install();
      expect(outputs['stale-pods']).toEqual([{ namespace, name: 'old', owner: 'ReplicaSet/rs' }]);
      expect(deps.lines.filter((line) => line.startsWith('warning'))).toEqual([
        expect.stringContaining(`${namespace}/old`),
      ]);
    } finally {
      await lab.api.objects.delete(pod, undefined, undefined, 0);
    }
  });

  test('masks the keys of its certificates and shows them nowhere', async () => {
    const { outputs, summary } = await install();
    expect(deps.masked.filter((secret) => secret.includes('RSA PRIVATE KEY'))).toHaveLength(2);
    expect(JSON.stringify([outputs, summary, deps.lines])).not.toContain('PRIVATE KEY');
  });
});

function writeEnvironment(): string {
  const url = 'https://login.emulator.example:8443';
  return lab.shop.file(
    'environment.json',
    JSON.stringify({
      authority: url,
      graph: url,
      graphAudience: url,
      resourceManager: url,
      resourceManagerAudience: url,
      vault: url,
      vaultAudience: url,
      blob: url,
      storageAudience: url,
      tokenExchangeAudience: 'api://AzureADTokenExchange',
      webhookEnvironment: 'AzureStackCloud',
    }),
  );
}

// The port is fixed in the program of the webhook. The runner of these tests runs one file at a time on a machine.
function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(webhook.webhookPort, () => resolve(server));
  });
}

function close(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve));
}
