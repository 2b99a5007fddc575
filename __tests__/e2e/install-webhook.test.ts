import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1MutatingWebhookConfiguration, V1Pod, V1Secret } from '@kubernetes/client-node';
import * as cluster from '../../src/cluster/index.ts';
import { apply, type Cluster, connectCluster, ensureNamespace, read } from '../../src/kubernetes/index.ts';
import { webhookConfiguration, withdrawConfiguration } from '../../src/webhook/configuration.ts';
import { configurationKind, configurationName, systemNamespace } from '../../src/webhook/contract.ts';
import * as webhook from '../../src/webhook/index.ts';
import { ensureProbeAccount } from '../../src/webhook/readiness.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
let shop: Workshop;
let clusterDeps: TestDeps;
let clusterInputs: Record<string, string>;
let kubeconfig: string;
let api: Cluster;
let deps: TestDeps;
let installed: Record<string, string> | undefined;

beforeAll(async () => {
  shop = workshop();
  const keys = shop.keyPair('sa');
  clusterDeps = testDeps({ temporaryDirectory: shop.folder, env: process.env });
  clusterInputs = {
    'cluster-provider': 'embedded',
    'cluster-name': 'webhook-test',
    'issuer-url': 'https://issuer.example/',
    'private-key-file': keys.privateKeyFile,
    'public-key-file': keys.publicKeyFile,
  };
  const { outputs } = await runAction(cluster, clusterInputs, clusterDeps);
  kubeconfig = String(outputs.kubeconfig);
  api = await connectCluster({ kubeconfig }, { env: {} });
});

afterEach(async () => {
  if (installed) await runPost(webhook, installed, deps);
  installed = undefined;
});

afterAll(async () => {
  await runPost(cluster, clusterInputs, clusterDeps);
  shop.remove();
});

function install(inputs: Record<string, string> = {}) {
  deps = testDeps({ temporaryDirectory: shop.folder });
  installed = { kubeconfig, 'tenant-id': tenant, ...inputs };
  return runAction(webhook, installed, deps);
}

const configuration = () =>
  read<V1MutatingWebhookConfiguration>(api, { ...configurationKind, metadata: { name: configurationName } });

/** A pod with the label, as the API server would store it. */
function admitted(name = 'probe'): Promise<V1Pod> {
  return api.objects.create(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: systemNamespace, labels: { 'azure.workload.identity/use': 'true' } },
      spec: {
        serviceAccountName: 'webhook-readiness',
        containers: [
          {
            name: 'c',
            image: 'i',
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
        ],
      },
    },
    undefined,
    'All',
  );
}

const variable = (pod: V1Pod, name: string) =>
  pod.spec?.containers[0]?.env?.find((one) => one.name === name)?.value;

