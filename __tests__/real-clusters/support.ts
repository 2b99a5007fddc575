import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { Job, type LogLine } from '../../local-runner/job.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

/** Providers that run nodes in containers. */
export const providers = ['kind', 'minikube'] as const;
export type NodeProvider = (typeof providers)[number];

/**
 * Returns the inputs that a provider needs on this machine. A hosted runner needs none. On a machine that
 * cannot reach a container registry, the FEDERATION_RIG_* variables name images and arguments that work.
 */
export function machineInputs(provider: NodeProvider): Readonly<Record<string, string>> {
  const { FEDERATION_RIG_NODE_IMAGE, FEDERATION_RIG_KUBERNETES_VERSION, FEDERATION_RIG_MINIKUBE_ARGS } =
    process.env;
  if (provider === 'kind')
    return FEDERATION_RIG_NODE_IMAGE ? { 'node-image': FEDERATION_RIG_NODE_IMAGE } : {};
  return {
    ...(FEDERATION_RIG_KUBERNETES_VERSION && { 'kubernetes-version': FEDERATION_RIG_KUBERNETES_VERSION }),
    ...(FEDERATION_RIG_MINIKUBE_ARGS && { arguments: FEDERATION_RIG_MINIKUBE_ARGS.split(/\s+/).join('\n') }),
  };
}

/** An image with a shell and `sleep` that is on the nodes or that they can pull. */
export const shellImage = process.env.FEDERATION_RIG_CURL_IMAGE ?? 'busybox:1.37.0';

/** A job on this machine with its own MINIKUBE_HOME, and its log. */
export interface ClusterJob {
  readonly job: Job;
  readonly log: LogLine[];
  readonly shop: Workshop;
  /** Folder `.minikube` of this job. */
  readonly minikubeHome: string;
  /** The environment of its steps. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a program in that environment; returns its stdout. */
  command(program: string, ...args: readonly string[]): Promise<string>;
  /** Finishes the job and deletes its folder. */
  close(): Promise<void>;
}

/** Opens a job. The given variables override those of the machine. */
export function clusterJob(given: Readonly<Record<string, string | undefined>> = {}): ClusterJob {
  const shop = workshop();
  const log: LogLine[] = [];
  const { PATH, HOME, DOCKER_HOST } = process.env;
  // Programs that a test writes override those of the machine.
  const env = {
    PATH: `${shop.path('bin')}:${PATH}`,
    HOME,
    DOCKER_HOST,
    MINIKUBE_HOME: shop.path('minikube'),
    ...given,
  };
  const minikubeHome = createMinikubeHome(env.MINIKUBE_HOME);
  const job = new Job({ actions: '.', directory: shop.path('job'), env, onLine: (line) => log.push(line) });
  return {
    job,
    log,
    shop,
    minikubeHome,
    env,
    command: async (program, ...args) =>
      (await promisify(execFile)(program, args, { env: { ...env } as NodeJS.ProcessEnv })).stdout,
    close: async () => {
      await job.finish();
      shop.remove();
    },
  };
}

// Tests share minikube's downloads with the machine, but not its profiles and keys.
function createMinikubeHome(home: string): string {
  const folder = join(home, '.minikube');
  const { MINIKUBE_HOME, HOME = '' } = process.env;
  const machines = MINIKUBE_HOME ?? HOME;
  const cache = join(machines, basename(machines) === '.minikube' ? '' : '.minikube', 'cache');
  mkdirSync(folder, { recursive: true });
  if (existsSync(cache)) symlinkSync(cache, join(folder, 'cache'));
  return folder;
}

/** Returns the names of the containers of a cluster, running or stopped. */
export async function listContainers(name: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('docker', ['ps', '--all', '--format={{.Names}}']);
  return stdout
    .split('\n')
    .filter((container) => container === name || container === `${name}-control-plane`);
}

/** Returns the flags of a running process in a node. */
export async function readFlags(node: string, program: string): Promise<readonly string[]> {
  // The kernel keeps fifteen characters of a name.
  const script = `tr '\\0' '\\n' < /proc/$(pgrep --exact --newest ${program.slice(0, 15)})/cmdline`;
  const { stdout } = await promisify(execFile)('docker', ['exec', node, 'sh', '-c', script]);
  return stdout.trim().split('\n');
}
