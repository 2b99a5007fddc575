import { documentUrl } from '../../issuer/index.ts';
import type { Check } from '../check.ts';
import { listRemarks } from '../refusals/documents.ts';

/**
 * Checks that the published discovery document is the issuer's and refers to a JWKS that Entra ID can read.
 */
export const discoveryDocument: Check = {
  id: 'discovery-document',
  title: 'Published discovery document',
  reliesOn: [],
  lookedAt: ({ inputs }) => documentUrl(inputs.issuerUrl, 'discovery'),
  run: async ({ facts }) => {
    const { content, failure, findings } = await facts.discovery();
    if (failure) throw failure;
    return {
      found: `issuer ${content.issuer}`,
      evidence: [['issuer', content.issuer], ['jwks_uri', content.jwks_uri], ...listRemarks(findings)],
    };
  },
};
