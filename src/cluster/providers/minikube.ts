import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FederationError } from '../../errors/index.ts';
import { type Deps, exists } from '../../runtime/index.ts';
import type { Access, ClusterRef, ClusterRequest, Provider } from '../provider.ts';
import { ensureTool } from '../tools/tool.ts';
import { watchingForCrashes } from './crash-watch.ts';
import { isHopeless } from './known-faults.ts';
import { withKeptDownloads } from './minikube-cache.ts';
import { MinikubeEvents } from './minikube-events.ts';
import { dockerFault, failureOf } from './minikube-failure.ts';
import { minikubeHome, removeLeftKey, withSyncedKey } from './minikube-files.ts';
import { findUnreachableReason, isOurs, makeFolder, markStarted, wasInterrupted } from './reach.ts';

/** minikube, started once: the key goes through its file sync, issuer and JWKS address through flags of the API server. */
export const minikube: Provider = {
  async start(request, deps) {
    const tool = await ensureTool('minikube', request.toolVersion, deps);
    const access = accessOf(request);
    await makeFolder(request);
    const home = minikubeHome(deps.env);
    await withSyncedKey(home, request.key, deps, () =>
      withKeptDownloads(tool, request, home, deps, () => startOnce(tool, request, access, deps)),
    );
    await markStarted(request);
    return access;
  },

  async inspect(ref, deps) {
    if (!(await exists(join(minikubeHome(deps.env), 'profiles', ref.name, 'config.json'))))
      return { state: 'absent' };
    const access = accessOf(ref);
    if (!(await exists(access.kubeconfig))) {
      // Somebody else's cluster, or that of an earlier job: a kubeconfig for it can be had from minikube.
      const tool = await ensureTool('minikube', undefined, deps);
      await mkdir(ref.directory, { recursive: true, mode: 0o700 });
      await deps.exec(tool, ['update-context', '-p', ref.name], {
        env: { KUBECONFIG: access.kubeconfig },
        timeoutSeconds: 30,
      });
    }
    const why = await findUnreachableReason(access, deps);
    return why === undefined
      ? { state: 'running', access }
      : { state: 'broken', why, ours: await isOurs(ref) };
  },

  async logs(ref, folder, deps) {
    if (!(await exists(join(minikubeHome(deps.env), 'profiles', ref.name)))) return [];
    const tool = await ensureTool('minikube', undefined, deps);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'minikube.log');
    await deps.run(tool, ['logs', '-p', ref.name, `--file=${file}`], { timeoutSeconds: 60 });
    return (await exists(file)) ? [file] : [];
  },

  async remove(ref, deps) {
    const removed: string[] = [];
    if (await removeLeftKey(minikubeHome(deps.env))) removed.push("the signing key in minikube's file sync");
    const profile = join(minikubeHome(deps.env), 'profiles', ref.name);
    if (await exists(profile)) {
      const tool = await ensureTool('minikube', undefined, deps);
      const { exitCode, stdout, stderr } = await deps.run(tool, ['delete', '-p', ref.name], {
        env: { KUBECONFIG: accessOf(ref).kubeconfig },
        timeoutSeconds: 120,
      });
      if (exitCode !== 0) {
        throw new FederationError(
          `failed to delete the minikube profile ${ref.name}: ${(stderr || stdout).trim().split('\n').slice(-5).join('\n')}`,
          { code: 'cluster-not-removed', fault: 'service', hint: `Run: minikube delete -p ${ref.name}` },
        );
      }
      removed.push(`minikube profile ${ref.name} and its node`);
      if (await wasInterrupted(ref)) {
        await deps.clock.sleep(lateSeconds);
        // Without a profile it looks for containers and volumes of that name.
        await deps.run(tool, ['delete', '-p', ref.name], { timeoutSeconds: 60 });
      }
    }
    if (await exists(ref.directory)) removed.push(`folder ${ref.directory}`);
    await rm(ref.directory, { recursive: true, force: true });
    return removed;
  },
};

// How long after the end of an interrupted start a node may still appear.
const lateSeconds = 2;

function accessOf(ref: ClusterRef): Access {
  return { kubeconfig: join(ref.directory, 'kubeconfig'), context: ref.name };
}

async function startOnce(tool: string, request: ClusterRequest, access: Access, deps: Deps): Promise<void> {
  const events = new MinikubeEvents(deps);
  await watchingForCrashes(request.name, deps, async (stop) => {
    const result = await deps.run(tool, startArguments(request), {
      env: { KUBECONFIG: access.kubeconfig, MINIKUBE_IN_STYLE: 'false' },
      stop: stop.signal,
      onLine: (line) => {
        events.line(line);
        if (isHopeless(line)) stop.abort();
      },
    });
    if (result.exitCode === 0) return;
    throw (await dockerFault(events.fault?.message, deps)) ?? failureOf(result, events, request);
  });
}

function startArguments(request: ClusterRequest): readonly string[] {
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
    // In effect by default; named so that they do not depend on it.
    '--extra-config=apiserver.service-account-signing-key-file=/var/lib/minikube/certs/sa.key',
    '--extra-config=apiserver.service-account-key-file=/var/lib/minikube/certs/sa.pub',
    '--extra-config=controller-manager.service-account-private-key-file=/var/lib/minikube/certs/sa.key',
    ...(request.kubernetesVersion === undefined ? [] : [`--kubernetes-version=${request.kubernetesVersion}`]),
    ...machineArguments(request.machine),
    ...request.arguments,
  ];
}

function machineArguments({
  driver,
  containerRuntime,
  cpus,
  memory,
  addons,
}: ClusterRequest['machine']): readonly string[] {
  const given = { driver, 'container-runtime': containerRuntime, cpus, memory };
  return [
    ...Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`])),
    ...(addons.length === 0 ? [] : [`--addons=${addons.join(',')}`]),
  ];
}
