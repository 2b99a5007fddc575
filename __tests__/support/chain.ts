import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import * as cluster from '../../src/cluster/index.ts';
import * as entra from '../../src/identity/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import * as keys from '../../src/keys/index.ts';
import { type Cluster, connectCluster } from '../../src/kubernetes/index.ts';
import * as webhook from '../../src/webhook/index.ts';
import { runAction, runPost } from './actions.ts';
import { type TestDeps, testDeps } from './deps.ts';
import { type Workshop, workshop } from './workshop.ts';

/** The chain up to the webhook, whole: emulator, published documents, embedded cluster, identity, webhook. */
export interface Chain {
  readonly emulator: Emulator;
  readonly shop: Workshop;
  readonly api: Cluster;
  /** Inputs with which verify-pod passes. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Fresh dependencies, signed in as the job. */
  deps(): TestDeps;
  close(): Promise<void>;
}

export const account = { namespace: 'phcloudbrew', name: 'phcloudbrewapp' };

/** Builds it with the actions themselves, in this process. Everything is gone after `close`. */
export async function buildChain(options: Partial<EmulatorOptions> = {}): Promise<Chain> {
  const shop = workshop();
  const undo: (() => Promise<void>)[] = [async () => shop.remove()];
  const close = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const emulator = await startEmulator({ ...options, directory: shop.path('emulator') });
    undo.push(() => emulator.close());
    const deps = () => depsOf(emulator, shop);
    const environment = { 'azure-environment': emulator.environmentFile };

    const made = await runAction(keys, {}, deps());
    const published = await runAction(
      issuer,
      {
        ...environment,
        'public-key-file': String(made.outputs['public-key-file']),
        storage: 'azure-blob',
        'storage-account': emulator.storageAccount,
        'create-storage-account': 'true',
        'resource-group': emulator.resourceGroup,
        container: 'oidc',
      },
      deps(),
    );
    const issuerUrl = String(published.outputs['issuer-url']);
    const clusterInputs = {
      'cluster-provider': 'embedded',
      'issuer-url': issuerUrl,
      'jwks-url': String(published.outputs['jwks-url']),
      'private-key-file': String(made.outputs['private-key-file']),
      'public-key-file': String(made.outputs['public-key-file']),
    };
    const clusterDeps = deps();
    undo.push(() => runPost(cluster, clusterInputs, clusterDeps));
    const started = await runAction(cluster, clusterInputs, clusterDeps);
    if (started.failure) throw started.failure;
    const kubeconfig = String(started.outputs.kubeconfig);
    const federated = await runAction(
      entra,
      {
        ...environment,
        kubeconfig,
        name: 'phcloudbrewkubeid',
        'issuer-url': issuerUrl,
        'service-accounts': `${account.namespace}/${account.name}`,
        'key-vault': emulator.keyVaultUrl,
      },
      deps(),
    );
    const webhookInputs = { ...environment, kubeconfig, 'tenant-id': emulator.tenantId };
    const webhookDeps = deps();
    undo.push(() => runPost(webhook, webhookInputs, webhookDeps));
    await runAction(webhook, webhookInputs, webhookDeps);
    return {
      emulator,
      shop,
      api: await connectCluster({ kubeconfig }, { env: {} }),
      inputs: {
        ...environment,
        kubeconfig,
        'service-account': `${account.namespace}/${account.name}`,
        'issuer-url': issuerUrl,
        'client-id': String(federated.outputs['client-id']),
        'tenant-id': emulator.tenantId,
        'key-vault-url': emulator.keyVaultUrl,
        'secret-name': 'hellosecret',
        'private-key-file': String(made.outputs['private-key-file']),
        'public-key-file': String(made.outputs['public-key-file']),
        timeout: '5s',
      },
      deps,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function depsOf(emulator: Emulator, shop: Workshop): TestDeps {
  return testDeps({
    temporaryDirectory: shop.folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RUNNER_TOOL_CACHE: process.env.RUNNER_TOOL_CACHE,
      AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
      AZURE_CLIENT_ID: emulator.jobClientId,
      AZURE_TENANT_ID: emulator.tenantId,
      AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
    },
  });
}
