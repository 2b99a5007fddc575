import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { readProcesses, registerProcess } from '../../src/cluster/embedded/processes.ts';
import * as clusterAction from '../../src/cluster/index.ts';
import { errorCode, errorMessage } from '../../src/errors/index.ts';
import * as identity from '../../src/identity/index.ts';
import * as issuer from '../../src/issuer/index.ts';
import * as keys from '../../src/keys/index.ts';
import { type Cluster, connectCluster, getRaw, requestToken } from '../../src/kubernetes/index.ts';
import { spawnDaemon, stopDaemon, waitForDaemons } from '../../src/runtime/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';
import { readSecret, secretValue, Worker } from './rotation-worker.ts';

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

/** Restarts the API server as an administrator would: with a new signing key, accepting both keys. */
async function switchSigner(
  cluster: Cluster,
  kubeconfig: string,
  signer: Pair,
  accepted: readonly Pair[],
): Promise<void> {
  const directory = dirname(kubeconfig);
  const running = (await readProcesses(directory)).find(({ name }) => name === 'kube-apiserver');
  if (!running) throw new Error('kube-apiserver does not run');
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

function requestWorkloadToken(cluster: Cluster): Promise<string> {
  return requestToken(cluster, {
    namespace: workload.namespace,
    serviceAccount: workload.name,
    audience,
    expirationSeconds: 600,
  });
}

interface Chain {
  readonly cluster: Cluster;
  readonly kubeconfig: string;
  readonly issuerUrl: string;
  readonly discoveryUrl: string;
  readonly clientId: string;
}

/** Publishes a key, starts a cluster that signs with it, and creates an identity that trusts the workload. */
async function startChain(signer: Pair): Promise<Chain> {
  const published = await publish({ 'public-key-file': signer.publicKeyFile });
  const issuerUrl = published['issuer-url'] ?? '';
  const clusterInputs = {
    'cluster-provider': 'embedded',
    'cluster-name': 'rotation',
    'issuer-url': issuerUrl,
    'jwks-url': published['jwks-url'] ?? '',
    'private-key-file': signer.privateKeyFile,
    'public-key-file': signer.publicKeyFile,
  };
  const clusterDeps = deps();
  undo.push(() => runPost(clusterAction, clusterInputs, clusterDeps));
  const started = await runAction(clusterAction, clusterInputs, clusterDeps);
  if (started.failure) throw started.failure;
  const kubeconfig = String(started.outputs.kubeconfig);
  const identityInputs = {
    'azure-environment': emulator.environmentFile,
    kubeconfig,
    name: 'rotation',
    'issuer-url': issuerUrl,
    'service-accounts': `${workload.namespace}/${workload.name}`,
    'key-vault': emulator.keyVaultUrl,
  };
  const { outputs } = await runAction(identity, identityInputs, deps());
  return {
    cluster: await connectCluster({ kubeconfig }, { env: {} }),
    kubeconfig,
    issuerUrl,
    discoveryUrl: published['discovery-url'] ?? '',
    clientId: String(outputs['client-id']),
  };
}

describe('rotation of the signing key on a running cluster', () => {
  let old: Pair;
  let chain: Chain;
  beforeAll(async () => {
    old = await generatePair();
    chain = await startChain(old);
  }, 120_000);

  test('starts with the same documents in the cluster and in the store', async () => {
    const { cluster, discoveryUrl } = chain;
    expect(JSON.parse((await getRaw(cluster, '/openid/v1/jwks')).body)).toEqual(old.jwks);
    const discovery = await fetch(discoveryUrl);
    expect(await discovery.json()).toEqual(
      JSON.parse((await getRaw(cluster, '/.well-known/openid-configuration')).body),
    );
  });

  test('never interrupts the workload, and rejects old tokens once their key is retired', async () => {
    const { cluster, kubeconfig, issuerUrl, clientId } = chain;
    const read = (token: string) => readSecret(emulator, clientId, token);
    const oldToken = await requestWorkloadToken(cluster);
    expect(decodeProtectedHeader(oldToken).kid).toBe(old.keyId);
    const worker = new Worker(oldToken, () => requestWorkloadToken(cluster), read);
    undo.push(() => worker.stop());

    const next = await generatePair();
    const staged = await publish({ 'staged-public-key-file': next.publicKeyFile });
    expect(staged['key-ids']).toBe(`${old.keyId},${next.keyId}`);
    await worker.waitForReads(2);

    await switchSigner(cluster, kubeconfig, next, [next, old]);
    await worker.waitForReads(2);
    const newToken = await requestWorkloadToken(cluster);
    expect(decodeProtectedHeader(newToken).kid).toBe(next.keyId);
    // Pods still hold tokens of the old key, which have to work until they expire.
    expect(await read(oldToken)).toBe(secretValue);
    await jwtVerify(oldToken, old.publicKey, { issuer: issuerUrl, audience });

    await publish({ 'public-key-file': next.publicKeyFile });
    await worker.waitForReads(2);
    const retired = await publish({ 'retire-key-ids': old.keyId });
    expect(retired).toMatchObject({ 'key-ids': next.keyId, changed: 'true', 'issuer-url': issuerUrl });
    await worker.waitForReads(2);
    await worker.stop();

    expect(await read(oldToken).catch(errorMessage)).toContain('AADSTS7000272');
    expect(await read(newToken)).toBe(secretValue);
    expect(worker.failures).toEqual([]);
    expect(worker.signers).toEqual(new Set([old.keyId, next.keyId]));
    expect(await publish({ 'retire-key-ids': next.keyId }).catch(errorCode)).toBe('last-live-key');
  }, 180_000);
});
