import { errorMessage } from '../errors/index.ts';
import { type CheckId, checkIds } from './check-ids.ts';

/** An https issuer, kept byte for byte; what else is odd about it is for the checks to show. Throws `Error` that says what to write. */
export function parseIssuer(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:') throw new Error('write an https URL');
  if (url.search !== '' || url.hash !== '')
    throw new Error(
      'write the issuer without query and fragment: Kubernetes publishes no documents for such a one',
    );
  return value;
}

/** A vault's URL, without a slash at its end. */
export function parseVault(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:') throw new Error('write a URL such as https://name.vault.azure.net');
  return value.replace(/\/+$/, '');
}

/** `key=value` of a label. */
export function parseLabel(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  if (at < 1) throw new Error(`write labels as key=value, not "${line}"`);
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** `all`, or ids by line or comma; in the order of the chain whatever the order given. */
export function parseChecks(value: string): readonly CheckId[] {
  if (value === 'all') return checkIds;
  const asked = value
    .split(/[\n,]/)
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const unknown = asked.filter((id) => !checkIds.some((known) => known === id));
  if (unknown.length > 0)
    throw new Error(`there is no check ${unknown.join(', ')}; write all, or some of ${checkIds.join(', ')}`);
  return checkIds.filter((id) => asked.includes(id));
}

/** A regular expression that is looked for in every line. Throws `Error` that says what is wrong with it. */
export function parsePattern(value: string): RegExp {
  try {
    return new RegExp(value, 'm');
  } catch (error) {
    throw new Error(`write a regular expression: ${errorMessage(error)}`);
  }
}
