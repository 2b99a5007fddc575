import type { Check } from '../check.ts';
import { discoveryUrlOf } from '../facts/documents.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

/** The published discovery document names this very issuer and a key set over https. */
export const discoveryDocument: Check = {
  id: 'discovery-document',
  title: 'Published discovery document',
  reliesOn: [],
  lookedAt: ({ inputs }) => discoveryUrlOf(inputs.issuerUrl),
  run: async ({ inputs, facts }) => {
    const { fields } = await facts.discovery();
    const { issuer, jwks_uri: keysUrl } = fields;
    if (typeof issuer !== 'string') throw missing('issuer');
    if (issuer !== inputs.issuerUrl) {
      throw new CheckFailedError({
        code: 'published-issuer-differs',
        cause: `the published document is of another issuer: ${describeDifference(issuer, inputs.issuerUrl)}`,
        change:
          'Publish it anew with this issuer-url, or set issuer-url to the output issuer-url of publish-issuer. Entra ID compares byte by byte.',
        comparison: [
          { label: 'issuer in the document', value: issuer },
          { label: 'issuer-url', value: inputs.issuerUrl },
        ],
      });
    }
    if (typeof keysUrl !== 'string') throw missing('jwks_uri');
    if (!keysUrl.startsWith('https://')) {
      throw new CheckFailedError({
        code: 'jwks-uri-not-https',
        cause: 'the address of the key set is not an https one',
        change: 'Publish it anew with publish-issuer.',
        answer: `jwks_uri: ${keysUrl}`,
      });
    }
    refuseUnusable(fields);
    return {
      found: `issuer ${issuer}`,
      evidence: [
        ['issuer', issuer],
        ['jwks_uri', keysUrl],
      ],
    };
  },
};

// Entra ID has answered with AADSTS501661 to documents in which these are there but empty.
function refuseUnusable(fields: Readonly<Record<string, unknown>>): void {
  if (fields.authorization_endpoint === '') throw empty('authorization_endpoint');
  const subjects = fields.subject_types_supported;
  if (Array.isArray(subjects) && subjects.length === 0) throw empty('subject_types_supported');
  const algorithms = fields.id_token_signing_alg_values_supported;
  if (Array.isArray(algorithms) && !algorithms.includes('RS256')) {
    throw new CheckFailedError({
      code: 'algorithm-unsupported',
      cause: `the document offers ${algorithms.join(', ') || 'no algorithm'}, and Entra ID verifies RS256`,
      change: 'Publish it anew with publish-issuer.',
    });
  }
}

function missing(field: string): CheckFailedError {
  return new CheckFailedError({
    code: 'discovery-field-missing',
    cause: `the document lacks ${field}`,
    change: 'Publish it anew with publish-issuer.',
  });
}

function empty(field: string): CheckFailedError {
  return new CheckFailedError({
    code: 'discovery-field-empty',
    cause: `${field} is there, but empty, which Entra ID refuses`,
    change: `Leave ${field} out, or publish the document anew with publish-issuer.`,
  });
}
