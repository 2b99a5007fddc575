import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { errorMessage, FederationError } from '../errors/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { ClusterInputs } from './definition.ts';

/** A kubeconfig, with the context to use as its current one. */
export interface LoadedKubeconfig {
  readonly config: KubeConfig;
  /** The file that defines the current context, for programs that take a single file. */
  readonly file: string;
}

/**
 * Loads the kubeconfig that the inputs name, otherwise the files in `KUBECONFIG`, otherwise `~/.kube/config`.
 * Throws FederationError `kubeconfig-unreadable` or `context-unknown`.
 */
export function loadKubeconfig(
  { kubeconfig, context }: ClusterInputs,
  { env }: Pick<Deps, 'env'>,
): LoadedKubeconfig {
  const files = kubeconfig === undefined ? findDefaultFiles(env) : [kubeconfig];
  const parts = files.map((file) => ({ file, config: loadFile(file) }));
  const config = new KubeConfig();
  for (const part of parts) merge(config, part.config);
  const shown = files.join(delimiter);
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      const known = config.getContexts().map(({ name }) => name);
      const values = { context, file: shown, known: known.join(', ') || 'none' };
      throw new FederationError('context-unknown', values);
    }
    config.setCurrentContext(context);
  }
  if (config.getCurrentCluster() === null) {
    const problem = 'the current context does not name a cluster';
    throw new FederationError('kubeconfig-unreadable', { file: shown, problem });
  }
  const current = config.getCurrentContext();
  const owner = parts.find((part) => part.config.getContextObject(current) !== null);
  return { config, file: owner?.file ?? shown };
}

function findDefaultFiles(env: Deps['env']): readonly string[] {
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length === 0) return [join(env.HOME ?? homedir(), '.kube', 'config')];
  // As in kubectl, a missing file is an error only if there is no other one.
  const existing = listed.filter((file) => existsSync(file));
  return existing.length > 0 ? existing : listed.slice(0, 1);
}

function loadFile(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    // Resolves certificate paths against the folder of the file.
    config.loadFromFile(file);
  } catch (cause) {
    const values = { file, problem: errorMessage(cause) };
    throw new FederationError('kubeconfig-unreadable', values, { cause });
  }
  return config;
}

// As in kubectl, the first file that defines a name or the current context wins. The client's own merge
// rejects duplicates.
function merge(config: KubeConfig, other: KubeConfig): void {
  if (!config.getCurrentContext()) config.setCurrentContext(other.getCurrentContext());
  for (const cluster of other.getClusters())
    if (config.getCluster(cluster.name) === null) config.addCluster(cluster);
  for (const user of other.getUsers()) if (config.getUser(user.name) === null) config.addUser(user);
  for (const context of other.getContexts())
    if (config.getContextObject(context.name) === null) config.addContext(context);
}
