import type { Check } from '../check.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { keyIdOfFiles } from './key-files.ts';

/** The key that the cluster really signs with is published. */
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
    const own = await keyIdOfFiles(inputs);
    if (own !== undefined && own !== keyId) {
      throw new CheckFailedError({
        code: 'cluster-key-not-the-given',
        cause: 'the cluster signs with another key than that of public-key-file',
        change:
          'Start the cluster with this private-key-file; one that was started before keeps its old key until it is made anew.',
        comparison: [
          { label: 'key id in the token', value: keyId },
          { label: 'key id of public-key-file', value: own },
        ],
      });
    }
    const { url, keys } = await facts.publishedKeys();
    const ids = keys.map(({ kid }) => kid);
    if (!ids.includes(keyId)) {
      throw new CheckFailedError({
        code: 'cluster-key-not-published',
        cause: `the cluster signs with a key that is not among the ${ids.length} published`,
        change:
          'Give the public key of the cluster to publish-issuer, or start the cluster with the key that was published. Entra ID would answer AADSTS7000272.',
        comparison: [
          { label: 'key id in the token', value: keyId },
          { label: 'published', value: ids.join(' ') },
        ],
        answer: url,
      });
    }
    return { found: `key id ${keyId}, published`, evidence: [['key id', keyId]] };
  },
};
