import type { Cluster } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import type { WebhookAuthority } from './authority.ts';

/** One installation to make, whatever the kind of cluster. */
export interface Installation {
  readonly cluster: Cluster;
  readonly tenantId: string;
  readonly authority: WebhookAuthority;
  readonly timeoutSeconds: number;
  readonly deps: Deps;
}

export interface Installed {
  /** Version of the webhook that runs, `v1.6.0`. */
  readonly version: string;
  /** From the first change in the cluster to the first right mutation; 0 where nothing had to change. */
  readonly readySeconds: number;
  /** Where the webhook runs, for the summary. */
  readonly where: string;
  /** Its image by digest, where nodes pulled one. */
  readonly image?: string | undefined;
  /** Whether anything in the cluster is other than before. */
  readonly changed: boolean;
}