describe('beside the API server of an embedded cluster', () => {
  test('the webhook mutates labelled pods as soon as the action has ended, for the tenant and cloud asked for', async () => {
    const { outputs } = await install({ 'azure-environment': 'us-government' });
    const pod = await admitted();
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
    expect(variable(await admitted(), 'AZURE_AUTHORITY_HOST')).toBe(`${environment.authority}/`);
  });

  test('a second run changes nothing, and one for another tenant replaces the webhook', async () => {
    await install();
    const before = await configuration();
    const again = await install();
    expect(again.outputs['ready-seconds']).toBe(0);
    expect(deps.lines.join('\n')).toMatch(/nothing changed/);
    expect((await configuration())?.metadata?.resourceVersion).toBe(before?.metadata?.resourceVersion);

    const other = '99999999-2222-4333-8444-555555555555';
    await install({ 'tenant-id': other });
    expect(variable(await admitted(), 'AZURE_TENANT_ID')).toBe(other);
  });

  test('the post step ends the process, frees its port, and no labelled pod is refused afterwards', async () => {
    await install();
    await runPost(webhook, installed ?? {}, deps);
    expect(await configuration()).toBeUndefined();
    expect(variable(await admitted(), 'AZURE_TENANT_ID')).toBeUndefined();
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
      expect(await configuration()).toBeUndefined();
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('pods that were there before are listed as stale, with what would make them anew', async () => {
    const pod = await api.objects.create({
      ...(await admitted('old')),
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
      await api.objects.delete(pod, undefined, undefined, 0);
    }
  });

  test('the keys of its certificates are masked and show up nowhere', async () => {
    const { outputs, summary } = await install();
    expect(deps.masked.filter((secret) => secret.includes('RSA PRIVATE KEY'))).toHaveLength(2);
    expect(JSON.stringify([outputs, summary, deps.lines])).not.toContain('PRIVATE KEY');
  });
});

describe('in a cluster with a Deployment', () => {
  // The API server takes and checks every object; without nodes no pod of the Deployment ever runs.
  test('certificates that fit are in place with everything else, and a configuration that nobody answers is taken back', async () => {
    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '2s' })).rejects.toMatchObject({
      code: 'webhook-not-ready',
      message: expect.stringMatching(/no endpoints available|no pod of Deployment|not found/),
    });
    expect(await configuration()).toBeUndefined();
    const secret = await read<V1Secret>(api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(Object.keys(secret?.data ?? {}).sort()).toEqual(['ca.crt', 'ca.key', 'tls.crt', 'tls.key']);

    await expect(install({ kubeconfig: plainKubeconfig(), timeout: '1s' })).rejects.toThrow();
    expect(deps.lines.filter((line) => /created|changed/.test(line))).toEqual([
      expect.stringContaining('created MutatingWebhookConfiguration'),
    ]);
    const kept = await read<V1Secret>(api, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'azure-wi-webhook-server-cert', namespace: systemNamespace },
    });
    expect(kept?.data).toEqual(secret?.data);
  });
});

describe('the post step in a cluster with a Deployment', () => {
  /** As a run leaves things that announced the webhook and was ended then. */
  async function afterRun(states: readonly string[]) {
    await ensureNamespace(api, systemNamespace);
    await ensureProbeAccount(api);
    await apply(api, webhookConfiguration('service', 'a CA'));
    deps = testDeps({ temporaryDirectory: shop.folder });
    for (const state of ['installed', ...states]) deps.state.save(state, 'true');
    return { kubeconfig: plainKubeconfig(), 'tenant-id': tenant };
  }
  afterEach(() => withdrawConfiguration(api, deps));

  test('takes back a configuration that an interrupted run made and that nobody answers', async () => {
    const inputs = await afterRun(['created']);
    await expect(admitted()).rejects.toThrow(/failed calling webhook/);
    await runPost(webhook, inputs, deps);
    expect(await configuration()).toBeUndefined();
    expect((await admitted()).metadata?.name).toBe('probe');
  });

  test('leaves one alone that was shown to work, or that the job did not make', async () => {
    for (const states of [['created', 'proven'], []]) {
      await runPost(webhook, await afterRun(states), deps);
      expect(await configuration()).toBeDefined();
    }
  });

  test('uninstalls with on-exit: remove what the job made, and nothing else', async () => {
    const inputs = { ...(await afterRun([])), 'on-exit': 'remove' };
    await runPost(webhook, inputs, deps);
    expect(await configuration()).toBeDefined();
    deps.state.save('created', 'true');
    await runPost(webhook, inputs, deps);
    expect(await configuration()).toBeUndefined();
  });
});

// Taken for a cluster with nodes: what says that it is an embedded one is left out.
function plainKubeconfig(): string {
  const plain = readFileSync(kubeconfig, 'utf8').replace(
    'embedded.entra-kubernetes-federation',
    'another.extension',
  );
  return shop.file('plain-kubeconfig', plain, 0o600);
}

function customEnvironment(): string {
  const url = 'https://login.emulator.example:8443';
  return shop.file(
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
