import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { FederationError } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { Access, ClusterRef, Provider } from '../provider.ts';
import { ensureTool } from '../tools/tool.ts';
import {
  createClusterFolder,
  inspectAccess,
  markStarted,
  removeClusterFolder,
  removeWithLateNodes,
} from './cluster-folder.ts';
import { watchForCrashes } from './crash-watch.ts';
import { addSigningKey, readKindConfig } from './kind-config.ts';
import { prepareNodeImage } from './kind-node-image.ts';
import { findKnownFault } from './known-faults.ts';

/**
 * kind: the key is mounted into the node, and a patch of the kubeadm configuration sets issuer and JWKS URL.
 */
export const kind: Provider = {
  async start(request, deps) {
    const tool = await ensureTool('kind', request.toolVersion, deps);
    const access = getAccess(request);
    await createClusterFolder(request);
    const config = addSigningKey(await readKindConfig(request), request);
    const file = join(request.directory, 'kind.yaml');
    await writeFile(file, stringify(config, { lineWidth: 0 }));
    const nodeImage = await prepareNodeImage(tool, request, config, deps);
    const args = [
      `--name=${request.name}`,
      `--config=${file}`,
      `--kubeconfig=${access.kubeconfig}`,
      '--wait=120s',
      // Keeps the nodes of a failed start for its logs. This action deletes them itself.
      '--retain',
      ...(nodeImage.image === undefined ? [] : [`--image=${nodeImage.image}`]),
      ...request.arguments,
    ];
    await watchForCrashes(`${request.name}-control-plane`, deps, (stop) =>
      create(tool, args, stop.signal, deps),
    );
    await markStarted(request);
    await nodeImage.cache();
    return access;
  },

  async inspect(ref, deps) {
    const tool = await ensureTool('kind', undefined, deps);
    if (!(await clusterExists(tool, ref, deps))) return { state: 'absent' };
    const access = getAccess(ref);
    await mkdir(ref.directory, { recursive: true, mode: 0o700 });
    const args = ['export', 'kubeconfig', `--name=${ref.name}`, `--kubeconfig=${access.kubeconfig}`];
    await deps.exec(tool, args, { timeoutSeconds: 30 });
    return inspectAccess(ref, access, deps);
  },

  async copyLogs(ref, folder, deps) {
    const tool = await ensureTool('kind', undefined, deps);
    if (!(await clusterExists(tool, ref, deps))) return [];
    await mkdir(folder, { recursive: true });
    await deps.run(tool, ['export', 'logs', folder, `--name=${ref.name}`], { timeoutSeconds: 60 });
    return [folder];
  },

  async remove(ref, deps) {
    const tool = await ensureTool('kind', undefined, deps);
    const removed = await removeWithLateNodes(ref, deps, async () => {
      if (!(await clusterExists(tool, ref, deps))) return false;
      await deleteCluster(tool, ref, deps);
      return true;
    });
    return [
      ...(removed ? [`kind cluster ${ref.name} and its nodes`] : []),
      ...(await removeClusterFolder(ref)),
    ];
  },
};

function getAccess(ref: ClusterRef): Access {
  return { kubeconfig: join(ref.directory, 'kubeconfig'), context: `kind-${ref.name}` };
}

async function clusterExists(tool: string, ref: ClusterRef, deps: Deps): Promise<boolean> {
  const { exitCode, stdout, stderr } = await deps.exec(tool, ['get', 'clusters'], { timeoutSeconds: 30 });
  if (exitCode !== 0) throw createKindError('list the kind clusters', stderr);
  return stdout.split('\n').includes(ref.name);
}

async function deleteCluster(tool: string, ref: ClusterRef, deps: Deps): Promise<void> {
  const { name } = ref;
  const args = ['delete', 'cluster', `--name=${name}`, `--kubeconfig=${getAccess(ref).kubeconfig}`];
  const { exitCode, stderr } = await deps.run(tool, args, { timeoutSeconds: 120 });
  if (exitCode === 0) return;
  const command = `kind delete cluster --name ${name}`;
  const values = { provider: 'kind', name, problem: stderr.trim(), command };
  throw new FederationError('cluster-not-removed', values);
}

async function create(tool: string, args: readonly string[], stop: AbortSignal, deps: Deps): Promise<void> {
  const started = deps.clock.now();
  const { exitCode, stderr } = await deps.run(tool, ['create', 'cluster', ...args], {
    stop,
    onLine: (line) => {
      const seconds = (deps.clock.now() - started).toFixed(0).padStart(3);
      // kind prints each step twice, at its start and with a tick at its end. Its emojis are removed.
      const step = /^ ?[•✓✗] (.*)$/u.exec(line)?.[1]?.replaceAll(/\p{Extended_Pictographic}|\uFE0F/gu, '');
      if (step !== undefined && !line.includes('✓'))
        deps.log.info(`${seconds} s  ${step.replaceAll(/ +/g, ' ').trim()}`);
      else deps.log.debug(line);
    },
  });
  if (exitCode !== 0) throw createKindError('create the kind cluster', stderr);
}

// Steps, remarks of every start, what a shell prints, and stack traces of Go.
const noise =
  /^\s*[•✓✗]|^Creating cluster |^cgroup v1 is deprecated|^Run 'docker run --help'|^\s*$|^\S+\.\S+$|^\t\S+\.go:\d+/u;

function createKindError(action: string, stderr: string): FederationError {
  const known = findKnownFault(stderr);
  if (known !== undefined) return known;
  const lines = stderr.split('\n').filter((line) => !noise.test(line));
  const error = lines.find((line) => line.startsWith('ERROR: '));
  if (error === undefined) {
    const problem = lines.slice(-5).join('\n') || 'kind gave no reason';
    return new FederationError('kind-failed', { action, problem });
  }
  // `command "docker run …two hundred flags…" failed with error: exit status 125`
  const problem = error
    .replace('ERROR: ', '')
    .replace(/command "(\S+ \S+) .*" failed with error/, '"$1" failed');
  const others = lines.filter((line) => line !== error).slice(-10);
  return new FederationError('kind-failed', { action, problem }).addDetails(others);
}
