import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type Deps, exists } from '../../runtime/index.ts';
import { pins } from '../pins.ts';
import type { Access, ClusterRef, ClusterRequest, Provider } from '../provider.ts';
import { ensureTool } from '../tools/tool.ts';
import { watchingForCrashes } from './crash-watch.ts';
import { kindConfig } from './kind-config.ts';
import { keptNodeImage } from './kind-node-image.ts';
import { knownFault } from './known-faults.ts';
import { findUnreachableReason, isOurs, makeFolder, markStarted, wasInterrupted } from './reach.ts';

/** kind: the key is mounted into the node, issuer and JWKS address come by a patch of kubeadm's configuration. */
export const kind: Provider = {
  async start(request, deps) {
    const tool = await ensureTool('kind', request.toolVersion, deps);
    const access = accessOf(request);
    await makeFolder(request);
    const file = join(request.directory, 'kind.yaml');
    const config = kindConfig(request, await ownConfig(request));
    await writeFile(file, config);
    const { image, keep } = await keptNodeImage(tool, imageOf(request, deps), request, config, deps);
    const args = [
      `--name=${request.name}`,
      `--config=${file}`,
      `--kubeconfig=${access.kubeconfig}`,
      '--wait=120s',
      // So that logs can be read after a failure; the action removes the nodes itself.
      '--retain',
      ...(image === undefined ? [] : [`--image=${image}`]),
      ...request.arguments,
    ];
    await watchingForCrashes(`${request.name}-control-plane`, deps, (stop) =>
      create(tool, args, stop.signal, deps),
    );
    await markStarted(request);
    await keep();
    return access;
  },

  async inspect(ref, deps) {
    const tool = await ensureTool('kind', undefined, deps);
    if (!(await isThere(tool, ref, deps))) return { state: 'absent' };
    const access = accessOf(ref);
    await mkdir(ref.directory, { recursive: true, mode: 0o700 });
    await deps.exec(
      tool,
      ['export', 'kubeconfig', `--name=${ref.name}`, `--kubeconfig=${access.kubeconfig}`],
      {
        timeoutSeconds: 30,
      },
    );
    const why = await findUnreachableReason(access, deps);
    return why === undefined
      ? { state: 'running', access }
      : { state: 'broken', why, ours: await isOurs(ref) };
  },

  async logs(ref, folder, deps) {
    const tool = await ensureTool('kind', undefined, deps);
    if (!(await isThere(tool, ref, deps))) return [];
    await mkdir(folder, { recursive: true });
    await deps.run(tool, ['export', 'logs', folder, `--name=${ref.name}`], { timeoutSeconds: 60 });
    return [folder];
  },

  async remove(ref, deps) {
    const removed: string[] = [];
    const tool = await ensureTool('kind', undefined, deps);
    for (let looks = (await wasInterrupted(ref)) ? lateSeconds : 0; looks >= 0; looks--) {
      if (await isThere(tool, ref, deps)) {
        await deleteNodes(tool, ref, deps);
        removed.push(`kind cluster ${ref.name} and its nodes`);
      }
      if (looks > 0) await deps.clock.sleep(1);
    }
    if (await exists(ref.directory)) removed.push(`folder ${ref.directory}`);
    await rm(ref.directory, { recursive: true, force: true });
    return removed;
  },
};

// How long after the end of an interrupted start a node may still appear.
const lateSeconds = 3;

async function deleteNodes(tool: string, ref: ClusterRef, deps: Deps): Promise<void> {
  const { exitCode, stderr } = await deps.run(
    tool,
    ['delete', 'cluster', `--name=${ref.name}`, `--kubeconfig=${accessOf(ref).kubeconfig}`],
    { timeoutSeconds: 120 },
  );
  if (exitCode === 0) return;
  throw new FederationError(`failed to delete the kind cluster ${ref.name}: ${stderr.trim()}`, {
    code: 'cluster-not-removed',
    fault: 'service',
    hint: `Run: kind delete cluster --name ${ref.name}`,
  });
}

