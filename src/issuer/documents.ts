import { errorMessage, FederationError } from '../errors/index.ts';
import type { Jwks } from '../keys/index.ts';
import { documentUrl } from './address.ts';

/** The discovery document with exactly the fields that kube-apiserver writes: Entra ID refuses optional ones that are empty. */
export interface Discovery {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly response_types_supported: readonly string[];
  readonly subject_types_supported: readonly string[];
  readonly id_token_signing_alg_values_supported: readonly string[];
}

/** A key of a published JWKS, whoever put it there: fields that are not ours are kept. */
export interface PublishedJwk {
  readonly kid: string;
  readonly [field: string]: unknown;
}

/** The discovery document of an issuer. */
export function buildDiscovery(issuerUrl: string): Discovery {
  return {
    issuer: issuerUrl,
    jwks_uri: documentUrl(issuerUrl, 'jwks'),
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** The text of either document, indented by two spaces as the tools write it that this replaces. */
export function renderDocument(
  document: Discovery | Jwks | { readonly keys: readonly PublishedJwk[] },
): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The fields of a document; undefined when the text is no JSON object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The keys of a published JWKS in their order. `where` names it in messages.
 * Throws FederationError `jwks-unreadable`: to write over what cannot be read would lose whatever keys it held.
 */
export function parseJwks(text: string, where: string): readonly PublishedJwk[] {
  const refuse = (why: string, cause?: unknown) =>
    new FederationError(`failed to read the JWKS ${where}: ${why}`, {
      code: 'jwks-unreadable',
      hint: 'Something else wrote it. Look at it, and delete it if nothing relies on it; it is then written anew.',
      cause,
    });
  let document: { readonly keys?: unknown } | null;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw refuse(errorMessage(error), error);
  }
  if (!Array.isArray(document?.keys)) throw refuse('it has no list "keys"');
  return document.keys.map((key: unknown) => {
    if (typeof key !== 'object' || key === null) throw refuse('an entry of "keys" is not an object');
    if (!('kid' in key) || typeof key.kid !== 'string' || key.kid === '') throw refuse('a key has no "kid"');
    return key as PublishedJwk;
  });
}
