import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { StepResult } from '../../local-runner/job.ts';
import { computeKeyId } from '../../src/keys/index.ts';
import { type PublishedDocuments, projectedToken, publishedDocuments } from './cluster-evidence.ts';
import {
  type ClusterJob,
  clusterJob,
  containersOf,
  flagsOf,
  machineInputs,
  type NodeProvider,
  providers,
} from './support.ts';

const audience = 'api://AzureADTokenExchange';
const nameOf = (provider: NodeProvider) => `federation-${provider}`;

/** What was seen of one of the two clusters while both ran. */
interface Seen {
  readonly issuerUrl: string;
  readonly keyId: string;
  readonly privateKey: string;
  readonly start: StepResult;
  readonly again: StepResult;
  readonly kubeconfigMode: number;
  readonly nodes: string;
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly podToken: string;
  readonly documents: PublishedDocuments;
  readonly containers: readonly string[];
}

let run: ClusterJob;
let seen: Record<NodeProvider, Seen>;
let posts: readonly StepResult[];

// One job starts both clusters, each with a key and an issuer of its own, and ends; the tests look at what was seen of it.
beforeAll(async () => {
  run = clusterJob();
  try {
    const azure = await step('Azure', 'actions/start-emulator', {});
    const started = [];
    for (const provider of providers)
      started.push({ provider, ...(await startOne(provider, azure.outputs)) });
    const looked = [];
    for (const { provider, ...parts } of started)
      looked.push([provider, await look(provider, parts, azure.outputs)] as const);
    seen = Object.fromEntries(looked) as Record<NodeProvider, Seen>;
  } finally {
    posts = await run.job.finish();
  }
}, 900_000);
afterAll(() => run.close());

async function step(name: string, action: string, inputs: Readonly<Record<string, string>>) {
  const result = await run.job.step(name, action, inputs);
  if (result.outcome === 'failure') throw new Error(`${name}: ${result.errors.join('\n')}`);
  return result;
}

type Outputs = Readonly<Record<string, string>>;

async function startOne(provider: NodeProvider, azure: Outputs) {
  const keys = await step('Keys', 'actions/generate-keys', { 'output-directory': `keys-${provider}` });
  const { 'private-key-file': privateKeyFile = '', 'public-key-file': publicKeyFile = '' } = keys.outputs;
  const issuer = await step('Issuer', 'actions/publish-issuer', {
    'azure-environment': azure['azure-environment'] ?? '',
    'public-key-file': publicKeyFile,
    'storage-account': azure['storage-account'] ?? '',
    'resource-group': azure['resource-group'] ?? '',
    container: provider,
  });
  const inputs = {
    'cluster-provider': provider,
    'cluster-name': nameOf(provider),
    'issuer-url': issuer.outputs['issuer-url'] ?? '',
    'jwks-url': issuer.outputs['jwks-url'] ?? '',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...machineInputs(provider),
  };
  const start = await step('Cluster', 'actions/start-minikube', inputs);
  return { inputs, start, publicKeyFile, privateKey: readFileSync(privateKeyFile, 'utf8') };
}

async function look(
  provider: NodeProvider,
  { inputs, start, publicKeyFile, privateKey }: Awaited<ReturnType<typeof startOne>>,
  azure: Outputs,
): Promise<Seen> {
  const { kubeconfig = '', context = '' } = start.outputs;
  const kubectl = (...args: readonly string[]) =>
    run.command('kubectl', `--kubeconfig=${kubeconfig}`, `--context=${context}`, ...args);
  const node = provider === 'kind' ? `${nameOf(provider)}-control-plane` : nameOf(provider);
  return {
    issuerUrl: inputs['issuer-url'],
    keyId: computeKeyId(createPublicKey(readFileSync(publicKeyFile))),
    privateKey,
    start,
    again: await step('Cluster again', 'actions/start-minikube', inputs),
    kubeconfigMode: statSync(kubeconfig).mode & 0o777,
    nodes: await kubectl('get', 'nodes', '--output=name'),
    flags: {
      apiServer: await flagsOf(node, 'kube-apiserver'),
      controllerManager: await flagsOf(node, 'kube-controller-manager'),
    },
    podToken: await projectedToken(kubectl, audience),
    documents: await publishedDocuments(inputs['issuer-url'], readFileSync(azure['ca-file'] ?? '', 'utf8')),
    containers: await containersOf(nameOf(provider)),
  };
}

