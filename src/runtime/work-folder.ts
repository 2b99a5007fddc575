import { join } from 'node:path';
import type { Deps } from './action.ts';

/** The folder below RUNNER_TEMP that everything is in which the actions leave for later steps of the job, and nothing else. */
export function workFolder({ temporaryDirectory }: Pick<Deps, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'entra-kubernetes-federation');
}
