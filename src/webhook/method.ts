import type { ApplicableObject, Change } from '../kubernetes/index.ts';
import type { ServingCertificates } from './certificates/issue.ts';
import type { Installation } from './install.ts';

/** What is in place before a method puts the rest into the cluster. */
export interface Preparation {
  readonly installation: Installation;
  readonly certificates: ServingCertificates;
  /** Applies one object and says in the log what that did. */
  put(object: ApplicableObject): Promise<Change>;
}

/** One way to put the webhook's objects into a cluster. */
export interface Method {
  /** For the summary: `manifest`, `Helm release workload-identity-webhook`. */
  readonly name: string;
  /** False where nothing had to change. */
  place(preparation: Preparation): Promise<boolean>;
  /** Takes away what `place` put there. Whatever is left of the namespace goes afterwards. */
  remove(): Promise<void>;
}