describe.each(providers)('%s through dist, beside another cluster with another issuer', (provider) => {
  test('signs with the asked key and is reachable by the kubeconfig, which only its owner reads', () => {
    const { start, keyId, nodes, kubeconfigMode } = seen[provider];
    expect(start.outputs).toMatchObject({
      'key-id': keyId,
      'cluster-provider': provider,
      'kubernetes-version': expect.stringMatching(/^v1\.\d+\.\d+/),
    });
    expect(nodes).toMatch(/^node\/\S+\n$/);
    expect(kubeconfigMode).toBe(0o600);
  });

  test('runs with the flags that the manual steps set, on the API server and on the controller manager', () => {
    const { issuerUrl, flags } = seen[provider];
    const folder = provider === 'kind' ? '/etc/kubernetes/pki' : '/var/lib/minikube/certs';
    expect(flags.apiServer?.filter((flag) => flag.startsWith('--service-account-')).sort()).toEqual([
      `--service-account-issuer=${issuerUrl}`,
      `--service-account-jwks-uri=${issuerUrl}openid/v1/jwks`,
      `--service-account-key-file=${folder}/sa.pub`,
      `--service-account-signing-key-file=${folder}/sa.key`,
    ]);
    expect(flags.controllerManager).toContain(`--service-account-private-key-file=${folder}/sa.key`);
  });

  test("gives a pod a projected token that verifies against the issuer's published documents", async () => {
    const { podToken, issuerUrl, keyId, documents } = seen[provider];
    expect(documents.discovery.issuer).toBe(issuerUrl);
    const { payload, protectedHeader } = await jwtVerify(podToken, createLocalJWKSet(documents.jwks), {
      issuer: String(documents.discovery.issuer),
      audience,
    });
    expect(protectedHeader.kid).toBe(keyId);
    expect(payload.sub).toBe('system:serviceaccount:workload:reader');
  });

  test('is not taken for the other one: its token does not verify with the keys of the other issuer', async () => {
    const other = seen[provider === 'kind' ? 'minikube' : 'kind'];
    expect(decodeJwt(seen[provider].podToken).iss).not.toBe(other.issuerUrl);
    await expect(
      jwtVerify(seen[provider].podToken, createLocalJWKSet(other.documents.jwks)),
    ).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('is left as it is by a second step that asks for the same', () => {
    const { start, again } = seen[provider];
    expect(again.outputs).toEqual(start.outputs);
    const said = run.log.filter(({ step }) => step === 'Cluster again').map(({ text }) => text);
    expect(said).toContain(
      `the cluster ${nameOf(provider)} runs already and signs as asked: nothing changed`,
    );
  });

  test('is gone after the post step, which says what it removed', async () => {
    expect(seen[provider].containers).toHaveLength(1);
    expect(await containersOf(nameOf(provider))).toEqual([]);
    const said = run.log.filter(({ step }) => step === 'Post Cluster').map(({ text }) => text);
    expect(said.join('\n')).toMatch(
      new RegExp(`removed (kind cluster|minikube profile) ${nameOf(provider)} and its nodes?`),
    );
    expect(existsSync(join(run.minikubeHome, 'profiles', nameOf(provider)))).toBe(false);
  });

  test('the private key is in no line of the log, no output, and no file of MINIKUBE_HOME', () => {
    const { privateKey, start } = seen[provider];
    const secretLines = privateKey.split('\n').filter((line) => line.length > 40);
    expect(secretLines.length).toBeGreaterThan(10);
    const shown = [...run.log.map(({ text }) => text), start.summary, JSON.stringify(start.outputs)].join(
      '\n',
    );
    const files = filesBelow(run.minikubeHome).map((file) => readFileSync(file, 'utf8'));
    expect(files.length).toBeGreaterThan(0);
    const holders = [shown, ...files].filter((text) => secretLines.some((line) => text.includes(line)));
    expect(holders).toEqual([]);
  });
});

test('every post step succeeds', () => {
  expect(posts.flatMap(({ errors }) => errors)).toEqual([]);
  expect(run.log.filter(({ kind }) => kind === 'warning')).toEqual([]);
});

/** Files of a folder, without what was downloaded into it. */
function filesBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'cache');
  return names.flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