function accessOf(ref: ClusterRef): Access {
  return { kubeconfig: join(ref.directory, 'kubeconfig'), context: `kind-${ref.name}` };
}

async function isThere(tool: string, ref: ClusterRef, deps: Deps): Promise<boolean> {
  const { exitCode, stdout, stderr } = await deps.exec(tool, ['get', 'clusters'], { timeoutSeconds: 30 });
  if (exitCode !== 0) throw knownFault(stderr) ?? toolFault('list the kind clusters', stderr);
  return stdout.split('\n').includes(ref.name);
}

async function create(tool: string, args: readonly string[], stop: AbortSignal, deps: Deps): Promise<void> {
  const started = deps.clock.now();
  const { exitCode, stderr } = await deps.run(tool, ['create', 'cluster', ...args], {
    stop,
    onLine: (line) => {
      const seconds = (deps.clock.now() - started).toFixed(0).padStart(3);
      // Each step is said twice, at its begin and with a tick at its end; the pictures are left out.
      const step = /^ ?[•✓✗] (.*)$/u.exec(line)?.[1]?.replaceAll(/\p{Extended_Pictographic}|\uFE0F/gu, '');
      if (step !== undefined && !line.includes('✓'))
        deps.log.info(`${seconds} s  ${step.replaceAll(/ +/g, ' ').trim()}`);
      else deps.log.debug(line);
    },
  });
  if (exitCode !== 0) throw knownFault(stderr) ?? toolFault('create the kind cluster', stderr);
}

// Its steps with their pictures, remarks that come with every start, what a shell would be told, and Go's stack traces.
const noise =
  /^\s*[•✓✗]|^Creating cluster |^cgroup v1 is deprecated|^Run 'docker run --help'|^\s*$|^\S+\.\S+$|^\t\S+\.go:\d+/u;

function toolFault(what: string, stderr: string): FederationError {
  const lines = stderr.split('\n').filter((line) => !noise.test(line));
  const error = lines.find((line) => line.startsWith('ERROR: '));
  // `command "docker run …two hundred flags…" failed with error: exit status 125`
  const reason = error
    ?.replace('ERROR: ', '')
    .replace(/command "(\S+ \S+) .*" failed with error/, '"$1" failed');
  return new FederationError(
    `failed to ${what}: ${reason ?? (lines.slice(-5).join('\n') || 'it gave no reason')}`,
    {
      code: 'kind-failed',
      fault: 'service',
      hint: lines
        .filter((line) => line !== error)
        .slice(-10)
        .join('\n'),
    },
  );
}

function imageOf(request: ClusterRequest, deps: Pick<Deps, 'log'>): string | undefined {
  if (request.nodeImage !== undefined || request.kubernetesVersion === undefined) return request.nodeImage;
  const pinned: Readonly<Record<string, string>> = pins.nodeImages;
  const image = pinned[request.kubernetesVersion];
  if (image !== undefined) return image;
  const tag = `kindest/node:${request.kubernetesVersion}`;
  deps.log.info(`no digest of ${tag} is pinned here: name it with node-image to be sure what runs`);
  return tag;
}

async function ownConfig({ kindConfig: file, arguments: args }: ClusterRequest): Promise<string | undefined> {
  if (args.some((argument) => argument.startsWith('--config'))) {
    throw new FederationError('failed to configure kind: --config is in arguments, and kind takes one file', {
      code: 'kind-config-invalid',
      hint: 'Name your file with the input kind-config; this action adds the key and the issuer to it.',
    });
  }
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new FederationError(`failed to read the kind configuration ${file}: ${errorMessage(error)}`, {
      code: 'kind-config-invalid',
      hint: 'Correct kind-config: the path of a file, from the workspace.',
      cause: error,
    });
  }
}
