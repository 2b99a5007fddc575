import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../errors/index.ts';
import { type Deps, workFolder } from '../../runtime/index.ts';
import { pins } from '../pins.ts';
import type { ClusterRequest } from '../provider.ts';
import type { KindConfig } from './kind-config.ts';

type ImageDeps = Pick<Deps, 'cache' | 'env' | 'exec' | 'run' | 'log' | 'temporaryDirectory'>;

/** The node image of a cluster, which may come from the cache of the runner instead of a registry. */
export interface NodeImage {
  /** Value of `--image`; undefined to let kind decide. */
  readonly image: string | undefined;
  /** Caches the image for later jobs, after kind has pulled it. */
  cache(): Promise<void>;
}

/**
 * Chooses the node image, and loads it if an earlier job cached it. Only images with a digest are cached, and
 * only with Docker. An image that is already on the machine is neither loaded nor cached. kind decides if its
 * configuration or an argument sets images.
 */
export async function prepareNodeImage(
  tool: string,
  request: ClusterRequest,
  config: KindConfig,
  deps: ImageDeps,
): Promise<NodeImage> {
  const image = chooseImage(request, deps);
  const uncached: NodeImage = { image, cache: async () => undefined };
  if (!deps.cache.available || !(await usesDocker(deps))) return uncached;
  if (image === undefined && setsImages(config, request.arguments)) return uncached;
  const reference = image ?? (await findDefaultImage(tool));
  const digest = /@sha256:([0-9a-f]{64})$/.exec(reference ?? '')?.[1];
  if (reference === undefined || digest === undefined || (await isPresent(reference, deps))) return uncached;
  // Docker drops the digest of an image that it saves and loads. It returns under a tag, which kind accepts.
  const tag = `entra-federation/kind-node:${digest}`;
  const key = `entra-federation-kind-node-${process.arch}-${digest}`;
  if ((await isPresent(tag, deps)) || (await load(key, tag, deps))) return { ...uncached, image: tag };
  return {
    image,
    async cache() {
      const { exitCode, stderr } = await deps.exec('docker', ['tag', reference, tag]);
      if (exitCode === 0) deps.cache.keep(key, { dockerImage: tag, archive: archiveName });
      else deps.log.warning(`Could not cache the node image for later jobs: ${stderr.trim()}`);
    },
  };
}

function chooseImage(
  { nodeImage, kubernetesVersion }: ClusterRequest,
  { log }: Pick<Deps, 'log'>,
): string | undefined {
  if (nodeImage !== undefined || kubernetesVersion === undefined) return nodeImage;
  const pinned: Readonly<Record<string, string>> = pins.nodeImages;
  const image = pinned[kubernetesVersion];
  if (image !== undefined) return image;
  const tag = `kindest/node:${kubernetesVersion}`;
  log.info(
    `${tag} is not pinned by digest. Set \`node-image\` to an image with its digest for reproducible runs.`,
  );
  return tag;
}

// In the folder of a cache entry.
const archiveName = 'image.tar';

async function load(key: string, tag: string, deps: ImageDeps): Promise<boolean> {
  const folder = join(workFolder(deps), key);
  if (!(await deps.cache.restore(key, folder))) return false;
  deps.log.info('Loading the node image from the cache of an earlier job');
  const archive = join(folder, archiveName);
  const { exitCode, stderr } = await deps.run('docker', ['load', '--quiet', `--input=${archive}`]);
  await rm(folder, { recursive: true, force: true });
  const isLoaded = exitCode === 0 && (await isPresent(tag, deps));
  if (!isLoaded)
    deps.log.warning(
      `Could not load the cached node image: ${stderr.trim() || 'the archive contains another image'}`,
    );
  return isLoaded;
}

async function isPresent(reference: string, deps: ImageDeps): Promise<boolean> {
  const { exitCode } = await deps.exec('docker', ['image', 'inspect', '--format={{.Id}}', reference]);
  return exitCode === 0;
}

async function usesDocker({ env, exec }: ImageDeps): Promise<boolean> {
  if (![undefined, '', 'docker'].includes(env.KIND_EXPERIMENTAL_PROVIDER)) return false;
  try {
    return (await exec('docker', ['version'], { timeoutSeconds: 10 })).exitCode === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function setsImages({ nodes }: KindConfig, args: readonly string[]): boolean {
  return (
    nodes?.some(({ image }) => image !== undefined) === true ||
    args.some((argument) => /^--image\b/.test(argument))
  );
}

// No command of kind prints it, but the program contains its name with the digest.
async function findDefaultImage(tool: string): Promise<string | undefined> {
  const program = await readFile(tool, 'latin1');
  return /kindest\/node:v\d+\.\d+\.\d+@sha256:[0-9a-f]{64}/.exec(program)?.[0];
}
