import { join } from 'node:path';
import type { Deps } from './action.ts';

/** The folder below RUNNER_TEMP of what outlives a step: clusters, their logs, the emulator, what is kept for later jobs. */
export function workFolder({ temporaryDirectory }: Pick<Deps, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'entra-kubernetes-federation');
}
