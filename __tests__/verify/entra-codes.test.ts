import { describe, expect, test } from '@jest/globals';
import {
  aadstsNumbersIn,
  entraAnswerIn,
  entraRefusals,
  findEntraRefusal,
} from '../../src/verify/refusals/entra-codes.ts';

describe('refusals of the token endpoint', () => {
  test('are read out of what @azure/identity throws', () => {
    const message =
      "invalid_client: Error(s): 700213 - Timestamp: 2026-08-01 10:00:00Z - Description: AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:a:b'. Please check. https://learn.example/x Trace ID: 11111111-1111-1111-1111-111111111111 Correlation ID: 22222222-2222-2222-2222-222222222222 Timestamp: 2026-08-01 10:00:00Z - Correlation ID: 22222222-2222-2222-2222-222222222222 - Trace ID: 11111111-1111-1111-1111-111111111111";
    expect(aadstsNumbersIn(message)).toEqual([700213]);
    expect(entraAnswerIn(message)).toBe(
      "AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:a:b'. Please check. https://learn.example/x",
    );
  });

  test('a number that only begins like a known one is not taken for it', () => {
    expect(findEntraRefusal(aadstsNumbersIn('AADSTS7002138: x'))?.code).toBe('subject-case-differs');
    expect(findEntraRefusal([70021])?.code).toBe('nothing-trusted');
    expect(findEntraRefusal([1])).toBeUndefined();
    expect(aadstsNumbersIn('no code at all')).toEqual([]);
  });

  test('have one row each, with a cause and a change', () => {
    const numbers = entraRefusals.flatMap((row) => row.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { code, cause, change } of entraRefusals) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(cause).not.toBe('');
      expect(change).not.toBe('');
    }
  });
});
