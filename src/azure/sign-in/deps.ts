import type { Deps } from '../../runtime/index.ts';

/** What signing in needs of the outside world. */
export interface SignInDeps extends Pick<Deps, 'env' | 'fetch' | 'exec' | 'clock'> {
  readonly log: Pick<Deps['log'], 'debug' | 'info' | 'mask'>;
}
