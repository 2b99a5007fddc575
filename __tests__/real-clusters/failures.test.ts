import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import type { StepResult } from '../../local-runner/job.ts';
import { runAsNobody, smallDisk, someNode, takenPort, toolProcess } from './machine-faults.ts';
import {
  type ClusterJob,
  clusterJob,
  containersOf,
  machineInputs,
  type NodeProvider,
  providers,
} from './support.ts';

// The real tools, through dist. What a provider is asked here fails, and has to fail soon, in one clear error, leaving nothing.
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
  for (const container of await containersOf(name)) execFileSync('docker', ['rm', '-fv', container]);
  for (const step of undo) step();
  await run.close();
});

function open(env: Readonly<Record<string, string>> = {}) {
  run = clusterJob(env);
  return run;
}

/** Runs start-minikube with a fresh pair; what is given wins, and lines of `arguments` are added. */
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
  expect(await containersOf(name)).toEqual([]);
  expect(existsSync(join(run.minikubeHome, 'profiles', name))).toBe(false);
  expect(existsSync(join(run.minikubeHome, 'files', 'var'))).toBe(false);
  const processes = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  expect(processes.filter((line) => line.includes(run.shop.folder))).toEqual([]);
}

describe.each(providers)('%s', (provider) => {
  test('where Docker does not run: said within seconds', async () => {
    open({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    const { outcome, error, seconds } = await start(provider);
    expect(outcome).toBe('failure');
    expect(error).toMatch(/^failed to start the cluster: Docker does not run\n.*cluster-provider: embedded/);
    expect(error).toContain('(code container-engine-unavailable)');
    expect(seconds).toBeLessThan(15);
    await expectNothingLeft();
  });

  test('for a user without the right to talk to Docker: said within seconds, with what to do', async () => {
    open();
    runAsNobody(run.shop, provider, 'docker');
    const { error, seconds } = await start(provider);
    expect(error).toMatch(
      /this user may not talk to Docker\nAdd the user that runs the job to the group docker/,
    );
    expect(seconds).toBeLessThan(15);
    await expectNothingLeft();
  });

  test('with a host port that is taken: the port is named, within seconds', async () => {
    open();
    const { port, release } = await takenPort();
    undo.push(release);
    const mapping = `nodes: [{ role: control-plane, extraPortMappings: [{ containerPort: 80, hostPort: ${port}, listenAddress: 127.0.0.1 }] }]`;
    const kindConfig = run.shop.file(
      'kind.yaml',
      `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n${mapping}\n`,
    );
    const { error, seconds } = await start(
      provider,
      provider === 'kind' ? { 'kind-config': kindConfig } : { arguments: `--ports=127.0.0.1:${port}:80` },
    );
    expect(error).toContain(`something else listens on 127.0.0.1:${port}`);
    expect(error).toContain('(code port-taken)');
    expect(seconds).toBeLessThan(40);
    await expectNothingLeft();
  });

  test('on a full disk: said so, and nothing is left on it', async () => {
    open();
    const disk = run.shop.path('disk');
    undo.push(smallDisk(disk, '4k'));
    if (provider === 'kind')
      symlinkSync(disk, join(run.job.temporaryDirectory, 'entra-kubernetes-federation'));
    else symlinkSync(disk, join(run.minikubeHome, 'profiles'));
    const { error, seconds } = await start(provider);
    expect(error).toMatch(/^failed to start the cluster: the disk is full\n/);
    expect(error).toContain('(code disk-full)');
    expect(seconds).toBeLessThan(60);
    expect(readdirSync(disk)).toEqual([]);
    await expectNothingLeft();
  });

  test('with a key that cannot be read: the file and the input are named, before anything is started', async () => {
    open();
    const { error, seconds } = await start(provider, { 'private-key-file': run.shop.folder });
    expect(error).toMatch(/^failed to read the key .*: EISDIR.*\nSet private-key-file to the output/);
    expect(error).toContain('(code key-file-unreadable)');
    expect(seconds).toBeLessThan(5);
    await expectNothingLeft();
  });

  test('with an unknown version of Kubernetes: the version is named', async () => {
    open();
    const { 'node-image': _, ...machine } = machineInputs(provider);
    const { error } = await start(provider, {
      ...machine,
      'kubernetes-version': 'v1.99.0',
      'node-image': '',
    });
    expect(error).toMatch(
      provider === 'kind'
        ? /the node image kindest\/node:v1\.99\.0 cannot be pulled[\s\S]*correct kubernetes-version or node-image/
        : /it does not know Kubernetes v1\.99\.0: [\s\S]*Correct kubernetes-version/,
    );
    await expectNothingLeft();
  });

  test('with a flag that kube-apiserver does not know: the flag is named long before the tool would give up', async () => {
    open();
    const patch = 'kind: ClusterConfiguration\napiServer: { extraArgs: { nonsense: "1" } }\n';
    const kindConfig = run.shop.file(
      'kind.yaml',
      stringify({ kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', kubeadmConfigPatches: [patch] }),
    );
    const { error, seconds, outputs } = await start(
      provider,
      provider === 'kind'
        ? { 'kind-config': kindConfig }
        : { arguments: '--extra-config=apiserver.nonsense=1' },
    );
    expect(error).toMatch(/^failed to start kube-apiserver: Error: unknown flag: --nonsense\n/);
    expect(seconds).toBeLessThan(150);
    const files = readdirSync(outputs['logs-directory'] ?? '', { recursive: true });
    expect(files.length).toBeGreaterThan(0);
    await expectNothingLeft();
  });

  test('killed half-way: said within seconds, nothing is left, and the next run works', async () => {
    open();
    const starting = start(provider);
    await someNode(name, starting);
    process.kill(toolProcess(provider, name), 'SIGKILL');
    const killed = Date.now();
    const { error } = await starting;
    expect(error).toMatch(/exit code 137|it gave no reason/);
    expect((Date.now() - killed) / 1000).toBeLessThan(60);
    expect(await containersOf(name)).toEqual([]);
    expect((await start(provider)).errors).toEqual([]);
    await expectNothingLeft();
  });

  test('in a cancelled job: ends within seconds, the post step takes all away, and the next run works', async () => {
    open();
    const starting = start(provider);
    await someNode(name, starting);
    run.job.cancel();
    const cancelled = Date.now();
    expect((await starting).error).toContain('(code cancelled)');
    expect((Date.now() - cancelled) / 1000).toBeLessThan(7.5);
    await run.job.finish();
    expect(await containersOf(name)).toEqual([]);
    mkdirSync(run.job.temporaryDirectory);
    expect((await start(provider)).errors).toEqual([]);
    await expectNothingLeft();
  });
});

test('with a driver that minikube does not know: minikube says which, within seconds', async () => {
  open();
  const { error, seconds } = await start('minikube', { arguments: '--driver=nonsense' });
  expect(error).toMatch(/^failed to start minikube: The driver 'nonsense' is not supported on linux/);
  expect(error).toContain('Correct the input driver');
  expect(error).toContain('(code minikube-refused)');
  expect(seconds).toBeLessThan(15);
  await expectNothingLeft();
});
