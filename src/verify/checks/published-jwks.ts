import { createPublicKey } from 'node:crypto';
import { computeKeyId } from '../../keys/index.ts';
import type { Check } from '../check.ts';
import type { PublishedKey } from '../facts/documents.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { keyIdOfFiles } from './key-files.ts';

// Entra ID keeps no more.
const mostKeys = 100;

/** The published key set holds RSA signing keys under Kubernetes' key ids, the given public key among them. */
export const publishedJwks: Check = {
  id: 'published-jwks',
  title: 'Published keys',
  reliesOn: [],
  lookedAt: ({ inputs }) => `jwks_uri of ${inputs.issuerUrl}`,
  run: async ({ inputs, facts }) => {
    const { url, keys } = await facts.publishedKeys();
    if (keys.length === 0) throw broken('jwks-empty', 'the JWKS holds no key', url);
    if (keys.length > mostKeys)
      throw broken(
        'jwks-too-long',
        `the JWKS holds ${keys.length} keys, and Entra ID keeps ${mostKeys}`,
        url,
      );
    for (const key of keys) refuseUnusable(key, url);
    const ids = keys.map(({ kid }) => kid);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice !== undefined) throw broken('jwks-key-twice', `the JWKS holds the key ${twice} twice`, url);
    const own = await keyIdOfFiles(inputs);
    if (own !== undefined && !ids.includes(own)) {
      throw new CheckFailedError({
        code: 'key-not-published',
        cause: `the key of public-key-file is not among the ${ids.length} published`,
        change: 'Give this public-key-file to publish-issuer as well.',
        comparison: [
          { label: 'key id of public-key-file', value: own },
          { label: 'published', value: ids.join(' ') },
        ],
      });
    }
    return {
      found: ids.length === 1 ? `one key, ${ids[0]}` : `${ids.length} keys`,
      evidence: [['address', url], ...ids.map((id) => ['key id', id] as const)],
    };
  },
};

function refuseUnusable({ kid, jwk }: PublishedKey, url: string): void {
  const name = kid || 'without kid';
  if (kid === '') throw broken('jwks-key-without-id', 'a key of the JWKS has no kid', url);
  if ('d' in jwk || 'p' in jwk) {
    throw new CheckFailedError({
      code: 'private-key-published',
      cause: `the JWKS shows the PRIVATE half of the key ${name} to everybody`,
      change:
        'Take the document down, make a new key pair, start the cluster with it and publish its public half. The old key is lost.',
      answer: url,
    });
  }
  if (jwk.kty !== 'RSA')
    throw broken(
      'jwks-key-not-rsa',
      `the key ${name} is of type ${String(jwk.kty)}, and Entra ID verifies RS256`,
      url,
    );
  if (jwk.use !== undefined && jwk.use !== 'sig')
    throw broken(
      'jwks-key-not-for-signing',
      `the key ${name} is not for signatures (use: ${String(jwk.use)})`,
      url,
    );
  const actual = idOf(jwk);
  if (actual === undefined) throw broken('jwks-key-malformed', `the key ${name} cannot be read`, url);
  if (actual !== kid) {
    throw new CheckFailedError({
      code: 'jwks-key-id-wrong',
      cause: 'a published key has an id that Kubernetes does not give it: no token will name it',
      change: 'Publish the key with publish-issuer or azwi jwks. A JOSE library computes another kind of id.',
      comparison: [
        { label: 'kid in the JWKS', value: kid },
        { label: 'id that Kubernetes gives the key', value: actual },
      ],
    });
  }
}

function idOf(jwk: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return computeKeyId(
      createPublicKey({ key: { kty: 'RSA', n: String(jwk.n), e: String(jwk.e) }, format: 'jwk' }),
    );
  } catch {
    return undefined;
  }
}

function broken(code: string, cause: string, url: string): CheckFailedError {
  return new CheckFailedError({
    code,
    cause,
    change: 'Publish the keys anew with publish-issuer.',
    answer: url,
  });
}
