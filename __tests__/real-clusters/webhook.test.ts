import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Namespace } from '@kubernetes/client-node';
import { Job, type StepResult } from '../../local-runner/job.ts';
import { type Cluster, connectCluster, read } from '../../src/kubernetes/index.ts';
import { configurationKind, configurationName, systemNamespace } from '../../src/webhook/contract.ts';
import { type ClusterJob, clusterJob, machineInputs, type NodeProvider, providers } from './support.ts';

const installations = 3;
// An installation that waits for certificates takes more than a minute.
const secondsWithoutRace = 20;
/** Images that are on the nodes or that they can pull. Default to those of the actions. */
const { FEDERATION_RIG_CURL_IMAGE: curlImage, FEDERATION_RIG_WEBHOOK_IMAGE: webhookImage } = process.env;

interface Lab {
  readonly api: Cluster;
  readonly kubeconfig: string;
  readonly context: string;
  readonly webhookInputs: Readonly<Record<string, string>>;
  readonly podInputs: Readonly<Record<string, string>>;
}

let run: ClusterJob;
let azure: StepResult['outputs'];
const labs = new Map<NodeProvider, Lab>();

// Everything runs from dist. The emulator listens on the gateway of Docker, so that the nodes can reach it.
beforeAll(async () => {
  run = clusterJob();
  azure = await step('Azure', 'actions/start-emulator', {
    listen: '0.0.0.0',
    hostnames: findDockerGateway(),
  });
  for (const provider of providers) labs.set(provider, await open(provider));
}, 900_000);
afterAll(() => run.close(), 300_000);

async function step(name: string, action: string, inputs: Readonly<Record<string, string>>) {
  const result = await run.job.step(name, action, inputs);
  if (result.outcome === 'failure') throw new Error(`${name}: ${result.errors.join('\n')}`);
  return result.outputs;
}

function findDockerGateway(): string {
  const format = '{{range .IPAM.Config}}{{or .Gateway .Subnet}}{{end}}';
  const answer = execFileSync('docker', ['network', 'inspect', 'bridge', `--format=${format}`], {
    encoding: 'utf8',
  });
  // Older engines print only the subnet. The gateway is its first address.
  return answer.trim().replace(/\.0\/\d+$/, '.1');
}

async function open(provider: NodeProvider): Promise<Lab> {
  const environment = { 'azure-environment': azure['azure-environment'] ?? '' };
  const { keyFiles, issuer, cluster } = await startCluster(provider, environment);
  const shared = { ...environment, ...cluster, 'tenant-id': azure['tenant-id'] ?? '' };
  const issuerUrl = { 'issuer-url': issuer['issuer-url'] ?? '' };
  const identity = await step('Identity', 'actions/federate-app', {
    ...environment,
    ...cluster,
    ...issuerUrl,
    name: `reader-${provider}`,
    'service-accounts': 'demo/reader',
    'key-vault': azure['key-vault-url'] ?? '',
  });
  return {
    api: await connectCluster(cluster, { env: {} }),
    ...cluster,
    webhookInputs: { ...shared, ...(webhookImage && { image: webhookImage }) },
    podInputs: {
      ...shared,
      ...issuerUrl,
      ...keyFiles,
      'service-account': 'demo/reader',
      'client-id': identity['client-id'] ?? '',
      'key-vault-url': azure['key-vault-url'] ?? '',
      'secret-name': 'hellosecret',
      'pod-probe': 'true',
      timeout: '2m',
      ...(curlImage && { 'pod-image': curlImage }),
    },
  };
}

/** Starts a cluster that signs with a new key and with its own issuer. */
async function startCluster(provider: NodeProvider, environment: Readonly<Record<string, string>>) {
  const keys = await step('Keys', 'actions/generate-keys', { 'output-directory': `keys-${provider}` });
  const keyFiles = {
    'private-key-file': keys['private-key-file'] ?? '',
    'public-key-file': keys['public-key-file'] ?? '',
  };
  const issuer = await step('Issuer', 'actions/publish-issuer', {
    ...environment,
    'public-key-file': keyFiles['public-key-file'],
    'storage-account': azure['storage-account'] ?? '',
    'resource-group': azure['resource-group'] ?? '',
    container: provider,
  });
  const { kubeconfig = '', context = '' } = await step('Cluster', 'actions/start-minikube', {
    'cluster-provider': provider,
    'cluster-name': `webhook-${provider}`,
    'issuer-url': issuer['issuer-url'] ?? '',
    'jwks-url': issuer['jwks-url'] ?? '',
    ...keyFiles,
    ...machineInputs(provider),
  });
  return { keyFiles, issuer, cluster: { kubeconfig, context } };
}

describe.each(providers)('install-webhook on %s', (provider) => {
  const lab = () => {
    const found = labs.get(provider);
    if (!found) throw new Error(`${provider} was not started`);
    return found;
  };

  test(`installs without waiting for certificates and deletes everything, ${installations} times`, async () => {
    const seconds: number[] = [];
    for (let count = 0; count < installations; count++) {
      const job = new Job({ actions: '.', directory: run.shop.path(`install-${count}`), env: run.env });
      const { outputs, errors } = await job.step('Webhook', 'actions/install-webhook', {
        ...lab().webhookInputs,
        'on-exit': 'remove',
      });
      expect(errors).toEqual([]);
      seconds.push(Number(outputs['ready-seconds']));
      const [post] = await job.finish();
      expect(post?.outcome).toBe('success');
      expect(await configuration(lab())).toBeUndefined();
      expect(await isTerminating(lab())).toBe(true);
    }
    expect(seconds.filter((one) => one === 0 || one > secondsWithoutRace)).toEqual([]);
  });

  test('lets a pod read the secret with the injected token and variables', async () => {
    await step('Webhook to stay', 'actions/install-webhook', lab().webhookInputs);
    const verified = await step('Pod', 'actions/verify-pod', lab().podInputs);
    expect(verified).toMatchObject({ result: 'pass', 'failed-check': '' });
    const lines = run.log.filter((line) => line.step === 'Pod').map(({ text }) => text);
    expect(lines).toContainEqual(expect.stringMatching(/^✔ pod .* the pod finished with exit code 0$/));
    expect(lines.join('\n')).not.toMatch(/Hello from the vault|eyJ[\w-]{20}/);
    const pods = await lab().api.core.listNamespacedPod({ namespace: 'demo' });
    expect(pods.items).toEqual([]);
  });

  test('keeps a webhook that existed before the job', async () => {
    const job = new Job({ actions: '.', directory: run.shop.path(`again-${provider}`), env: run.env });
    const { outputs } = await job.step('Webhook', 'actions/install-webhook', {
      ...lab().webhookInputs,
      'on-exit': 'remove',
    });
    expect(outputs['ready-seconds']).toBe('0');
    await job.finish();
    expect(await configuration(lab())).toBeDefined();
  });
});

function configuration({ api }: Lab) {
  return read(api, { ...configurationKind, metadata: { name: configurationName } });
}

async function isTerminating({ api }: Lab): Promise<boolean> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: systemNamespace } };
  const namespace = await read<V1Namespace>(api, ref);
  return namespace === undefined || namespace.metadata?.deletionTimestamp !== undefined;
}
