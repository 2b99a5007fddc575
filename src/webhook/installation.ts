import type { ApplicableObject, Change, Cluster } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { WebhookAuthority } from './authority.ts';
import type { ServingCertificates } from './certificates/index.ts';

/** What to install, independent of the kind of cluster. */
export interface Installation {
  readonly cluster: Cluster;
  readonly tenantId: string;
  readonly authority: WebhookAuthority;
  readonly timeoutSeconds: number;
  readonly deps: Deps;
}

export interface Installed {
  /** Version of the running webhook, such as `v1.6.0`. */
  readonly version: string;
  /** Seconds from the first change in the cluster to the first correct mutation; 0 if nothing changed. */
  readonly readySeconds: number;
  /** Where the webhook runs, for the summary. */
  readonly where: string;
  /** Its image by digest, if nodes pulled one. */
  readonly image?: string | undefined;
  /** Whether anything in the cluster changed. */
  readonly changed: boolean;
}

/** What exists before a method installs the rest. */
export interface Preparation {
  readonly installation: Installation;
  readonly certificates: ServingCertificates;
  /** Applies one object and logs the change. */
  apply(object: ApplicableObject): Promise<Change>;
}

/** One way to install the objects of the webhook in a cluster. */
export interface Method {
  /** For the summary: `manifest`, `Helm release workload-identity-webhook`. */
  readonly name: string;
  /** Installs the objects. Returns false if nothing changed. */
  install(preparation: Preparation): Promise<boolean>;
  /** Deletes what `install` created. The caller deletes the namespace and the cluster-wide objects afterwards. */
  uninstall(): Promise<void>;
}
