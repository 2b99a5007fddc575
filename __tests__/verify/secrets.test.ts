import { describe, expect, test } from '@jest/globals';
import { Secrets } from '../../src/verify/report/secrets.ts';
import { testDeps } from '../support/deps.ts';

describe('Secrets', () => {
  test('removes every masked secret from data, at any depth', () => {
    const deps = testDeps();
    const secrets = new Secrets();
    secrets.rememberMasked(deps.log).mask('eyJhbGciOi.token');
    const cleaned = secrets.removeFrom({
      list: [['answer', 'the service says: eyJhbGciOi.token is invalid']],
      seconds: 1,
      nothing: null,
    });
    expect(cleaned).toEqual({
      list: [['answer', 'the service says: *** is invalid']],
      seconds: 1,
      nothing: null,
    });
    expect(deps.masked).toEqual(['eyJhbGciOi.token']);
  });
});
