import type { Azure, AzureEnvironment } from '../azure/index.ts';
import type { EmbeddedCluster } from '../cluster/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import type { Deps, InputsOf } from '../runtime/index.ts';
import type { definition } from './definition.ts';
import type { Facts } from './facts/index.ts';

/** Everything that a check may use. */
export interface Context {
  readonly inputs: InputsOf<typeof definition>;
  readonly deps: Deps;
  readonly environment: AzureEnvironment;
  readonly cluster: Cluster;
  /** Set for a cluster without nodes, whose workload runs on this machine. */
  readonly embedded: EmbeddedCluster | undefined;
  /** The job's own sign-in, for what only it may read. Throws where there is none. */
  readonly azure: () => Promise<Azure>;
  readonly facts: Facts;
}
