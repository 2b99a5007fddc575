import { types } from 'node:util';
import {
  catalogue,
  type ErrorCode,
  type ErrorEntry,
  type ErrorValues,
  type Fault,
  placeholder,
} from './catalogue/index.ts';

/** The one error class: an entry of the catalogue with the values of this occurrence filled in. */
export class FederationError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly fault: Fault;
  hint: string;

  constructor(code: C, values: ErrorValues<C>, options?: { readonly cause?: unknown }) {
    const entry: ErrorEntry = catalogue[code];
    super(fillIn(entry.message, values), options);
    this.name = 'FederationError';
    this.code = code;
    this.fault = entry.fault ?? 'user';
    this.hint = fillIn(entry.hint, values);
  }

  /** Adds lines below the message that explain this occurrence, such as the end of a log. */
  addDetails(lines: readonly string[]): this {
    this.message = [this.message, ...lines].join('\n');
    return this;
  }

  /** Adds lines to the hint, with what only the caller knows. */
  addAdvice(lines: readonly string[]): this {
    this.hint = [this.hint, ...lines].join('\n');
    return this;
  }
}

/** Puts values into a template; braces around anything else stay. */
export function fillIn(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(placeholder, (whole, name: string) => String(values[name] ?? whole));
}

/** The message of anything that was thrown, for use behind `failed to …: `. */
export function errorMessage(error: unknown): string {
  // Not instanceof: fetch rejects with errors of another realm if this code runs in a VM context.
  if (!types.isNativeError(error)) return String(error);
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
    return error.errors.map(errorMessage).join('; ');
  return error.message === 'fetch failed' && types.isNativeError(error.cause)
    ? errorMessage(error.cause)
    : error.message;
}

/** The `code` of a FederationError or of a Node system error (`ENOENT`, `ECONNREFUSED`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code;
  return undefined;
}
