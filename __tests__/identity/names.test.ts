import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  credentialName,
  credentialNamePattern,
  jobCredentialName,
  recogniseCredential,
  templateGuid,
} from '../../src/identity/credentials/names.ts';
import {
  markOfRecord,
  markOfText,
  markRecord,
  markTags,
  markText,
  parseMark,
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
  test('are legal for every service account that Kubernetes can have, whatever the issuer and the owner', () => {
    fc.assert(
      fc.property(key, fc.integer({ min: 0, max: 4e9 }), (one, now) => {
        expect(credentialName(one)).toMatch(credentialNamePattern);
        expect(jobCredentialName(one, now)).toMatch(credentialNamePattern);
      }),
    );
  });

  test('are the same in every run, and others for another owner, issuer or account', () => {
    const base = {
      owner: 'o/r',
      issuer: 'https://a.example/',
      subject: formatSubject(parseServiceAccount('demo/app')),
    };
    // printf 'o/r\nhttps://a.example/\nsystem:serviceaccount:demo:app' | sha256sum
    expect(credentialName(base)).toBe('k8s-demo-app-d55d7c0344979b06');
    const others = [
      { ...base, owner: 'o/s' },
      { ...base, issuer: 'https://a.example' },
      { ...base, subject: formatSubject(parseServiceAccount('demo/app.x')) },
      { ...base, subject: formatSubject(parseServiceAccount('demo-app/x')) },
      { ...base, subject: formatSubject(parseServiceAccount('demo/app-x')) },
    ].map(credentialName);
    expect(new Set([credentialName(base), ...others]).size).toBe(6);
  });

  test('prove by their content who made them, and how long ago', () => {
    fc.assert(
      fc.property(key, key, fc.integer({ min: 0, max: 4e9 }), (one, other, now) => {
        expect(recogniseCredential(credentialName(one), one)).toEqual({ ours: true });
        expect(recogniseCredential(jobCredentialName(one, now), one)).toEqual({ ours: true, jobSince: now });
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(recogniseCredential(credentialName(one), other)).toEqual({ ours: false });
        expect(recogniseCredential(jobCredentialName(one, now), other)).toEqual({ ours: false });
      }),
    );
  });
});

test('templateGuid gives what guid() of an ARM template gives: UUID version 5 in its namespace', () => {
  // uuid.uuid5(uuid.UUID('11fb06fb-712d-4ddd-98c7-e71bbd588830'), 'a-b-c') of Python.
  expect(templateGuid('a', 'b', 'c')).toBe('a98fa280-e03f-5afa-8d8e-92d0a9c201e8');
});

test('a mark is read back from tags, from a record of tags and from a sentence', () => {
  for (const lifetime of [{ kind: 'kept' }, { kind: 'job', since: 1_700_000_000 }] as const) {
    const mark = { owner: 'octo/cluster', lifetime };
    expect(parseMark(markTags(mark))).toEqual(mark);
    expect(markOfRecord(markRecord(mark))).toEqual(mark);
    expect(markOfText(markText(mark))).toEqual(mark);
  }
  expect(parseMark(['owner:octo/cluster'])).toBeUndefined();
  expect(markOfRecord({ owner: 'octo/cluster' })).toBeUndefined();
  expect(markOfText('assigned by hand')).toBeUndefined();
});
