import { expect, test } from '@jest/globals';
import { Secrets } from '../../src/verify/report/secrets.ts';
import { testDeps } from '../support/deps.ts';

test('a secret that was masked is taken out of all that is written, however deep it stands', () => {
  const deps = testDeps();
  const secrets = new Secrets();
  secrets.remembering(deps.log).mask('eyJhbGciOi.token');
  const cleaned = secrets.removedFrom({
    list: [['answer', 'the service says: eyJhbGciOi.token is bad']],
    seconds: 1,
    nothing: null,
  });
  expect(cleaned).toEqual({ list: [['answer', 'the service says: *** is bad']], seconds: 1, nothing: null });
  expect(deps.masked).toEqual(['eyJhbGciOi.token']);
});
