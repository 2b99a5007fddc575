import { types } from 'node:util';

/**
 * Whose move it is: `user` can fix it by changing an input or a setting, `service` is somebody else's outage or refusal,
 * `bug` is ours. The edge words the three differently.
 */
export type Fault = 'user' | 'service' | 'bug';

export interface FederationErrorOptions {
  /** Stable, kebab-case, documented in docs/troubleshooting.md; callers and tests match on it. */
  readonly code: string;
  readonly fault?: Fault;
  /** What to change, with the YAML or the command where there is one. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The one error class: `failed to <verb> <noun>: <cause>`, a stable code and a hint that says what to change. */
export class FederationError extends Error {
  readonly code: string;
  readonly fault: Fault;
  readonly hint: string | undefined;

  constructor(message: string, options: FederationErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'FederationError';
    this.code = options.code;
    this.fault = options.fault ?? 'user';
    this.hint = options.hint;
  }
}

/** The message of anything that was thrown, for use behind `failed to …: `. */
export function messageOf(error: unknown): string {
  // Not instanceof: fetch rejects with errors of another realm where this code runs in a VM context.
  if (!types.isNativeError(error)) return String(error);
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
    return error.errors.map(messageOf).join('; ');
  return error.message === 'fetch failed' && types.isNativeError(error.cause)
    ? messageOf(error.cause)
    : error.message;
}

/** The `code` of a FederationError or of a Node system error (`ENOENT`, `ECONNREFUSED`), where there is one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return undefined;
}
