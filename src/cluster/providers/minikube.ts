import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FederationError } from '../../errors/index.ts';
import { type Deps, exists } from '../../runtime/index.ts';
import type { Access, ClusterRef, ClusterRequest, Provider } from '../provider.ts';
import { ensureTool } from '../tools/tool.ts';
import {
  createClusterFolder,
  inspectAccess,
  markStarted,
  removeClusterFolder,
  removeWithLateNodes,
} from './cluster-folder.ts';
import { watchForCrashes } from './crash-watch.ts';
import { isPermanentFault } from './known-faults.ts';
import { withCachedDownloads } from './minikube-cache.ts';
import { MinikubeEvents } from './minikube-events.ts';
import { explainFailure, findDockerFault } from './minikube-failure.ts';
import { getMinikubeHome, removeLeftKey, withSyncedKey } from './minikube-files.ts';

/**
 * minikube, started once: its file sync copies the key, and flags of the API server set issuer and JWKS URL.
 */
export const minikube: Provider = {
  async start(request, deps) {
    const tool = await ensureTool('minikube', request.toolVersion, deps);
    await createClusterFolder(request);
    const home = getMinikubeHome(deps.env);
    await withSyncedKey(home, request.key, deps, () =>
      withCachedDownloads(tool, request, home, deps, () => startOnce(tool, request, deps)),
    );
    await markStarted(request);
    return getAccess(request);
  },

  async inspect(ref, deps) {
    if (!(await exists(join(getProfile(ref, deps), 'config.json')))) return { state: 'absent' };
    const access = getAccess(ref);
    if (!(await exists(access.kubeconfig))) {
      // A cluster that this job did not start: minikube writes a kubeconfig for it.
      const tool = await ensureTool('minikube', undefined, deps);
      await mkdir(ref.directory, { recursive: true, mode: 0o700 });
      await deps.exec(tool, ['update-context', '-p', ref.name], {
        env: { KUBECONFIG: access.kubeconfig },
        timeoutSeconds: 30,
      });
    }
    return inspectAccess(ref, access, deps);
  },

  async copyLogs(ref, folder, deps) {
    if (!(await exists(getProfile(ref, deps)))) return [];
    const tool = await ensureTool('minikube', undefined, deps);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'minikube.log');
    await deps.run(tool, ['logs', '-p', ref.name, `--file=${file}`], { timeoutSeconds: 60 });
    return (await exists(file)) ? [file] : [];
  },

  async remove(ref, deps) {
    const hadKey = await removeLeftKey(getMinikubeHome(deps.env));
    const hadProfile = await exists(getProfile(ref, deps));
    if (hadProfile) {
      const tool = await ensureTool('minikube', undefined, deps);
      // Without a profile, minikube deletes the containers and volumes of that name.
      await removeWithLateNodes(ref, deps, () => deleteProfile(tool, ref, deps));
    }
    return [
      ...(hadKey ? ["the signing key in minikube's file sync"] : []),
      ...(hadProfile ? [`minikube profile ${ref.name} and its node`] : []),
      ...(await removeClusterFolder(ref)),
    ];
  },
};

function getAccess(ref: ClusterRef): Access {
  return { kubeconfig: join(ref.directory, 'kubeconfig'), context: ref.name };
}

function getProfile(ref: ClusterRef, { env }: Pick<Deps, 'env'>): string {
  return join(getMinikubeHome(env), 'profiles', ref.name);
}

async function deleteProfile(tool: string, ref: ClusterRef, deps: Deps): Promise<boolean> {
  const hadProfile = await exists(getProfile(ref, deps));
  const { exitCode, stdout, stderr } = await deps.run(tool, ['delete', '-p', ref.name], {
    env: { KUBECONFIG: getAccess(ref).kubeconfig },
    timeoutSeconds: 120,
  });
  if (exitCode === 0 || !hadProfile) return true;
  const { name } = ref;
  const problem = (stderr || stdout).trim().split('\n').slice(-5).join('\n');
  const values = { provider: 'minikube', name, problem, command: `minikube delete -p ${name}` };
  throw new FederationError('cluster-not-removed', values);
}

async function startOnce(tool: string, request: ClusterRequest, deps: Deps): Promise<void> {
  const events = new MinikubeEvents(deps);
  await watchForCrashes(request.name, deps, async (stop) => {
    const result = await deps.run(tool, createArguments(request), {
      env: { KUBECONFIG: getAccess(request).kubeconfig, MINIKUBE_IN_STYLE: 'false' },
      stop: stop.signal,
      onLine: (line) => {
        events.read(line);
        if (isPermanentFault(line)) stop.abort();
      },
    });
    if (result.exitCode === 0) return;
    throw (await findDockerFault(events.fault?.message, deps)) ?? explainFailure(result, events, request);
  });
}

function createArguments(request: ClusterRequest): readonly string[] {
  const { driver, containerRuntime, cpus, memory, addons } = request.machine;
  const optional = {
    'kubernetes-version': request.kubernetesVersion,
    driver,
    'container-runtime': containerRuntime,
    cpus,
    memory,
    addons: addons.length === 0 ? undefined : addons.join(','),
  };
  return [
    'start',
    `--profile=${request.name}`,
    '--output=json',
    '--interactive=false',
    '--embed-certs',
    `--extra-config=apiserver.service-account-issuer=${request.issuerUrl}`,
    ...(request.jwksUrl === undefined
      ? []
      : [`--extra-config=apiserver.service-account-jwks-uri=${request.jwksUrl}`]),
    // The defaults, set explicitly so that nothing depends on them.
    '--extra-config=apiserver.service-account-signing-key-file=/var/lib/minikube/certs/sa.key',
    '--extra-config=apiserver.service-account-key-file=/var/lib/minikube/certs/sa.pub',
    '--extra-config=controller-manager.service-account-private-key-file=/var/lib/minikube/certs/sa.key',
    ...Object.entries(optional).flatMap(([flag, value]) =>
      value === undefined ? [] : [`--${flag}=${value}`],
    ),
    ...request.arguments,
  ];
}
