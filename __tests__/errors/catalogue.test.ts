import { describe, expect, test } from '@jest/globals';
import { catalogue, errorCode, errorMessage, FederationError, sections } from '../../src/errors/index.ts';

describe('the catalogue', () => {
  test('has each code once', () => {
    const codes = sections.flatMap(({ errors }) => Object.keys(errors));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.sort()).toEqual(Object.keys(catalogue).sort());
  });

  test('has codes in kebab case', () => {
    expect(Object.keys(catalogue).filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });
});

describe('FederationError', () => {
  test('fills the values into the message and the hint of its entry', () => {
    const error = new FederationError('program-not-started', {
      name: 'etcd',
      problem: 'ENOENT',
      command: '/bin/etcd',
    });
    expect(error.message).toBe('failed to start etcd: ENOENT');
    expect(error.hint).toContain('/bin/etcd');
    expect(error).toMatchObject({ code: 'program-not-started', fault: 'user' });
  });

  test('has the fault of its entry', () => {
    expect(new FederationError('program-not-stopped', { name: 'etcd', pid: 1 }).fault).toBe('service');
    expect(new FederationError('state-invalid', { name: 'removal', problem: '' }).fault).toBe('bug');
  });

  test('does not compile with an unknown code, or without a value', () => {
    // @ts-expect-error: the code is misspelled
    const misspelled = () => new FederationError('canceled', { signal: 'SIGINT' });
    // @ts-expect-error: the value has another name
    const incomplete = () => new FederationError('cancelled', { reason: 'SIGINT' });
    const cancelled = new FederationError('cancelled', { signal: 'SIGINT' });
    // @ts-expect-error: no error has this code
    const compared = () => (cancelled as FederationError).code === 'canceled';
    expect([misspelled, incomplete, compared]).toHaveLength(3);
  });

  test('shows details below its message, and advice below its hint', () => {
    const { hint } = new FederationError('cancelled', { signal: 'SIGINT' });
    const error = new FederationError('cancelled', { signal: 'SIGINT' })
      .addDetails(['a log line'])
      .addAdvice(['another hint']);
    expect(error.message).toMatch(/\(SIGINT\)\na log line$/);
    expect(error.hint).toBe(`${hint}\nanother hint`);
  });
});

describe('errorMessage', () => {
  test('shows why fetch failed', () => {
    const cause = new AggregateError([new Error('ECONNREFUSED ::1'), new Error('ECONNREFUSED 127.0.0.1')]);
    expect(errorMessage(new TypeError('fetch failed', { cause }))).toBe(
      'ECONNREFUSED ::1; ECONNREFUSED 127.0.0.1',
    );
  });

  test('accepts anything that was thrown', () => {
    expect(errorMessage('text')).toBe('text');
    expect(errorMessage(undefined)).toBe('undefined');
  });
});

describe('errorCode', () => {
  test('returns the code of an error of the catalogue or of the system', () => {
    expect(errorCode(new FederationError('cancelled', { signal: 'SIGINT' }))).toBe('cancelled');
    expect(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(errorCode(new Error('x'))).toBeUndefined();
  });
});
