import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { StepResult } from '../../local-runner/job.ts';
import { type ClusterJob, clusterJob, flagsOf, machineInputs } from './support.ts';

const name = 'federation-own-config';
const node = `${name}-control-plane`;
const issuerUrl = 'https://issuer.example.org/oidc/';
let run: ClusterJob;
let start: StepResult;
let flags: readonly string[];
let labels: string;
let kubeadmConfig: string;

// A kind configuration of the user's, which sets an issuer too, on a node whose kubeadm configuration kind writes as v1beta4.
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
    ...nodeImage(),
  });
  if (start.outcome === 'failure') return;
  flags = await flagsOf(node, 'kube-apiserver');
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

// From Kubernetes 1.36 on kind writes v1beta4, which is its default by now. Where only an older node image is at hand, a copy of
// it that gives itself out as 1.36 makes kind do the same; the programs in it read both.
function nodeImage(): Readonly<Record<string, string>> {
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

test('kind writes the configuration of kubeadm as v1beta4', () => {
  expect(start.errors).toEqual([]);
  expect(kubeadmConfig).toContain('apiVersion: kubeadm.k8s.io/v1beta4');
});

test("the cluster has the asked issuer, not the one of the user's own configuration", () => {
  expect(flags.filter((flag) => flag.startsWith('--service-account-issuer='))).toEqual([
    `--service-account-issuer=${issuerUrl}`,
  ]);
});

test("everything else of the user's own configuration holds", () => {
  expect(flags).toContain('--max-requests-inflight=321');
  expect(labels).toContain('whose=mine');
});
