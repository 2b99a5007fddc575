import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lexer, type Tokens } from 'marked';
import { loadDefinitions } from '../../src/actions/registry.ts';
import { entraRefusals } from '../../src/azure/index.ts';
import { catalogue, type ErrorCode, type ErrorEntry, placeholder, sections } from '../../src/errors/index.ts';
import { checkIds } from '../../src/verify/check-ids.ts';

const entries = Object.entries<ErrorEntry>(catalogue).map(([code, entry]) => ({ code, ...entry }));
const definitions = (await loadDefinitions()).map(({ definition }) => definition);

describe('error catalogue', () => {
  test('has every code in one section only', () => {
    const codes = sections.flatMap(({ errors }) => Object.keys(errors));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });

  test('has a message of one line and a hint for every code', () => {
    const wrong = entries.filter(
      ({ message, hint }) => message === '' || message.includes('\n') || hint === '',
    );
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });

  test('lists every AADSTS number of the table under the code that the workload gets', () => {
    const missing = entraRefusals.flatMap(({ numbers, workload }) => {
      const { sees = [] }: ErrorEntry = catalogue[workload];
      return numbers.filter(
        (number) => !sees.some((text) => new RegExp(`AADSTS${number}(?!\\d)`).test(text)),
      );
    });
    expect(missing).toEqual([]);
  });

  test('names only inputs, outputs, actions, checks and codes that exist in its hints', () => {
    const known = new Set<string>([
      ...definitions.flatMap(({ name, inputs, outputs }) => [
        name,
        ...Object.keys(inputs),
        ...Object.keys(outputs),
      ]),
      ...checkIds,
      ...Object.keys(catalogue),
      'id-token',
      'runs-on',
      'us-government',
      'azure-static-website',
      'managed-identity',
    ]);
    const named = entries.flatMap(({ code, hint }) =>
      [...hint.matchAll(/`([a-z]+(?:-[a-z]+)+)(?:: \S+)?`/g)].map(([, name = '']) => ({ code, name })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  test('uses placeholders that the page can show as <name>', () => {
    const odd = entries.filter(({ message, hint }) =>
      [...`${message} ${hint}`.matchAll(placeholder)].some(([, name = '']) => !/^[a-z][a-zA-Z]*$/.test(name)),
    );
    expect(odd.map(({ code }) => code)).toEqual([]);
  });
});

describe('docs/troubleshooting.md', () => {
  const rows = lexer(readFileSync('docs/troubleshooting.md', 'utf8'))
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap((table) => table.rows.map((row) => row.map(({ text }) => text)));

  test('has one row for every code of the catalogue', () => {
    const codes = rows.map((row) => row.at(-1)?.replaceAll('`', '') as ErrorCode);
    expect(codes.toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });
});
