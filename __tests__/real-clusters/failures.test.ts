import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { StepResult } from '../../local-runner/job.ts';
import {
  findToolProcess,
  mountSmallDisk,
  occupyPort,
  runUnprivileged,
  waitForNode,
} from './machine-faults.ts';
import {
  type ClusterJob,
  clusterJob,
  listContainers,
  machineInputs,
  type NodeProvider,
  providers,
} from './support.ts';

// The real tools, through dist. Every start fails here. It must fail with one clear error and leave nothing
// behind.
let name: string;
let pending: Promise<unknown>;
let run: ClusterJob;
let undo: (() => void)[];
beforeEach(() => {
  undo = [];
  pending = Promise.resolve();
});
afterEach(async () => {
  run.job.cancel();
  await pending;
  for (const container of await listContainers(name)) execFileSync('docker', ['rm', '-fv', container]);
  for (const step of undo) step();
  await run.close();
});

function open(env: Readonly<Record<string, string>> = {}) {
  run = clusterJob(env);
  return run;
}

/**
 * Runs start-minikube with a new key pair. The given inputs override the defaults, and `arguments` are added
 * to them.
 */
async function start(
  provider: NodeProvider | 'embedded',
  { arguments: more = '', ...given }: Readonly<Record<string, string>> = {},
): Promise<StepResult & { readonly error: string }> {
  const machine = provider === 'embedded' ? {} : machineInputs(provider);
  const { privateKeyFile, publicKeyFile } = run.shop.keyPair('sa');
  name = `federation-failing-${provider}`;
  const step = run.job.step('Cluster', 'actions/start-minikube', {
    'cluster-provider': provider,
    'cluster-name': name,
    'issuer-url': 'https://issuer.example.org/oidc/',
    'private-key-file': privateKeyFile,
    'public-key-file': publicKeyFile,
    ...machine,
    arguments: [machine.arguments ?? '', more].join('\n'),
    ...given,
  });
  pending = step;
  const result = await step;
  return { ...result, error: result.errors.join('\n') };
}

async function expectNothingLeft(): Promise<void> {
  await run.job.finish();
  expect(await listContainers(name)).toEqual([]);
  expect(existsSync(join(run.minikubeHome, 'profiles', name))).toBe(false);
  expect(existsSync(join(run.minikubeHome, 'files', 'var'))).toBe(false);
  const processes = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  expect(processes.filter((line) => line.includes(run.shop.folder))).toEqual([]);
}

