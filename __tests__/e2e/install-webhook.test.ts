import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { systemNamespace } from '../../src/webhook/contract.ts';
import * as webhook from '../../src/webhook/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type BareCluster, startBareCluster } from '../support/bare-cluster.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
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

describe('beside the API server of an embedded cluster', () => {
  test('the webhook mutates labelled pods as soon as the action has ended, for the tenant and cloud asked for', async () => {
    const { outputs } = await install({ 'azure-environment': 'us-government' });
    const pod = await lab.admitted();
    expect(variable(pod, 'AZURE_TENANT_ID')).toBe(tenant);
    expect(variable(pod, 'AZURE_AUTHORITY_HOST')).toBe('https://login.microsoftonline.us/');
    const [source] = pod.spec?.volumes?.find(({ projected }) => projected)?.projected?.sources ?? [];
    expect(source?.serviceAccountToken?.audience).toBe('api://AzureADTokenExchangeUSGov');
    expect(outputs).toMatchObject({ 'webhook-version': 'v1.6.0', 'stale-pods': [] });
    expect(Number(outputs['ready-seconds'])).toBeGreaterThan(0);
  });

  test('an authority of an environment file is what pods get', async () => {
    const environment = JSON.parse(readFileSync(customEnvironment(), 'utf8')) as { authority: string };
    await install({ 'azure-environment': customEnvironment() });
    expect(variable(await lab.admitted(), 'AZURE_AUTHORITY_HOST')).toBe(`${environment.authority}/`);
  });

  test('a second run changes nothing, and one for another tenant replaces the webhook', async () => {
    await install();
    const before = await lab.configuration();
    const again = await install();
    expect(again.outputs['ready-seconds']).toBe(0);
    expect(deps.lines.join('\n')).toMatch(/nothing changed/);
    expect((await lab.configuration())?.metadata?.resourceVersion).toBe(before?.metadata?.resourceVersion);

    const other = '99999999-2222-4333-8444-555555555555';
    await install({ 'tenant-id': other });
    expect(variable(await lab.admitted(), 'AZURE_TENANT_ID')).toBe(other);
  });

  test('the post step ends the process, frees its port, and no labelled pod is refused afterwards', async () => {
    await install();
    await runPost(webhook, installed ?? {}, deps);
    expect(await lab.configuration()).toBeUndefined();
    expect(variable(await lab.admitted(), 'AZURE_TENANT_ID')).toBeUndefined();
    const server = await listen();
    await new Promise((resolve) => server.close(resolve));
  });

  test('a taken port is refused with the name of its holder, and no configuration is left behind', async () => {
    const server = await listen();
    try {
      await expect(install()).rejects.toMatchObject({
        code: 'webhook-port-taken',
        message: expect.stringContaining(`process ${process.pid}`),
      });
      expect(await lab.configuration()).toBeUndefined();
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('pods that were there before are listed as stale, with what would make them anew', async () => {
    const pod = await lab.api.objects.create({
      ...(await lab.admitted('old')),
      metadata: {
        name: 'old',
        namespace: systemNamespace,
        labels: { 'azure.workload.identity/use': 'true' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: '1', controller: true },
        ],
      },
    });
    try {
      const { outputs } = await install();
      expect(outputs['stale-pods']).toEqual([
        { namespace: systemNamespace, name: 'old', owner: 'ReplicaSet/rs' },
      ]);
      expect(deps.lines.join('\n')).toMatch(/warning .*azure-workload-identity-system\/old/);
    } finally {
      await lab.api.objects.delete(pod, undefined, undefined, 0);
    }
  });

  test('the keys of its certificates are masked and show up nowhere', async () => {
    const { outputs, summary } = await install();
    expect(deps.masked.filter((secret) => secret.includes('RSA PRIVATE KEY'))).toHaveLength(2);
    expect(JSON.stringify([outputs, summary, deps.lines])).not.toContain('PRIVATE KEY');
  });
});

function customEnvironment(): string {
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

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(9443, () => resolve(server));
  });
}
