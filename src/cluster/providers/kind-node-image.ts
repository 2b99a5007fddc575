import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { errorCode } from '../../errors/index.ts';
import { type Deps, workFolder } from '../../runtime/index.ts';
import type { ClusterRequest } from '../provider.ts';

type ImageDeps = Pick<Deps, 'cache' | 'env' | 'exec' | 'run' | 'log' | 'temporaryDirectory'>;

/** A node image that comes from job to job by the runner's cache, instead of from a registry. */
export interface KeptNodeImage {
  /** What `--image` is to be; undefined where kind is to decide. */
  readonly image: string | undefined;
  /** Has the image kept for later jobs, once kind has pulled it. */
  keep(): Promise<void>;
}

/**
 * Loads the node image that an earlier job kept. Only images named by digest are kept, and only for Docker; one that is on the
 * machine already is neither loaded nor kept. Where a configuration or an argument names images too, kind does it all.
 */
export async function keptNodeImage(
  tool: string,
  image: string | undefined,
  request: Pick<ClusterRequest, 'arguments'>,
  config: string,
  deps: ImageDeps,
): Promise<KeptNodeImage> {
  const plain: KeptNodeImage = { image, keep: async () => undefined };
  if (!deps.cache.available || !(await usesDocker(deps))) return plain;
  if (image === undefined && namesImages(config, request.arguments)) return plain;
  const reference = image ?? (await defaultImageOf(tool));
  const digest = /@sha256:([0-9a-f]{64})$/.exec(reference ?? '')?.[1];
  if (reference === undefined || digest === undefined || (await isPresent(reference, deps))) return plain;
  // Docker forgets the digest of an image that it saves and loads, so it comes back under a tag, which kind takes as it is.
  const tag = `entra-federation/kind-node:${digest}`;
  const key = `entra-federation-kind-node-${process.arch}-${digest}`;
  if ((await isPresent(tag, deps)) || (await load(key, tag, deps))) return { ...plain, image: tag };
  return {
    image,
    async keep() {
      const { exitCode, stderr } = await deps.exec('docker', ['tag', reference, tag]);
      if (exitCode === 0)
        deps.cache.keep(key, { program: 'docker', args: ['save', `--output=${archiveName}`, tag] });
      else deps.log.warning(`the node image is not kept for later jobs: ${stderr.trim()}`);
    },
  };
}

// In the folder of an entry.
const archiveName = 'image.tar';

async function load(key: string, tag: string, deps: ImageDeps): Promise<boolean> {
  const folder = join(workFolder(deps), key);
  if (!(await deps.cache.restore(key, folder))) return false;
  deps.log.info('loading the node image that an earlier job kept');
  const archive = join(folder, archiveName);
  const { exitCode, stderr } = await deps.run('docker', ['load', '--quiet', `--input=${archive}`]);
  await rm(folder, { recursive: true, force: true });
  const loaded = exitCode === 0 && (await isPresent(tag, deps));
  if (!loaded)
    deps.log.warning(
      `failed to load the node image that an earlier job kept: ${stderr.trim() || 'it holds another one'}`,
    );
  return loaded;
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

function namesImages(config: string, args: readonly string[]): boolean {
  const { nodes = [] } = parse(config) as { nodes?: readonly { image?: string }[] };
  return (
    nodes.some(({ image }) => image !== undefined) || args.some((argument) => /^--image\b/.test(argument))
  );
}

// kind has no command that says it, but the name with its digest stands in the program.
async function defaultImageOf(tool: string): Promise<string | undefined> {
  const program = await readFile(tool, 'latin1');
  return /kindest\/node:v\d+\.\d+\.\d+@sha256:[0-9a-f]{64}/.exec(program)?.[0];
}
