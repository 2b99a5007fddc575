import { errors, importJWK, jwtVerify } from 'jose';
import { type CodeNeeding, errorMessage } from '../../errors/index.ts';
import { getKeyId, type KeySet, type Parsed } from '../../issuer/index.ts';
import { formatSubject } from '../../kubernetes/index.ts';
import type { Check } from '../check.ts';
import type { WorkloadToken } from '../facts/token.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

// Entra ID and the cluster need not agree on the time to the second.
const clockTolerance = 60;

/**
 * A token of the service account passes what Entra ID verifies: the published key, issuer, subject, audience
 * and time.
 */
export const token: Check = {
  id: 'token',
  title: 'Token against the published keys',
  reliesOn: ['published-jwks', 'cluster-issuer', 'cluster-key'],
  lookedAt: ({ inputs }) =>
    `TokenRequest for ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
  run: async ({ inputs, facts, environment, deps }) => {
    const given = await facts.token();
    if (given === undefined) return { skipped: 'the service account does not exist, so it has no token' };
    const { algorithm, audiences, expires, issuer, keyId, subject } = given;
    if (algorithm !== 'RS256')
      throw new CheckFailedError('token-algorithm-unsupported', {}, { answer: `alg: ${algorithm}` });
    const audience = audiences.join(' ');
    compare('token-issuer-differs', 'iss', issuer, inputs.issuerUrl);
    compare('token-subject-differs', 'sub', subject, formatSubject(inputs.serviceAccount));
    compare('token-audience-differs', 'aud', audience, environment.tokenExchangeAudience);
    await verifySignature(given, await facts.publishedKeys(), deps.clock.now());
    const minutes = Math.round((expires - deps.clock.now()) / 60);
    return {
      found: `verified, valid for ${minutes} minutes`,
      evidence: [
        ['iss', issuer],
        ['sub', subject],
        ['aud', audience],
        ['kid', keyId],
        ['alg', algorithm],
      ],
    };
  },
};

function compare(code: CodeNeeding<'difference'>, claim: string, found: string, expected: string): void {
  if (found === expected) return;
  throw new CheckFailedError(
    code,
    { difference: describeDifference(found, expected) },
    {
      comparison: [
        { label: `${claim} of the token`, value: found },
        { label: 'expected', value: expected },
      ],
    },
  );
}

async function verifySignature(
  { keyId, raw }: WorkloadToken,
  { served: { url }, content: { keys } }: Parsed<KeySet>,
  now: number,
): Promise<void> {
  const jwk = keys.find((key) => getKeyId(key) === keyId);
  try {
    if (jwk === undefined) throw new Error(`${url} does not contain the key ${keyId}`);
    await jwtVerify(raw, await importJWK({ ...jwk }, 'RS256'), {
      algorithms: ['RS256'],
      clockTolerance,
      currentDate: new Date(now * 1000),
    });
  } catch (error) {
    const details = { answer: errorMessage(error), cause: error };
    throw error instanceof errors.JWSSignatureVerificationFailed
      ? new CheckFailedError('key-differs', { url, keyId }, details)
      : new CheckFailedError(isTimeError(error) ? 'token-time-invalid' : 'token-unverifiable', {}, details);
  }
}

function isTimeError(error: unknown): boolean {
  return (
    error instanceof errors.JWTExpired ||
    (error instanceof errors.JWTClaimValidationFailed && ['nbf', 'iat', 'exp'].includes(error.claim))
  );
}
