import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import { exists, isRunning, stopDaemon } from '../../runtime/index.ts';
import { readProcesses } from '../embedded/processes.ts';
import { logFolder, startParts } from '../embedded/start.ts';
import { ensurePrograms } from '../programs/index.ts';
import type { Provider } from '../provider.ts';
import { removeClusterFolder } from './cluster-folder.ts';

/**
 * kube-apiserver and etcd as processes on loopback: the real API with the real signing, without nodes, root
 * or containers.
 */
export const embedded: Provider = {
  async start(request, deps) {
    const programs = await ensurePrograms(deps, {
      directory: request.programsDirectory,
      kubernetesVersion: request.kubernetesVersion,
    });
    return startParts(request, programs, deps);
  },

  async inspect({ directory, name }) {
    if (!(await exists(directory))) return { state: 'absent' };
    const stopped = new Set(['etcd', 'kube-apiserver']);
    for (const process of await readProcesses(directory))
      if (await isRunning(process)) stopped.delete(process.name);
    if (stopped.size > 0)
      return { state: 'broken', problem: `${[...stopped].join(' and ')} stopped`, ours: true };
    return { state: 'running', access: { kubeconfig: join(directory, 'kubeconfig'), context: name } };
  },

  async copyLogs({ directory }, folder) {
    const source = join(directory, logFolder);
    const names = await readdir(source).catch((error) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    if (names.length > 0) await mkdir(folder, { recursive: true });
    for (const name of names) await copyFile(join(source, name), join(folder, name));
    return names.map((name) => join(folder, name));
  },

  async remove(ref, deps) {
    const stopped = await Promise.all(
      (await readProcesses(ref.directory)).map(async (process) =>
        (await stopDaemon(process, deps, stopSeconds)) ? [`process ${process.name} (${process.pid})`] : [],
      ),
    );
    return [...stopped.flat(), ...(await removeClusterFolder(ref))];
  },
};

// What they would still write is deleted, so a slow shutdown is not worth waiting for.
const stopSeconds = 3;
