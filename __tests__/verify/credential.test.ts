import { describe, expect, test } from '@jest/globals';
import { diagnoseCredentials } from '../../src/verify/refusals/credential.ts';

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
const diagnose = (...credentials: ReturnType<typeof credential>[]) =>
  diagnoseCredentials(presented, { kind: 'read', of: 'application', credentials });

describe('diagnoseCredentials', () => {
  test('finds nothing wrong if one of the credentials matches byte by byte', () => {
    expect(diagnose(credential({ subject: 'system:serviceaccount:ns:other' }), credential())).toBeUndefined();
  });

  test.each([
    ['issuer', { issuer: 'https://x/oidc' }, /slash at the end/],
    ['issuer', { issuer: 'https://X/oidc/' }, /only in case/],
    ['subject', { subject: 'system:serviceaccount:ns:app ' }, /whitespace/],
    ['subject', { subject: 'system:serviceaccount:other:app' }, /expected .*:ns:app, found .*:other:app/],
    ['audience', { audiences: ['api://AzureADTokenExchangeChina'] }, /found .*China/],
  ])('names the %s if %j differs', (field, change, difference) => {
    const found = diagnose(credential(change));
    expect(found?.code).toBe(`credential-${field}-differs`);
    expect(found?.message).toMatch(difference);
  });

  test('compares with the closest credential, not with the first', () => {
    const found = diagnose(
      credential({ name: 'far', issuer: 'https://elsewhere/', subject: 'system:serviceaccount:b:c' }),
      credential({ name: 'near', issuer: 'https://x/oidc' }),
    );
    expect(found?.message).toMatch(/the closest one, "near", has a different issuer/);
    expect(found?.diagnosis.evidence).toContainEqual(['credential far', 'system:serviceaccount:b:c']);
  });

  test('distinguishes an identity without credentials from a missing identity', () => {
    expect(diagnose()?.code).toBe('federated-credential-missing');
    const missing = diagnoseCredentials(presented, { kind: 'no-identity', why: 'no such ID' });
    expect(missing?.diagnosis).toMatchObject({ code: 'identity-missing', answer: 'no such ID' });
  });
});