describe.each(providers)('%s', (provider) => {
  test('reports that the Docker daemon is not running', async () => {
    open({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    const { outcome, error } = await start(provider);
    expect(outcome).toBe('failure');
    expect(error).toMatch(
      /^failed to start the cluster: the Docker daemon is not running\n.*cluster-provider: embedded/,
    );
    expect(error).toContain('(code container-engine-unavailable)');
    await expectNothingLeft();
  });

  test('reports that the user has no permission to use Docker', async () => {
    open();
    runUnprivileged(run.shop, provider, 'docker');
    const { error } = await start(provider);
    expect(error).toMatch(
      /this user has no permission to use Docker\n.*add the user that runs the job to the group `docker`/,
    );
    await expectNothingLeft();
  });

  test('names a host port that is already in use', async () => {
    open();
    const { port, release } = await occupyPort();
    undo.push(release);
    const mapping = `nodes: [{ role: control-plane, extraPortMappings: [{ containerPort: 80, hostPort: ${port}, listenAddress: 127.0.0.1 }] }]`;
    const kindConfig = run.shop.file(
      'kind.yaml',
      `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n${mapping}\n`,
    );
    const { error } = await start(
      provider,
      provider === 'kind' ? { 'kind-config': kindConfig } : { arguments: `--ports=127.0.0.1:${port}:80` },
    );
    expect(error).toContain(`127.0.0.1:${port} is already in use`);
    expect(error).toContain('(code port-taken)');
    await expectNothingLeft();
  });

  test('reports a full disk and leaves nothing on it', async () => {
    open();
    const disk = run.shop.path('disk');
    undo.push(mountSmallDisk(disk, '4k'));
    if (provider === 'kind')
      symlinkSync(disk, join(run.job.temporaryDirectory, 'entra-kubernetes-federation'));
    else symlinkSync(disk, join(run.minikubeHome, 'profiles'));
    const { error } = await start(provider);
    expect(error).toMatch(/^failed to start the cluster: the disk is full\n/);
    expect(error).toContain('(code disk-full)');
    expect(readdirSync(disk)).toEqual([]);
    await expectNothingLeft();
  });

  test('names the file and the input of a key that cannot be read', async () => {
    open();
    const { error } = await start(provider, { 'private-key-file': run.shop.folder });
    expect(error).toMatch(/^failed to read the key file .*: EISDIR.*\nSet `private-key-file` to the output/);
    expect(error).toContain('(code key-file-unreadable)');
    await expectNothingLeft();
  });

  test('names an unknown version of Kubernetes', async () => {
    open();
    const { 'node-image': _, ...machine } = machineInputs(provider);
    const { error } = await start(provider, {
      ...machine,
      'kubernetes-version': 'v1.99.0',
      'node-image': '',
    });
    expect(error).toMatch(
      provider === 'kind'
        ? /failed to pull the node image kindest\/node:v1\.99\.0[\s\S]*`kubernetes-version` or `node-image`/
        : /does not support Kubernetes v1\.99\.0: [\s\S]*Correct `kubernetes-version`/,
    );
    await expectNothingLeft();
  });

  test('names a flag that kube-apiserver does not support, and stops the tool before it gives up', async () => {
    open();
    const patch = 'kind: ClusterConfiguration\napiServer: { extraArgs: { nonsense: "1" } }\n';
    const kindConfig = run.shop.file(
      'kind.yaml',
      stringify({ kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', kubeadmConfigPatches: [patch] }),
    );
    const { error, outputs } = await start(
      provider,
      provider === 'kind'
        ? { 'kind-config': kindConfig }
        : { arguments: '--extra-config=apiserver.nonsense=1' },
    );
    expect(error).toMatch(/^failed to start kube-apiserver: Error: unknown flag: --nonsense\n/);
    expect(error).toContain('(code api-server-refused)');
    const files = readdirSync(outputs['logs-directory'] ?? '', { recursive: true });
    expect(files.length).toBeGreaterThan(0);
    await expectNothingLeft();
  });

  test('leaves nothing behind if the tool is killed, and the next start succeeds', async () => {
    open();
    const starting = start(provider);
    await waitForNode(name, starting);
    process.kill(findToolProcess(provider, name), 'SIGKILL');
    const { error } = await starting;
    expect(error).toMatch(/exit code 137|kind gave no reason/);
    expect(await listContainers(name)).toEqual([]);
    expect((await start(provider)).errors).toEqual([]);
    await expectNothingLeft();
  });

  test('leaves nothing behind after the post step of a cancelled job, and the next start succeeds', async () => {
    open();
    const starting = start(provider);
    await waitForNode(name, starting);
    run.job.cancel();
    expect((await starting).error).toContain('(code cancelled)');
    await run.job.finish();
    expect(await listContainers(name)).toEqual([]);
    mkdirSync(run.job.temporaryDirectory);
    expect((await start(provider)).errors).toEqual([]);
    await expectNothingLeft();
  });
});

test('minikube reports a driver that it does not support', async () => {
  open();
  const { error } = await start('minikube', { arguments: '--driver=nonsense' });
  expect(error).toMatch(/^failed to start minikube: The driver 'nonsense' is not supported on linux/);
  expect(error).toContain('Correct `driver`');
  expect(error).toContain('(code minikube-refused)');
  await expectNothingLeft();
});
