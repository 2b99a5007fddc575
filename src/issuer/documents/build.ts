import type { Jwks } from '../../keys/index.ts';
import { documentUrl } from '../address.ts';
import type { Discovery, PublishedKey } from './parse.ts';

/**
 * Builds the discovery document of an issuer, with exactly the fields that kube-apiserver writes: Entra ID
 * rejects optional fields that are empty.
 */
export function buildDiscovery(issuerUrl: string) {
  return {
    issuer: issuerUrl,
    jwks_uri: documentUrl(issuerUrl, 'jwks'),
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  } satisfies Discovery;
}

/** Renders either document, indented by two spaces as `azwi` and the manual steps write it. */
export function renderDocument(
  document: Discovery | Jwks | { readonly keys: readonly PublishedKey[] },
): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
