import { errorMessage } from '../errors/index.ts';
import { type CheckId, checkIds } from './check-ids.ts';

/** Parses the URL of a vault, and removes a slash at the end. Throws `Error` that says what to write. */
export function parseVault(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:') throw new Error('write a URL such as https://name.vault.azure.net');
  return value.replace(/\/+$/, '');
}

/** Parses labels, one `key=value` per line. Throws `Error` that says what to write. */
export function parseLabels(value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(split(value, /\n/).map(parseLabel));
}

function parseLabel(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  if (at < 1) throw new Error(`write labels as key=value, not "${line}"`);
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/**
 * Parses `all`, or IDs separated by lines or commas. Returns them in the order of the chain. Throws `Error`
 * for others.
 */
export function parseChecks(value: string): readonly CheckId[] {
  if (value === 'all') return checkIds;
  const selected = split(value, /[\n,]/);
  const unknown = selected.filter((id) => !checkIds.some((known) => known === id));
  if (unknown.length > 0)
    throw new Error(`write all, or some of ${checkIds.join(', ')}; unknown: ${unknown.join(', ')}`);
  return checkIds.filter((id) => selected.includes(id));
}

/**
 * Parses a regular expression that is searched in every line. Throws `Error` that says what is wrong with it.
 */
export function parsePattern(value: string): RegExp {
  try {
    return new RegExp(value, 'm');
  } catch (error) {
    throw new Error(`write a regular expression: ${errorMessage(error)}`);
  }
}

function split(value: string, separator: RegExp): readonly string[] {
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
