import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ClientAssertionCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { registeredProcesses, registerProcess } from '../../src/cluster/embedded/processes.ts';
import * as clusterAction from '../../src/cluster/index.ts';
import { errorCode, errorMessage } from '../../src/errors/index.ts';
import * as entra from '../../src/identity/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import * as keys from '../../src/keys/index.ts';
import { type Cluster, connectCluster, getRaw, requestToken } from '../../src/kubernetes/index.ts';
import { spawnDaemon, stopDaemon, waitForDaemons } from '../../src/runtime/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

const workload = { namespace: 'default', name: 'workload' };
const audience = 'api://AzureADTokenExchange';

let shop: Workshop;
let emulator: Emulator;
let undo: (() => Promise<void>)[];
beforeAll(async () => {
  shop = workshop();
  undo = [async () => shop.remove()];
  emulator = await startEmulator({ directory: shop.path('emulator') });
  undo.push(() => emulator.close());
});
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

function deps(): TestDeps {
  const { PATH, HOME, RUNNER_TOOL_CACHE } = process.env;
  const signIn = {
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
  };
  return testDeps({ temporaryDirectory: shop.folder, env: { PATH, HOME, RUNNER_TOOL_CACHE, ...signIn } });
}

interface Pair {
  readonly privateKeyFile: string;
  readonly publicKeyFile: string;
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly jwks: unknown;
}

async function generatePair(): Promise<Pair> {
  const { outputs } = await runAction(keys, {}, deps());
  const publicKeyFile = String(outputs['public-key-file']);
  return {
    privateKeyFile: String(outputs['private-key-file']),
    publicKeyFile,
    keyId: String(outputs['key-id']),
    publicKey: createPublicKey(readFileSync(publicKeyFile)),
    jwks: JSON.parse(readFileSync(String(outputs['jwks-file']), 'utf8')),
  };
}

async function publish(given: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const inputs = {
    'azure-environment': emulator.environmentFile,
    'storage-account': emulator.storageAccount,
    'resource-group': emulator.resourceGroup,
    ...given,
  };
  const { outputs } = await runAction(issuer, inputs, deps());
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, String(value)]));
}

/** Restarts the API server of the cluster as its administrator would: another signer, both keys accepted, everything else the same. */
async function switchSigner(
  cluster: Cluster,
  kubeconfig: string,
  signer: Pair,
  accepted: readonly Pair[],
): Promise<void> {
  const directory = dirname(kubeconfig);
  const running = (await registeredProcesses(directory)).find(({ name }) => name === 'kube-apiserver');
  if (!running) throw new Error('there is no kube-apiserver');
  const [command = '', ...flags] = readFileSync(`/proc/${running.pid}/cmdline`, 'utf8')
    .split('\0')
    .slice(0, -1);
  const bundle = shop.file(
    'accepted.pub',
    accepted.map(({ publicKeyFile }) => readFileSync(publicKeyFile, 'utf8')).join(''),
  );
  const others = flags.filter((flag) => !/^--service-account-(signing-)?key-file=/.test(flag));
  await stopDaemon(running, deps(), 20);
  const args = [
    ...others,
    `--service-account-signing-key-file=${signer.privateKeyFile}`,
    `--service-account-key-file=${bundle}`,
  ];
  const daemon = await spawnDaemon({
    name: 'kube-apiserver',
    command,
    args,
    cwd: directory,
    logFile: shop.path('restarted.log'),
    env: {},
  });
  await registerProcess(directory, 'kube-apiserver', daemon.pid);
  const probe = async () => ((await getRaw(cluster, '/readyz')).status === 200 ? undefined : 'not ready');
  await waitForDaemons({ what: 'kube-apiserver', daemons: [daemon], budgetSeconds: 60, probe }, deps());
}

function tokenOf(cluster: Cluster): Promise<string> {
  return requestToken(cluster, {
    namespace: workload.namespace,
    serviceAccount: workload.name,
    audience,
    expirationSeconds: 600,
  });
}

/** Exchanges a token of the cluster and reads the secret, with nothing cached. */
async function readSecret(clientId: string, token: string): Promise<string | undefined> {
  const credential = new ClientAssertionCredential(emulator.tenantId, clientId, async () => token, {
    authorityHost: emulator.environment.authority,
    disableInstanceDiscovery: true,
  });
  const client = new SecretClient(emulator.keyVaultUrl, credential, {
    disableChallengeResourceVerification: true,
  });
  return (await client.getSecret('hellosecret')).value;
}

