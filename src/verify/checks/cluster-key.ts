import { judgeClusterKey } from '../../cluster/index.ts';
import { judgeKeySet } from '../../issuer/index.ts';
import type { Check } from '../check.ts';
import { findFailure } from '../refusals/documents.ts';
import { readPublicKeyId } from './key-files.ts';

/** Checks that the key that the cluster signs with is published. */
export const clusterKey: Check = {
  id: 'cluster-key',
  title: 'Key the cluster signs with',
  reliesOn: ['published-jwks'],
  lookedAt: ({ inputs }) =>
    `header of a token of ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
  run: async ({ inputs, facts }) => {
    const token = await facts.token();
    if (token === undefined) return { skipped: 'the service account does not exist, so it has no token' };
    const { keyId } = token;
    const own = await readPublicKeyId(inputs);
    const differs = own === undefined ? undefined : judgeClusterKey(keyId, own);
    // A token names its key, which need not be the hash of the key: the signature is verified by the check
    // `token`.
    const signing = [{ keyId, isHash: false }];
    const published = differs
      ? [differs]
      : judgeKeySet(await facts.publishedKeys(), { signing, retired: [] });
    const failure = findFailure(published);
    if (failure) throw failure;
    return { found: `key ID ${keyId}, published`, evidence: [['key ID', keyId]] };
  },
};
