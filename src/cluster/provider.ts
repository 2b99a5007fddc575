import type { Deps } from '../runtime/index.ts';
import type { SigningKey } from './signing-key.ts';

export type ProviderName = 'minikube' | 'kind' | 'embedded' | 'existing';

/** What names one cluster to its provider, also in a later step. Kept as JSON. */
export interface ClusterRef {
  readonly provider: ProviderName;
  readonly name: string;
  /** Folder below RUNNER_TEMP that holds everything of this cluster: kubeconfig, logs, what the provider needs. */
  readonly directory: string;
}

/** A cluster as the user asked for it. */
export interface ClusterRequest extends ClusterRef {
  readonly issuerUrl: string;
  /** Undefined where any will do: an existing cluster's own document is not what Entra reads. */
  readonly jwksUrl: string | undefined;
  readonly key: SigningKey;
  readonly kubernetesVersion: string | undefined;
  readonly arguments: readonly string[];
  readonly toolVersion: string | undefined;
  readonly programsDirectory: string | undefined;
  /** What only minikube takes. */
  readonly machine: Machine;
  /** Of kind. */
  readonly nodeImage: string | undefined;
  /** File of the user's own configuration of kind. */
  readonly kindConfig: string | undefined;
  /** Of an existing cluster. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** The node as minikube makes it; undefined where minikube decides. */
export interface Machine {
  readonly driver: string | undefined;
  readonly containerRuntime: string | undefined;
  readonly cpus: string | undefined;
  readonly memory: string | undefined;
  readonly addons: readonly string[];
}

/** How to reach a cluster that runs. */
export interface Access {
  readonly kubeconfig: string;
  readonly context: string;
}

/**
 * What is there under a cluster's name. `broken`: parts of it, such as a stopped node or what an interrupted job left;
 * `ours` where this job made it, so that replacing it takes nothing from anybody.
 */
export type Inspection =
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly why: string; readonly ours: boolean }
  | { readonly state: 'running'; readonly access: Access };

/** One way to come to a cluster. */
export interface Provider {
  /** Starts the cluster and waits until its API server answers. Called only where nothing of that name is there. */
  start(request: ClusterRequest, deps: Deps): Promise<Access>;
  /** Looks, and changes nothing. */
  inspect(ref: ClusterRef, deps: Deps): Promise<Inspection>;
  /** Copies what the parts logged into a folder and returns the files. */
  logs(ref: ClusterRef, folder: string, deps: Deps): Promise<readonly string[]>;
  /** Removes everything of the cluster, also a half of one; returns what it removed, in words. */
  remove(ref: ClusterRef, deps: Deps): Promise<readonly string[]>;
}
