import type { Azure, AzureEnvironment } from '../azure/index.ts';
import type { EmbeddedCluster } from '../cluster/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import type { Deps, InputsOf } from '../runtime/index.ts';
import type { definition } from './definition.ts';

export type VerifyInputs = InputsOf<typeof definition>;

/** What a run is given: facts are gathered from it, and checks may use it directly. */
export interface Surroundings {
  readonly inputs: VerifyInputs;
  readonly deps: Deps;
  readonly environment: AzureEnvironment;
  readonly cluster: Cluster;
  /** Set for a cluster without nodes, whose workload runs on this machine. */
  readonly embedded: EmbeddedCluster | undefined;
  /** Signs in as the job, for what only the job may read. Rejects if the job has no sign-in. */
  readonly azure: () => Promise<Azure>;
}
