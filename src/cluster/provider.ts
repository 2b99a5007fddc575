import * as v from 'valibot';
import type { Deps } from '../runtime/index.ts';
import type { SigningKey } from './signing-key.ts';

/** Identifies a cluster to its provider, also in the post step. */
export const clusterRefSchema = v.object({
  provider: v.picklist(['minikube', 'kind', 'embedded', 'existing']),
  name: v.string(),
  /** Folder below RUNNER_TEMP for everything of this cluster: kubeconfig, logs, files of the provider. */
  directory: v.string(),
});

export type ClusterRef = Readonly<v.InferOutput<typeof clusterRefSchema>>;
export type ProviderName = ClusterRef['provider'];

/** A cluster as the inputs describe it. */
export interface ClusterRequest extends ClusterRef {
  readonly issuerUrl: string;
  /** Undefined if any is accepted: Entra ID does not read the document of an existing cluster. */
  readonly jwksUrl: string | undefined;
  readonly key: SigningKey;
  readonly kubernetesVersion: string | undefined;
  readonly arguments: readonly string[];
  readonly toolVersion: string | undefined;
  readonly programsDirectory: string | undefined;
  /** minikube only. */
  readonly machine: Machine;
  /** kind only. */
  readonly nodeImage: string | undefined;
  /** kind only: path of the configuration file of the user. */
  readonly kindConfig: string | undefined;
  /** Existing clusters only. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** The node of minikube. What is undefined is left to minikube. */
export interface Machine {
  readonly driver: string | undefined;
  readonly containerRuntime: string | undefined;
  readonly cpus: string | undefined;
  readonly memory: string | undefined;
  readonly addons: readonly string[];
}

/** How to connect to a running cluster. */
export interface Access {
  readonly kubeconfig: string;
  readonly context: string;
}

/**
 * What exists under the name of a cluster. `broken` means parts of a cluster, such as a stopped node or the
 * remains of an interrupted job. `ours` is true if this job created them.
 */
export type Inspection =
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly problem: string; readonly ours: boolean }
  | { readonly state: 'running'; readonly access: Access };

/** One kind of cluster. */
export interface Provider {
  /**
   * Starts the cluster and waits until its API server is ready. Called only if the cluster does not exist.
   */
  start(request: ClusterRequest, deps: Deps): Promise<Access>;
  /** Returns what exists, without changing anything. */
  inspect(ref: ClusterRef, deps: Deps): Promise<Inspection>;
  /** Copies the logs of the cluster into a folder and returns the files. */
  copyLogs(ref: ClusterRef, folder: string, deps: Deps): Promise<readonly string[]>;
  /** Deletes everything of the cluster, also of an incomplete one, and returns what it deleted, in words. */
  remove(ref: ClusterRef, deps: Deps): Promise<readonly string[]>;
}
