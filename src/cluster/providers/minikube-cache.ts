import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { ClusterRequest } from '../provider.ts';

/**
 * Runs `start` with what an earlier job's minikube had downloaded (its base image, the preload of a Kubernetes version, kubeadm and
 * the like), and has that kept where this one is the first. A home that holds downloads already is left as it is.
 */
export async function withKeptDownloads<T>(
  tool: string,
  request: ClusterRequest,
  home: string,
  deps: Pick<Deps, 'cache' | 'log'>,
  start: () => Promise<T>,
): Promise<T> {
  const folder = join(home, 'cache');
  if (!deps.cache.available || !(await isEmpty(folder))) return start();
  const key = await keyOf(tool, request);
  const restored = await deps.cache.restore(key, folder);
  if (restored) deps.log.info("minikube's downloads: kept by an earlier job");
  const result = await start();
  if (!restored && !(await isEmpty(folder))) deps.cache.keep(key, { folder });
  return result;
}

// What minikube downloads is decided by the program itself, which holds the digests of its images, and by what it is asked for.
async function keyOf(tool: string, request: ClusterRequest): Promise<string> {
  const { kubernetesVersion, machine, arguments: args } = request;
  const asked = [kubernetesVersion, machine.driver, machine.containerRuntime, args, process.arch];
  const hash = createHash('sha256').update(JSON.stringify(asked));
  for await (const chunk of createReadStream(tool)) hash.update(chunk);
  return `entra-federation-minikube-${hash.digest('hex')}`;
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw error;
  }
}
