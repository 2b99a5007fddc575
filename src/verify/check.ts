import type { CheckId } from './check-ids.ts';
import type { Context } from './context.ts';
import type { Diagnosis, Evidence } from './refusals/check-failed-error.ts';

export interface Passed {
  /** One line: `3 keys, the cluster's among them`. */
  readonly found: string;
  readonly evidence?: Evidence;
}

/** The check is not possible here, and the chain may still work. */
export interface Skipped {
  readonly skipped: string;
}

/**
 * One link of the chain. `run` throws FederationError if the link is broken; most often a CheckFailedError.
 */
export interface Check {
  readonly id: CheckId;
  /** `Published keys`. */
  readonly title: string;
  /** Checks whose break would also break this one, and be found a second time. */
  readonly reliesOn: readonly CheckId[];
  /** Returns what it looks at, with the address or name: `https://…/openid/v1/jwks`. */
  lookedAt(context: Context): string;
  run(context: Context): Promise<Passed | Skipped>;
}

interface Checked {
  readonly id: CheckId;
  readonly title: string;
  readonly lookedAt: string;
  readonly seconds: number;
}
export type PassedCheck = Checked & Passed & { readonly status: 'passed' };
export type SkippedCheck = Checked & { readonly status: 'skipped'; readonly reason: string };
export type FailedCheck = Checked & { readonly status: 'failed'; readonly diagnosis: Diagnosis };

/** The result of one check: plain data. */
export type CheckResult = PassedCheck | SkippedCheck | FailedCheck;
