import { describe, expect, test } from '@jest/globals';
import {
  entraRefusals,
  findEntraRefusal,
  isEntraOutage,
  readAadstsNumbers,
  readEntraAnswer,
} from '../../src/azure/index.ts';
import { catalogue } from '../../src/errors/index.ts';

describe('readAadstsNumbers', () => {
  test('reads the number and the answer from a message of @azure/identity', () => {
    const message =
      "invalid_client: Error(s): 700213 - Timestamp: 2026-08-01 10:00:00Z - Description: AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:a:b'. Please check. https://learn.example/x Trace ID: 11111111-1111-1111-1111-111111111111 Correlation ID: 22222222-2222-2222-2222-222222222222 Timestamp: 2026-08-01 10:00:00Z - Correlation ID: 22222222-2222-2222-2222-222222222222 - Trace ID: 11111111-1111-1111-1111-111111111111";
    expect(readAadstsNumbers(message)).toEqual([700213]);
    expect(readEntraAnswer(message)).toBe(
      "AADSTS700213: No matching federated identity record found for presented assertion subject 'system:serviceaccount:a:b'. Please check. https://learn.example/x",
    );
  });

  test('returns nothing for a message without a number', () => {
    expect(readAadstsNumbers('no code at all')).toEqual([]);
  });
});

describe('entraRefusals', () => {
  test('has each number once', () => {
    const numbers = entraRefusals.flatMap((refusal) => refusal.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test.each([
    [70025, 'nothing-trusted', 'azure-sign-in-untrusted', 'credential'],
    [7002138, 'subject-case-differs', 'azure-sign-in-untrusted', 'credential'],
    [70023, 'token-lifetime-too-long', undefined, undefined],
    [700223, 'federation-switched-off', 'azure-sign-in-switched-off', undefined],
    [700238, 'federation-switched-off', 'azure-sign-in-switched-off', undefined],
    [50166, 'documents-not-fetched', 'azure-sign-in-issuer-unread', 'documents'],
    [501661, 'documents-not-fetched', 'azure-sign-in-issuer-unread', 'documents'],
  ])('knows AADSTS%d as %s of a workload and %s of the job', (number, workload, signIn, settles) => {
    const refusal = findEntraRefusal([number]);
    expect(refusal?.workload).toBe(workload);
    expect(refusal?.signIn).toBe(signIn);
    expect(refusal?.settles).toBe(settles);
  });

  test('tells a number from one that begins with it', () => {
    expect(findEntraRefusal(readAadstsNumbers('AADSTS7002138: x'))?.workload).toBe('subject-case-differs');
    expect(findEntraRefusal([70021])?.workload).toBe('nothing-trusted');
    expect(findEntraRefusal([1])).toBeUndefined();
  });

  test('has the same transient numbers for the sign-in of the job and for a workload', () => {
    const numbers = entraRefusals.flatMap((refusal) => refusal.numbers);
    const forJob = numbers.filter((number) => isEntraOutage(`AADSTS${number}: x`));
    const forWorkload = numbers.filter((number) => findEntraRefusal([number])?.settles === 'outage');
    expect(forJob).toEqual(forWorkload);
    expect(forJob).toEqual([90024, 90033, 90090, 50033, 90055]);
  });

  test('blames Entra ID, not the user, exactly for what is transient', () => {
    for (const { workload, signIn, settles } of entraRefusals) {
      const codes: readonly string[] = signIn === undefined ? [workload] : [workload, signIn];
      const faults = codes.map((code) => Object.entries(catalogue).find(([known]) => known === code)?.[1]);
      for (const entry of faults)
        expect(entry !== undefined && 'fault' in entry && entry.fault).toBe(
          settles === 'outage' ? 'service' : false,
        );
    }
  });
});
