import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { StepResult } from '../../local-runner/job.ts';
import { computeKeyId } from '../../src/keys/index.ts';
import { type PublishedDocuments, projectToken, readPublishedDocuments } from './cluster-evidence.ts';
import {
  type ClusterJob,
  clusterJob,
  listContainers,
  machineInputs,
  type NodeProvider,
  providers,
  readFlags,
} from './support.ts';

const audience = 'api://AzureADTokenExchange';
const getName = (provider: NodeProvider) => `federation-${provider}`;

/** What was read from one of the two clusters while both were running. */
interface Evidence {
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
let evidence: Record<NodeProvider, Evidence>;
let posts: readonly StepResult[];

// One job starts both clusters, each with its own key and issuer, and finishes. The tests examine the
// evidence that it collected.
beforeAll(async () => {
  run = clusterJob();
  try {
    const azure = await step('Azure', 'actions/start-emulator', {});
    const started = [];
    for (const provider of providers)
      started.push({ provider, ...(await startOne(provider, azure.outputs)) });
    const collected = [];
    for (const { provider, ...parts } of started)
      collected.push([provider, await collectEvidence(provider, parts, azure.outputs)] as const);
    evidence = Object.fromEntries(collected) as Record<NodeProvider, Evidence>;
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
    'cluster-name': getName(provider),
    'issuer-url': issuer.outputs['issuer-url'] ?? '',
    'jwks-url': issuer.outputs['jwks-url'] ?? '',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...machineInputs(provider),
  };
  const start = await step('Cluster', 'actions/start-minikube', inputs);
  return { inputs, start, publicKeyFile, privateKey: readFileSync(privateKeyFile, 'utf8') };
}

async function collectEvidence(
  provider: NodeProvider,
  { inputs, start, publicKeyFile, privateKey }: Awaited<ReturnType<typeof startOne>>,
  azure: Outputs,
): Promise<Evidence> {
  const { kubeconfig = '', context = '' } = start.outputs;
  const kubectl = (...args: readonly string[]) =>
    run.command('kubectl', `--kubeconfig=${kubeconfig}`, `--context=${context}`, ...args);
  const node = provider === 'kind' ? `${getName(provider)}-control-plane` : getName(provider);
  return {
    issuerUrl: inputs['issuer-url'],
    keyId: computeKeyId(createPublicKey(readFileSync(publicKeyFile))),
    privateKey,
    start,
    again: await step('Cluster again', 'actions/start-minikube', inputs),
    kubeconfigMode: statSync(kubeconfig).mode & 0o777,
    nodes: await kubectl('get', 'nodes', '--output=name'),
    flags: {
      apiServer: await readFlags(node, 'kube-apiserver'),
      controllerManager: await readFlags(node, 'kube-controller-manager'),
    },
    podToken: await projectToken(kubectl, audience),
    documents: await readPublishedDocuments(
      inputs['issuer-url'],
      readFileSync(azure['ca-file'] ?? '', 'utf8'),
    ),
    containers: await listContainers(getName(provider)),
  };
}

describe.each(providers)('%s, next to another cluster with another issuer', (provider) => {
  test('signs with the requested key and writes a kubeconfig that only its owner can read', () => {
    const { start, keyId, nodes, kubeconfigMode } = evidence[provider];
    expect(start.outputs).toMatchObject({
      'key-id': keyId,
      'cluster-provider': provider,
      'kubernetes-version': expect.stringMatching(/^v1\.\d+\.\d+/),
    });
    expect(nodes).toMatch(/^node\/\S+\n$/);
    expect(kubeconfigMode).toBe(0o600);
  });

  test('sets the flags of the manual steps on the API server and the controller manager', () => {
    const { issuerUrl, flags } = evidence[provider];
    const folder = provider === 'kind' ? '/etc/kubernetes/pki' : '/var/lib/minikube/certs';
    expect(flags.apiServer?.filter((flag) => flag.startsWith('--service-account-')).sort()).toEqual([
      `--service-account-issuer=${issuerUrl}`,
      `--service-account-jwks-uri=${issuerUrl}openid/v1/jwks`,
      `--service-account-key-file=${folder}/sa.pub`,
      `--service-account-signing-key-file=${folder}/sa.key`,
    ]);
    expect(flags.controllerManager).toContain(`--service-account-private-key-file=${folder}/sa.key`);
  });

  test('projects a token into a pod that verifies with the published documents of the issuer', async () => {
    const { podToken, issuerUrl, keyId, documents } = evidence[provider];
    expect(documents.discovery.issuer).toBe(issuerUrl);
    const { payload, protectedHeader } = await jwtVerify(podToken, createLocalJWKSet(documents.jwks), {
      issuer: String(documents.discovery.issuer),
      audience,
    });
    expect(protectedHeader.kid).toBe(keyId);
    expect(payload.sub).toBe('system:serviceaccount:workload:reader');
  });

  test('issues tokens that do not verify with the keys of the other issuer', async () => {
    const other = evidence[provider === 'kind' ? 'minikube' : 'kind'];
    expect(decodeJwt(evidence[provider].podToken).iss).not.toBe(other.issuerUrl);
    await expect(
      jwtVerify(evidence[provider].podToken, createLocalJWKSet(other.documents.jwks)),
    ).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('is not changed by a second step with the same inputs', () => {
    const { start, again } = evidence[provider];
    expect(again.outputs).toEqual(start.outputs);
    const lines = run.log.filter(({ step }) => step === 'Cluster again').map(({ text }) => text);
    expect(lines.join('\n')).toMatch(/already runs and signs as requested/);
  });

  test('is deleted by the post step, which logs what it deleted', async () => {
    expect(evidence[provider].containers).toHaveLength(1);
    expect(await listContainers(getName(provider))).toEqual([]);
    const lines = run.log.filter(({ step }) => step === 'Post Cluster').map(({ text }) => text);
    expect(lines.join('\n')).toMatch(
      new RegExp(`Deleted (kind cluster|minikube profile) ${getName(provider)} and its nodes?`),
    );
    expect(existsSync(join(run.minikubeHome, 'profiles', getName(provider)))).toBe(false);
  });

  test('does not reveal the private key in the log, in an output or in MINIKUBE_HOME', () => {
    const { privateKey, start } = evidence[provider];
    const secretLines = privateKey.split('\n').filter((line) => line.length > 40);
    expect(secretLines.length).toBeGreaterThan(10);
    const shown = [...run.log.map(({ text }) => text), start.summary, JSON.stringify(start.outputs)].join(
      '\n',
    );
    const files = listFiles(run.minikubeHome).map((file) => readFileSync(file, 'utf8'));
    expect(files.length).toBeGreaterThan(0);
    const holders = [shown, ...files].filter((text) => secretLines.some((line) => text.includes(line)));
    expect(holders).toEqual([]);
  });
});

test('every post step succeeds without a warning', () => {
  expect(posts.flatMap(({ errors }) => errors)).toEqual([]);
  expect(run.log.filter(({ kind }) => kind === 'warning')).toEqual([]);
});

/** Returns the files of a folder, except for downloads. */
function listFiles(folder: string): readonly string[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'cache');
  return names.flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
