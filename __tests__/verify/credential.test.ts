import { describe, expect, test } from '@jest/globals';
import { credentialFault } from '../../src/verify/diagnosis/credential.ts';

const presented = {
  issuer: 'https://x/oidc/',
  subject: 'system:serviceaccount:ns:app',
  audience: 'api://AzureADTokenExchange',
};
const credential = (
  change: Partial<{ name: string; issuer: string; subject: string; audiences: string[] }> = {},
) => ({
  name: 'c',
  issuer: presented.issuer,
  subject: presented.subject,
  audiences: [presented.audience],
  ...change,
});
const fault = (...credentials: ReturnType<typeof credential>[]) =>
  credentialFault(presented, { kind: 'read', of: 'application', credentials });

describe('the credentials of an identity', () => {
  test('hold as soon as one of them fits byte by byte', () => {
    expect(fault(credential({ subject: 'system:serviceaccount:ns:other' }), credential())).toBeUndefined();
  });

  test.each([
    ['issuer', { issuer: 'https://x/oidc' }, /slash at the end/],
    ['issuer', { issuer: 'https://X/oidc/' }, /capital and small letters/],
    ['subject', { subject: 'system:serviceaccount:ns:app ' }, /white space/],
    ['subject', { subject: 'system:serviceaccount:other:app' }, /they differ/],
    ['audience', { audiences: ['api://AzureADTokenExchangeChina'] }, /they differ/],
  ])('fail with the %s that differs', (field, change, how) => {
    const found = fault(credential(change));
    expect(found?.code).toBe(`credential-${field}-differs`);
    expect(found?.message).toMatch(how);
  });

  test('are compared by the nearest, not by the first', () => {
    const found = fault(
      credential({ name: 'far', issuer: 'https://elsewhere/', subject: 'system:serviceaccount:b:c' }),
      credential({ name: 'near', issuer: 'https://x/oidc' }),
    );
    expect(found?.message).toMatch(/the nearest, "near", has another issuer.*1 more/);
  });

  test('that are none at all, or of no identity, are told apart', () => {
    expect(fault()?.code).toBe('federated-credential-missing');
    expect(credentialFault(presented, { kind: 'no-identity', why: 'no such id' })?.code).toBe(
      'identity-missing',
    );
  });
});
