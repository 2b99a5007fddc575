import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { StepResult } from '../../local-runner/job.ts';
import { type ClusterJob, clusterJob, machineInputs, readFlags } from './support.ts';

const name = 'federation-own-config';
const node = `${name}-control-plane`;
const issuerUrl = 'https://issuer.example.org/oidc/';
let run: ClusterJob;
let start: StepResult;
let flags: readonly string[];
let labels: string;
let kubeadmConfig: string;

// A kind configuration of the user that sets an issuer, too, on a node whose kubeadm configuration kind
// writes as v1beta4.
beforeAll(async () => {
  run = clusterJob();
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  const kubernetesVersion = process.env.FEDERATION_RIG_KUBERNETES_VERSION;
  const own = {
    apiServer: {
      extraArgs: { 'service-account-issuer': 'https://mine.example.org/', 'max-requests-inflight': '321' },
    },
    ...(kubernetesVersion && { kubernetesVersion }),
  };
  const config = {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: [{ role: 'control-plane', labels: { whose: 'mine' } }],
    kubeadmConfigPatches: [stringify({ kind: 'ClusterConfiguration', ...own })],
  };
  start = await run.job.step('Cluster', 'actions/start-minikube', {
    'cluster-provider': 'kind',
    'cluster-name': name,
    'issuer-url': issuerUrl,
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    'kind-config': run.shop.file('own.yaml', stringify(config)),
    ...createNodeImage(),
  });
  if (start.outcome === 'failure') return;
  flags = await readFlags(node, 'kube-apiserver');
  labels = await run.command(
    'kubectl',
    `--kubeconfig=${start.outputs.kubeconfig}`,
    'get',
    'nodes',
    '--show-labels',
  );
  kubeadmConfig = await run.command('docker', 'exec', node, 'cat', '/kind/kubeadm.conf');
}, 300_000);
afterAll(async () => {
  await run.close();
  if (process.env.FEDERATION_RIG_NODE_IMAGE) execFileSync('docker', ['rmi', 'federation-test/node:v1beta4']);
});

// For Kubernetes 1.36 and later, kind writes v1beta4. If the machine has only an older node image, a copy of
// it that claims to be 1.36 makes kind do the same. The programs in it read both versions.
function createNodeImage(): Readonly<Record<string, string>> {
  const { 'node-image': image } = machineInputs('kind');
  if (image === undefined) return {};
  const container = execFileSync('docker', ['create', image], { encoding: 'utf8' }).trim();
  try {
    const version = run.shop.file('version', 'v1.36.0\n');
    execFileSync('docker', ['cp', version, `${container}:/kind/version`]);
    execFileSync('docker', ['commit', container, 'federation-test/node:v1beta4']);
  } finally {
    execFileSync('docker', ['rm', container]);
  }
  return { 'node-image': 'federation-test/node:v1beta4' };
}

describe('a kind configuration of the user', () => {
  test('is merged into a kubeadm configuration of v1beta4', () => {
    expect(start.errors).toEqual([]);
    expect(kubeadmConfig).toContain('apiVersion: kubeadm.k8s.io/v1beta4');
  });

  test('does not override the requested issuer', () => {
    expect(flags.filter((flag) => flag.startsWith('--service-account-issuer='))).toEqual([
      `--service-account-issuer=${issuerUrl}`,
    ]);
  });

  test('applies except for the issuer', () => {
    expect(flags).toContain('--max-requests-inflight=321');
    expect(labels).toContain('whose=mine');
  });
});
