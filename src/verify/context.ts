import type { Facts } from './facts/index.ts';
import type { Surroundings } from './surroundings.ts';

/** Everything that a check may use. Functions below the checks take only the part that they need. */
export interface Context extends Surroundings {
  readonly facts: Facts;
}
