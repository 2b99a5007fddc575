import { getKeyId, judgeKeySet, maximumKeys } from '../../issuer/index.ts';
import type { Check } from '../check.ts';
import { findFailure, listRemarks } from '../refusals/documents.ts';
import { readPublicKeyId } from './key-files.ts';

/**
 * Checks that the published JWKS contains the key of `public-key-file` and no private key. Other keys are
 * remarks.
 */
export const publishedJwks: Check = {
  id: 'published-jwks',
  title: 'Published keys',
  reliesOn: [],
  lookedAt: ({ inputs }) => `jwks_uri of ${inputs.issuerUrl}`,
  run: async ({ inputs, facts }) => {
    const keySet = await facts.publishedKeys();
    const own = await readPublicKeyId(inputs);
    const signing = own === undefined ? [] : [{ keyId: own, isHash: true }];
    const findings = judgeKeySet(keySet, { signing, retired: [] });
    const failure = findFailure(findings);
    if (failure) throw failure;
    const ids = keySet.content.keys.map((key) => getKeyId(key) ?? 'none');
    return {
      found: ids.length === 1 ? `one key, ${ids[0]}` : `${ids.length} keys`,
      evidence: [
        ['URL', keySet.served.url],
        ...ids.slice(0, maximumKeys).map((id) => ['key ID', id] as const),
        ...listRemarks(findings),
      ],
    };
  },
};