/** The workload: reads the secret again and again with the token that the kubelet put there, and renewed when it could. */
function keepWorking(cluster: Cluster, clientId: string, first: string) {
  const seen = { reads: 0, signers: new Set<string>(), failures: [] as string[] };
  let isOver = false;
  let token = first;
  const work = async () => {
    while (!isOver) {
      // Like the kubelet: while the API server is away, the token that is there stays.
      token = await tokenOf(cluster).catch(() => token);
      try {
        if ((await readSecret(clientId, token)) !== 'Hello from the vault!')
          seen.failures.push('another secret came');
        seen.reads++;
        seen.signers.add(String(decodeProtectedHeader(token).kid));
      } catch (error) {
        seen.failures.push(errorMessage(error));
      }
    }
  };
  const working = work();
  return {
    seen,
    async stop() {
      isOver = true;
      await working;
    },
    /** Resolves once the workload has read the secret so many more times. */
    async reads(count: number) {
      const goal = seen.reads + count;
      while (seen.reads < goal && seen.failures.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

describe('a rotation on a live cluster', () => {
  test('stage, switch the signer, promote, retire: the workload succeeds at every moment, and old tokens do not outlive their key', async () => {
    const old = await generatePair();
    const published = await publish({ 'public-key-file': old.publicKeyFile });
    const issuerUrl = published['issuer-url'] ?? '';
    const clusterInputs = {
      'cluster-provider': 'embedded',
      'cluster-name': 'rotation',
      'issuer-url': issuerUrl,
      'jwks-url': published['jwks-url'] ?? '',
      'private-key-file': old.privateKeyFile,
      'public-key-file': old.publicKeyFile,
    };
    const clusterDeps = deps();
    undo.push(() => runPost(clusterAction, clusterInputs, clusterDeps));
    const started = await runAction(clusterAction, clusterInputs, clusterDeps);
    if (started.failure) throw started.failure;
    const kubeconfig = String(started.outputs.kubeconfig);
    const cluster = await connectCluster({ kubeconfig }, { env: {} });
    const federated = await runAction(
      entra,
      {
        'azure-environment': emulator.environmentFile,
        kubeconfig,
        name: 'rotation',
        'issuer-url': issuerUrl,
        'service-accounts': `${workload.namespace}/${workload.name}`,
        'key-vault': emulator.keyVaultUrl,
      },
      deps(),
    );
    const clientId = String(federated.outputs['client-id']);
    // What the live API server says of its key is what generate-keys wrote into its JWKS.
    expect(JSON.parse((await getRaw(cluster, '/openid/v1/jwks')).body)).toEqual(old.jwks);
    const discovery = await fetch(published['discovery-url'] ?? '');
    expect(await discovery.json()).toEqual(
      JSON.parse((await getRaw(cluster, '/.well-known/openid-configuration')).body),
    );

    const oldToken = await tokenOf(cluster);
    expect(decodeProtectedHeader(oldToken).kid).toBe(old.keyId);
    const worker = keepWorking(cluster, clientId, oldToken);
    undo.push(() => worker.stop());
    await worker.reads(2);

    const next = await generatePair();
    const staged = await publish({ 'staged-public-key-file': next.publicKeyFile });
    expect(staged['key-ids']).toBe(`${old.keyId},${next.keyId}`);
    await worker.reads(2);

    await switchSigner(cluster, kubeconfig, next, [next, old]);
    await worker.reads(2);
    const newToken = await tokenOf(cluster);
    expect(decodeProtectedHeader(newToken).kid).toBe(next.keyId);
    // Tokens that the old key signed are still in pods, and must do until they expire.
    expect(await readSecret(clientId, oldToken)).toBe('Hello from the vault!');
    await jwtVerify(oldToken, old.publicKey, { issuer: issuerUrl, audience });

    await publish({ 'public-key-file': next.publicKeyFile });
    await worker.reads(2);
    const retired = await publish({ 'retire-key-ids': old.keyId });
    expect(retired).toMatchObject({ 'key-ids': next.keyId, changed: 'true', 'issuer-url': issuerUrl });
    await worker.reads(2);
    await worker.stop();

    const refusal = await readSecret(clientId, oldToken).catch(errorMessage);
    expect(refusal).toContain('AADSTS7000272');
    expect(await readSecret(clientId, newToken)).toBe('Hello from the vault!');
    expect(worker.seen.failures).toEqual([]);
    expect(worker.seen.signers).toEqual(new Set([old.keyId, next.keyId]));
    expect(await publish({ 'retire-key-ids': next.keyId }).catch(errorCode)).toBe('last-live-key');
  }, 180_000);
});
