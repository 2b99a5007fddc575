import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import type { Deps } from '../../runtime/index.ts';
import type { ClusterRequest } from '../provider.ts';

/**
 * Runs `start` with what minikube downloaded in an earlier job (its base image, the preload of a Kubernetes
 * version, kubeadm and so on), and caches the downloads if there were none. A home that already contains
 * downloads is left unchanged.
 */
export async function withCachedDownloads<T>(
  tool: string,
  request: ClusterRequest,
  home: string,
  deps: Pick<Deps, 'cache' | 'log'>,
  start: () => Promise<T>,
): Promise<T> {
  const folder = join(home, 'cache');
  if (!deps.cache.available || !(await isEmpty(folder))) return start();
  const key = await computeKey(tool, request);
  const isRestored = await deps.cache.restore(key, folder);
  if (isRestored) deps.log.info("Restored minikube's downloads from the cache of an earlier job");
  const result = await start();
  if (!isRestored && !(await isEmpty(folder))) deps.cache.keep(key, { folder });
  return result;
}

// minikube's downloads depend on the program itself, which contains the digests of its images, and on its
// arguments.
async function computeKey(tool: string, request: ClusterRequest): Promise<string> {
  const { kubernetesVersion, machine, arguments: args } = request;
  const requested = [kubernetesVersion, machine.driver, machine.containerRuntime, args, process.arch];
  const hash = createHash('sha256').update(JSON.stringify(requested));
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
