import { errors, importJWK, jwtVerify } from 'jose';
import { errorMessage } from '../../errors/index.ts';
import { formatSubject } from '../../kubernetes/index.ts';
import type { Check } from '../check.ts';
import type { WorkloadToken } from '../facts/token.ts';
import { CheckFailedError } from '../refusals/check-failed-error.ts';
import { describeDifference } from '../refusals/difference.ts';

// Entra ID and the cluster need not have the same time to the second.
const clockTolerance = 60;

/** A token of the service account stands the test that Entra ID puts it to: the published key, issuer, subject, audience and time. */
export const token: Check = {
  id: 'token',
  title: 'Token against the published keys',
  reliesOn: ['published-jwks', 'cluster-issuer', 'cluster-key'],
  lookedAt: ({ inputs }) =>
    `TokenRequest for ${inputs.serviceAccount.namespace}/${inputs.serviceAccount.name}`,
  run: async ({ inputs, facts, environment, deps }) => {
    const given = await facts.token();
    if (given === undefined)
      return { skipped: 'the service account does not exist, so there is no token of it' };
    if (given.algorithm !== 'RS256') {
      throw new CheckFailedError({
        code: 'token-algorithm-unsupported',
        cause: `the cluster signs with ${given.algorithm}, and Entra ID verifies RS256`,
        change: 'Start the cluster with an RSA key, such as generate-keys makes.',
      });
    }
    compare('token-issuer-differs', 'issuer', given.issuer, 'issuer-url', inputs.issuerUrl);
    compare(
      'token-subject-differs',
      'subject',
      given.subject,
      'service-account',
      formatSubject(inputs.serviceAccount),
    );
    compare(
      'token-audience-differs',
      'audience',
      given.audiences.join(' '),
      'asked for',
      environment.tokenExchangeAudience,
    );
    const { keys } = await facts.publishedKeys();
    await verifySignature(
      given,
      keys.filter(({ kid }) => kid === given.keyId).map(({ jwk }) => jwk),
      deps.clock.now(),
    );
    const minutes = Math.round((given.expires - deps.clock.now()) / 60);
    return {
      found: `verified, valid for ${minutes} minutes`,
      evidence: [
        ['iss', given.issuer],
        ['sub', given.subject],
        ['aud', given.audiences.join(' ')],
        ['kid', given.keyId],
        ['alg', given.algorithm],
      ],
    };
  },
};

function compare(code: string, claim: string, found: string, label: string, expected: string): void {
  if (found === expected) return;
  throw new CheckFailedError({
    code,
    cause: `the ${claim} of the token is another one: ${describeDifference(found, expected)}`,
    change: `See how the API server was started, and the input ${label}.`,
    comparison: [
      { label: `${claim} of the token`, value: found },
      { label, value: expected },
    ],
  });
}

async function verifySignature(
  given: WorkloadToken,
  candidates: readonly Readonly<Record<string, unknown>>[],
  now: number,
): Promise<void> {
  const [jwk] = candidates;
  if (jwk === undefined) {
    throw new CheckFailedError({
      code: 'cluster-key-not-published',
      cause: `the key ${given.keyId} that signed the token is not published`,
      change: 'Give the public key of the cluster to publish-issuer.',
    });
  }
  try {
    await jwtVerify(given.raw, await importJWK({ ...jwk }, 'RS256'), {
      algorithms: ['RS256'],
      clockTolerance,
      currentDate: new Date(now * 1000),
    });
  } catch (error) {
    throw unverified(error);
  }
}

function unverified(error: unknown): CheckFailedError {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new CheckFailedError({
      code: 'published-key-differs',
      cause: 'the key that is published under the id of the token did not sign it',
      change:
        'Publish the keys anew from the public key file of the cluster: the key set was edited by hand, or made of another key.',
      raised: error,
    });
  }
  const isTime =
    error instanceof errors.JWTExpired ||
    (error instanceof errors.JWTClaimValidationFailed && ['nbf', 'iat', 'exp'].includes(error.claim));
  return new CheckFailedError({
    code: isTime ? 'token-time-invalid' : 'token-unverifiable',
    cause: isTime
      ? "the token is not valid now: the clock of the cluster's machine and this one disagree"
      : 'the token cannot be verified',
    change: isTime ? 'Set the clocks right, by NTP for example.' : 'See the answer.',
    answer: errorMessage(error),
    raised: error,
  });
}
