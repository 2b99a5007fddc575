import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  createCredentialName,
  createJobCredentialName,
  createTemplateGuid,
  credentialNamePattern,
  recognizeCredential,
} from '../../src/identity/credentials/names.ts';
import {
  formatMarkRecord,
  formatMarkTags,
  formatMarkText,
  parseMark,
  parseMarkRecord,
  parseMarkText,
} from '../../src/identity/objects/mark.ts';
import { formatSubject, parseServiceAccount } from '../../src/kubernetes/index.ts';

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const accountName = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$/);
const key = fc.record({
  owner: fc.string({ minLength: 1 }),
  issuer: fc.webUrl(),
  subject: fc.tuple(label, accountName).map(([namespace, name]) => formatSubject({ namespace, name })),
});

describe('names of federated credentials', () => {
  test('are valid for every service account, issuer and owner', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 4e9 }), (one, now) => {
        expect(createCredentialName(one)).toMatch(credentialNamePattern);
        expect(createJobCredentialName(one, now)).toMatch(credentialNamePattern);
      }),
    );
  });

  test('are the same in every run, and differ for another owner, issuer or account', () => {
    const base = {
      owner: 'o/r',
      issuer: 'https://a.example/',
      subject: formatSubject(parseServiceAccount('demo/app')),
    };
    // printf 'o/r\nhttps://a.example/\nsystem:serviceaccount:demo:app' | sha256sum
    expect(createCredentialName(base)).toBe('k8s-demo-app-d55d7c0344979b06');
    const others = [
      { ...base, owner: 'o/s' },
      { ...base, issuer: 'https://a.example' },
      { ...base, subject: formatSubject(parseServiceAccount('demo/app.x')) },
      { ...base, subject: formatSubject(parseServiceAccount('demo-app/x')) },
      { ...base, subject: formatSubject(parseServiceAccount('demo/app-x')) },
    ].map(createCredentialName);
    expect(new Set([createCredentialName(base), ...others]).size).toBe(6);
  });

  test('prove by their content who created them and when', () => {
    fc.assert(
      fc.property(key, key, fc.integer({ min: 0, max: 4e9 }), (one, other, now) => {
        expect(recognizeCredential({ ...one, name: createCredentialName(one) }, one.owner)).toEqual({
          ours: true,
        });
        expect(recognizeCredential({ ...one, name: createJobCredentialName(one, now) }, one.owner)).toEqual({
          ours: true,
          jobSince: now,
        });
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(recognizeCredential({ ...other, name: createCredentialName(one) }, other.owner)).toEqual({
          ours: false,
        });
        expect(
          recognizeCredential({ ...other, name: createJobCredentialName(one, now) }, other.owner),
        ).toEqual({ ours: false });
      }),
    );
  });
});

test('createTemplateGuid returns what guid() of an ARM template returns', () => {
  // uuid.uuid5(uuid.UUID('11fb06fb-712d-4ddd-98c7-e71bbd588830'), 'a-b-c') of Python.
  expect(createTemplateGuid('a', 'b', 'c')).toBe('a98fa280-e03f-5afa-8d8e-92d0a9c201e8');
});

test('a mark is read back from tags, from a record of tags and from text', () => {
  for (const lifetime of [{ kind: 'kept' }, { kind: 'job', since: 1_700_000_000 }] as const) {
    const mark = { owner: 'octo/cluster', lifetime };
    expect(parseMark(formatMarkTags(mark))).toEqual(mark);
    expect(parseMarkRecord(formatMarkRecord(mark))).toEqual(mark);
    expect(parseMarkText(formatMarkText(mark))).toEqual(mark);
  }
  expect(parseMark(['owner:octo/cluster'])).toBeUndefined();
  expect(parseMarkRecord({ owner: 'octo/cluster' })).toBeUndefined();
  expect(parseMarkText('assigned by hand')).toBeUndefined();
});
