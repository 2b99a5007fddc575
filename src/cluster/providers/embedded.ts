import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import { exists, isRunning, type ProcessIdentity, stopDaemon } from '../../runtime/index.ts';
import { registeredProcesses } from '../embedded/processes.ts';
import { logFolder, startParts } from '../embedded/start.ts';
import { ensurePrograms } from '../programs/index.ts';
import type { Provider } from '../provider.ts';

/** kube-apiserver and etcd as processes on loopback: the real API with the real signing, without nodes, root or containers. */
export const embedded: Provider = {
  async start(request, deps) {
    const programs = await ensurePrograms(deps, {
      directory: request.programsDirectory,
      kubernetesVersion: request.kubernetesVersion,
    });
    return startParts(request, programs, deps);
  },

  async inspect({ directory, name }) {
    const processes = await registeredProcesses(directory);
    if (!(await exists(directory))) return { state: 'absent' };
    const running = await runningOf(processes);
    const dead = ['etcd', 'kube-apiserver'].filter(
      (part) => !running.some((process) => process.name === part),
    );
    if (dead.length > 0) return { state: 'broken', why: `${dead.join(' and ')} ended`, ours: true };
    return { state: 'running', access: { kubeconfig: join(directory, 'kubeconfig'), context: name } };
  },

  async logs({ directory }, folder) {
    const source = join(directory, logFolder);
    const names = await readdir(source).catch((error) => {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    });
    if (names.length > 0) await mkdir(folder, { recursive: true });
    return Promise.all(
      names.map(async (name) => {
        await copyFile(join(source, name), join(folder, name));
        return join(folder, name);
      }),
    );
  },

  async remove({ directory }, deps) {
    const ended = await Promise.all(
      (await registeredProcesses(directory)).map(async (process) => {
        const there = await stopDaemon(process, deps, stopSeconds);
        return there ? [`process ${process.name} (${process.pid})`] : [];
      }),
    );
    const there = await exists(directory);
    await rm(directory, { recursive: true, force: true });
    return [...ended.flat(), ...(there ? [`folder ${directory}`] : [])];
  },
};

// What they would still write is thrown away, so a slow shutdown is not waited for.
const stopSeconds = 3;

async function runningOf(processes: readonly ProcessIdentity[]): Promise<readonly ProcessIdentity[]> {
  const alive = await Promise.all(processes.map(isRunning));
  return processes.filter((_, index) => alive[index]);
}
