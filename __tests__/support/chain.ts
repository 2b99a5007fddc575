import { resolveInputs } from '../../demo/chain.ts';
import { steps, workload } from '../../demo/steps.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import * as cluster from '../../src/cluster/index.ts';
import * as identity from '../../src/identity/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import * as keys from '../../src/keys/index.ts';
import { type Cluster, connectCluster } from '../../src/kubernetes/index.ts';
import type { ActionDefinition, Deps } from '../../src/runtime/index.ts';
import * as webhook from '../../src/webhook/index.ts';
import { type ActionModule, runAction, runPost } from './actions.ts';
import { type TestDeps, testDeps } from './deps.ts';
import { type Workshop, workshop } from './workshop.ts';

/**
 * The complete chain up to the webhook: emulator, published documents, embedded cluster, identity and
 * webhook.
 */
export interface Chain {
  readonly emulator: Emulator;
  readonly shop: Workshop;
  readonly api: Cluster;
  /** Inputs with which verify-pod passes. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Creates dependencies that are signed in as the job. */
  deps(): TestDeps;
  /** Stops everything and deletes all files. */
  close(): Promise<void>;
}

export const account = { namespace: workload.namespace, name: workload.name };

type Inputs = Readonly<Record<string, string>>;

/** The actions by the IDs of the demo's steps. */
const actions = {
  keys: bind(keys),
  issuer: bind(issuer),
  cluster: bind(cluster),
  identity: bind(identity),
  webhook: bind(webhook),
};

function bind<D extends ActionDefinition>(module: ActionModule<D>) {
  return {
    run: (inputs: Inputs, deps: Deps) => runAction(module, inputs, deps),
    post: (inputs: Inputs, deps: Deps) => runPost(module, inputs, deps),
  };
}

/** Builds the chain of the demo with the actions themselves, in this process. */
export async function buildChain(options: Partial<EmulatorOptions> = {}): Promise<Chain> {
  const shop = workshop();
  const undo: (() => Promise<void>)[] = [async () => shop.remove()];
  const close = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const emulator = await startEmulator({ ...options, directory: shop.path('emulator') });
    undo.push(() => emulator.close());
    const deps = () => createDeps(emulator, shop);
    const outputs: Record<string, Readonly<Record<string, unknown>>> = { emulator: listOutputs(emulator) };
    const output = (step: string, name: string) => String(outputs[step]?.[name]);
    for (const [id, action] of Object.entries(actions)) {
      const inputs = resolveInputs(steps.find((step) => step.id === id)?.inputs ?? {}, output);
      const stepDeps = deps();
      if (id === 'cluster' || id === 'webhook') undo.push(() => action.post(inputs, stepDeps));
      const result = await action.run(inputs, stepDeps);
      if (result.failure) throw result.failure;
      outputs[id] = result.outputs;
    }
    const kubeconfig = output('cluster', 'kubeconfig');
    const api = await connectCluster({ kubeconfig }, { env: {} });
    const verify = resolveInputs(steps.find(({ id }) => id === 'pod')?.inputs ?? {}, output);
    return { emulator, shop, api, inputs: { ...verify, timeout: '5s' }, deps, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Returns the outputs that start-emulator would have. */
function listOutputs(emulator: Emulator): Readonly<Record<string, string>> {
  return {
    'azure-environment': emulator.environmentFile,
    'storage-account': emulator.storageAccount,
    'resource-group': emulator.resourceGroup,
    'key-vault-url': emulator.keyVaultUrl,
    'tenant-id': emulator.tenantId,
  };
}

function createDeps(emulator: Emulator, shop: Workshop): TestDeps {
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
