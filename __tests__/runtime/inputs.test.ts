import { describe, expect, test } from '@jest/globals';
import { choice, duration, flag, lines, parseInputs, text } from '../../src/runtime/index.ts';

const declared = {
  'issuer-url': text({ description: 'the issuer', required: true }),
  'private-key': text({ description: 'a key', secret: true }),
  timeout: duration({ description: 'how long', default: '5m' }),
  plan: flag({ description: 'dry run', default: 'false' }),
  identity: choice({
    description: 'kind',
    options: ['application', 'managed-identity'],
    default: 'application',
  }),
  arguments: lines({ description: 'more' }),
};
const parse = (given: Record<string, string>, mask = (_: string) => {}) =>
  parseInputs(declared, (name) => given[name], mask);

describe('parseInputs', () => {
  test('gives camel-cased, typed values with defaults in seconds and absent optional inputs undefined', () => {
    expect(parse({ 'issuer-url': ' https://a/ ', timeout: '90s', arguments: 'a\n\n  b ' })).toEqual({
      issuerUrl: 'https://a/',
      timeout: 90,
      plan: false,
      identity: 'application',
      arguments: ['a', 'b'],
    });
  });

  test('reports all faults at once, each with its input and what to write instead', () => {
    expect(() => parse({ timeout: 'soon', plan: 'yes', identity: 'app' })).toThrow(
      /`issuer-url` is missing: the issuer\ninput `timeout` is "soon": write a duration[^\n]+\ninput `plan` is "yes": write true or false\ninput `identity` is "app": write one of application, managed-identity/,
    );
  });

  test('masks a secret before it is parsed, and never shows it in a fault', () => {
    const masked: string[] = [];
    parse({ 'issuer-url': 'x', 'private-key': 'hush' }, (secret) => masked.push(secret));
    expect(masked).toEqual(['hush']);
  });
});
