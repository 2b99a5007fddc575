/** What fills an entry: a folder as it is in the post step, or a program that then writes into the folder it is run in. */
export type Keepsake =
  | { readonly folder: string }
  | { readonly program: string; readonly args: readonly string[] };

/**
 * What jobs leave for later jobs, by way of the runner's cache service. A key ends in the digest of what is kept, so an entry never
 * has to change. It only ever saves time: no fault of the service fails a step.
 */
export interface JobCache {
  /** Whether there is a service to ask. Where there is none, nothing is restored or kept. */
  readonly available: boolean;
  /**
   * Makes `folder` out of what an earlier job kept under this key, whole or not at all; false where there is nothing. A folder that
   * is there already must be empty.
   */
  restore(key: string, folder: string): Promise<boolean>;
  /** Has this kept for later jobs when the post step has cleaned up. */
  keep(key: string, what: Keepsake): void;
}

/** The cache of a job that wants none. */
export const noJobCache: JobCache = {
  available: false,
  restore: async () => false,
  keep: () => undefined,
};
