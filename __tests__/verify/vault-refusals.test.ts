import { describe, expect, test } from '@jest/globals';
import { classifyVaultRefusal, readVaultRefusal } from '../../src/verify/refusals/vault.ts';

/** An error as the official client throws it for an answer of the vault. */
function clientError(statusCode: number, code: string, message: string, inner?: string) {
  const error = { code, message, ...(inner !== undefined && { innerError: { code: inner } }) };
  return Object.assign(new Error(message), { statusCode, details: { error } });
}

const notAuthorized = 'Caller is not authorized to perform action on resource.';

describe('classifyVaultRefusal', () => {
  test.each([
    ['ForbiddenByRbac', notAuthorized, 'vault-role-missing'],
    [undefined, notAuthorized, 'vault-role-missing'],
    [
      'ForbiddenByFirewall',
      'Client address is not authorized and caller is not a trusted service.',
      'vault-firewall',
    ],
    [
      'ForbiddenByConnection',
      'Public network access is disabled and request is not from a trusted service nor via an approved private link.',
      'vault-public-access-off',
    ],
    [
      undefined,
      'Public network access is disabled and request is not from a trusted service.',
      'vault-public-access-off',
    ],
    ['ForbiddenByPolicy', 'The policy requires the caller to be authorized.', 'vault-access-policy-missing'],
    ['AccessDenied', 'does not have secrets get permission on key vault', 'vault-access-policy-missing'],
    ['ForbiddenByMoon', 'The moon is full.', undefined],
  ])('reads HTTP 403 with the inner code %s and the message "%s" as %s', (inner, message, expected) => {
    const refusal = readVaultRefusal(clientError(403, 'Forbidden', message, inner));
    expect(refusal && classifyVaultRefusal(refusal)).toBe(expected);
  });
});
