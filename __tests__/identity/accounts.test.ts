import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as cluster from '../../src/cluster/index.ts';
import { apply, type Cluster, connectCluster, read } from '../../src/kubernetes/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { issuer, openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
let shop: Workshop;
let deps: TestDeps;
let api: Cluster;
let kubeconfig: string;
let clusterInputs: Readonly<Record<string, string>>;

beforeAll(async () => {
  shop = workshop();
  tenant = await openTenant();
  deps = testDeps({ temporaryDirectory: shop.path('temp'), env: { ...process.env } });
  const keys = shop.keyPair('cluster');
  clusterInputs = {
    'cluster-provider': 'embedded',
    'issuer-url': issuer,
    'private-key-file': keys.privateKeyFile,
    'public-key-file': keys.publicKeyFile,
  };
  const started = await runAction(cluster, clusterInputs, deps);
  kubeconfig = String(started.outputs.kubeconfig);
  api = await connectCluster({ kubeconfig }, deps);
}, 600_000);
afterAll(async () => {
  await runPost(cluster, clusterInputs, deps);
  await tenant.close();
  shop.remove();
});

interface ServiceAccount {
  readonly metadata: {
    readonly annotations?: Record<string, string>;
    readonly labels?: Record<string, string>;
    readonly resourceVersion: string;
  };
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

async function accountOf(namespace: string, name: string): Promise<ServiceAccount> {
  const ref = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } };
  const found = await read(api, ref);
  if (!found) throw new Error(`${namespace}/${name} is not there`);
  return found as ServiceAccount;
}

const inCluster = (inputs: Readonly<Record<string, string>>) => ({ annotate: 'true', kubeconfig, ...inputs });

describe('service accounts in a cluster', () => {
  test('are created with their namespace and annotated with client ID and tenant ID, and a second run writes nothing', async () => {
    const inputs = inCluster({ name: 'annotated', 'service-accounts': 'blog/app\nblog/other' });
    const { outputs, changes } = await tenant.federate(inputs);
    expect(changes.filter(({ kind }) => kind === 'namespace' || kind === 'service-account')).toEqual([
      { kind: 'namespace', name: 'blog', action: 'create' },
      { kind: 'service-account', name: 'blog/app', action: 'create' },
      { kind: 'service-account', name: 'blog/other', action: 'create' },
    ]);
    const account = await accountOf('blog', 'app');
    expect(account.metadata.annotations).toEqual({
      'azure.workload.identity/client-id': outputs['client-id'],
      'azure.workload.identity/tenant-id': tenant.emulator.tenantId,
    });
    await tenant.federate(inputs);
    expect((await accountOf('blog', 'app')).metadata.resourceVersion).toBe(account.metadata.resourceVersion);
  });

  test('keep labels, annotations and pull secrets of others', async () => {
    const metadata = { namespace: 'mine', name: 'app' };
    await apply(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mine' } });
    await api.core.createNamespacedServiceAccount({
      namespace: 'mine',
      body: {
        metadata: { ...metadata, labels: { team: 'a' }, annotations: { note: 'keep' } },
        imagePullSecrets: [{ name: 'registry' }],
      },
    });
    const { outputs } = await tenant.federate(inCluster({ name: 'merging', 'service-accounts': 'mine/app' }));
    const account = await accountOf('mine', 'app');
    expect(account).toMatchObject({
      metadata: {
        labels: { team: 'a' },
        annotations: { note: 'keep', 'azure.workload.identity/client-id': outputs['client-id'] },
      },
      imagePullSecrets: [{ name: 'registry' }],
    });
  });

  test('get the lifetime of their tokens, and changed annotations are repaired', async () => {
    const inputs = inCluster({
      name: 'repairing',
      'service-accounts': 'blog/long',
      'token-expiration': '12h',
    });
    const { outputs } = await tenant.federate(inputs);
    const expiration = 'azure.workload.identity/service-account-token-expiration';
    expect((await accountOf('blog', 'long')).metadata.annotations).toHaveProperty([expiration], '43200');
    const wrong = { 'azure.workload.identity/client-id': 'wrong' };
    const ref = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'blog', name: 'long' } };
    await apply(api, { ...ref, metadata: { ...ref.metadata, annotations: wrong } });
    const planned = await tenant.federate({ ...inputs, plan: 'true' });
    expect(planned.changes.at(-1)).toMatchObject({
      action: 'update',
      differences: expect.arrayContaining([
        { property: 'azure.workload.identity/client-id', from: 'wrong', to: outputs['client-id'] },
      ]),
    });
    expect((await accountOf('blog', 'long')).metadata.annotations).toMatchObject(wrong);
    await tenant.federate(inputs);
    expect((await accountOf('blog', 'long')).metadata.annotations).toMatchObject({
      'azure.workload.identity/client-id': outputs['client-id'],
      [expiration]: '43200',
    });
  });

  test('are not changed by a plan, which shows values that are not known yet', async () => {
    const { changes } = await tenant.federate(
      inCluster({ name: 'only-planned', 'service-accounts': 'planned/app', plan: 'true' }),
    );
    expect(changes.slice(-2).map(({ action, name }) => `${action} ${name}`)).toEqual([
      'create planned',
      'create planned/app',
    ]);
    const ref = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'planned' } };
    expect(await read(api, ref)).toBeUndefined();
  });

  test('are rejected before any request with a token lifetime that the webhook would reject', async () => {
    await expect(tenant.federate(inCluster({ 'token-expiration': '30m' }))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('1h to 24h'),
    });
  });

  test('are reported in the words of the cluster if it rejects them', async () => {
    // Without a controller that ends it, it stays in between for good and takes nothing new.
    await apply(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ending' } });
    await api.core.deleteNamespace({ name: 'ending' });
    await expect(
      tenant.federate(inCluster({ name: 'refused', 'service-accounts': 'ending/app' })),
    ).rejects.toMatchObject({ code: 'cluster-refused', message: expect.stringContaining('ending/app') });
  });

  test('are not created, nor is anything else, if the kubeconfig has no cluster', async () => {
    const empty = shop.file('empty', JSON.stringify({ apiVersion: 'v1', kind: 'Config' }));
    const from = tenant.emulator.requests.length;
    await expect(tenant.federate(inCluster({ name: 'no-cluster', kubeconfig: empty }))).rejects.toMatchObject(
      { code: 'kubeconfig-unreadable' },
    );
    expect(tenant.emulator.requests).toHaveLength(from);
  });
});
