import type { CleanUp, Run } from '../runtime/index.ts';
import { definition } from './definition.ts';

export { definition };

// The SDKs of Azure are loaded once the inputs are known to be right, and by a post step only where it has something to remove.

/** Brings the identity, its credentials and roles, and the accounts in the cluster to the state that the inputs describe. */
export const run: Run<typeof definition> = async (inputs, deps) =>
  (await import('./run.ts')).run(inputs, deps);

/** Removes with `on-exit: remove` what the run made. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  if (inputs.onExit !== 'remove' || inputs.plan) return;
  await (await import('./clean-up.ts')).removeOnExit(inputs, deps);
};
