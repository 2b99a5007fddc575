import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lexer, type Tokens } from 'marked';
import { loadDefinitions } from '../../src/actions/registry.ts';
import { entraRefusals } from '../../src/azure/index.ts';
import { checkIds } from '../../src/verify/check-ids.ts';

const actions = await loadDefinitions();

interface Row {
  readonly seen: string;
  readonly change: string;
  readonly codes: readonly string[];
}

const cells = lexer(readFileSync('docs/troubleshooting.md', 'utf8'))
  .filter((token): token is Tokens.Table => token.type === 'table')
  .flatMap((table) => table.rows.map((row) => row.map(({ text }) => text)));
const rows = cells.map(
  ([seen = '', , change = '', codes = '']): Row => ({ seen, change, codes: quotedIn(codes) }),
);
const documented = [...new Set(rows.flatMap(({ codes }) => codes))];
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join('src', file), 'utf8'))
  .join('\n');
const given = [...new Set(codesIn(sources))].map(patternOf);

describe('docs/troubleshooting.md', () => {
  test('has a row for every AADSTS number that the diagnosis knows, with the code that it gives', () => {
    const missing = entraRefusals.flatMap(({ numbers, workload: code }) =>
      numbers.filter(
        (number) =>
          !rows.some(
            ({ seen, codes }) => new RegExp(`AADSTS${number}(?!\\d)`).test(seen) && codes.includes(code),
          ),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('names only codes that the sources give', () => {
    const isGiven = (code: string) =>
      sources.includes(`'${code}'`) || given.some((pattern) => pattern.test(code));
    expect(documented.filter((code) => !isGiven(code))).toEqual([]);
  });

  test('has every code that the sources give', () => {
    const missing = given.filter((pattern) => !documented.some((code) => pattern.test(code)));
    expect(missing.map(({ source }) => source)).toEqual([]);
  });

  test('advises only inputs that some action has', () => {
    const known = new Set<string>([
      ...actions.flatMap(({ definition }) => Object.keys(definition.inputs)),
      ...actions.flatMap(({ definition }) => Object.keys(definition.outputs)),
      ...actions.map(({ definition }) => definition.name),
      ...checkIds,
    ]);
    const advised = rows
      .flatMap(({ change }) => quotedIn(change))
      .map((text) => /^([a-z]+(?:-[a-z]+)+)(?:: \S+)?$/.exec(text)?.[1])
      .filter((name) => name !== undefined);
    expect(advised.length).toBeGreaterThan(50);
    expect(advised.filter((name) => !known.has(name))).toEqual([]);
  });

  test('fills all four cells of every row', () => {
    expect(cells.length).toBeGreaterThan(100);
    expect(cells.filter((row) => row.length !== 4 || row.includes(''))).toEqual([]);
  });
});

/** What stands between backticks. */
function quotedIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

/** A literal matches itself, `credential-${field}-differs` every field. */
function patternOf(code: string): RegExp {
  return new RegExp(`^${code.replaceAll(/\$\{\w+\}/g, '[a-z-]+')}$`);
}

function codesIn(source: string): string[] {
  // A property `code`, also with a choice on the lines below it.
  const properties = [...source.matchAll(/\bcode: [^\n]*(?:\n\s*[?:] [^\n]*)*/g)];
  const literals = properties.flatMap(([text]) =>
    [...text.matchAll(/['`]([a-z]+(?:-(?:[a-z]+|\$\{\w+\}))+)['`]|['`](\$\{\w+\}(?:-[a-z]+)+)['`]/g)].map(
      ([, literal, template]) => literal ?? template ?? '',
    ),
  );
  const makers =
    /(?:new IssuerVerificationError\(\s*\w+,|\b(?:broken|mismatch|fail)\()\s*'([a-z]+(?:-[a-z]+)+)'/g;
  const comparisons = /\bcompare\(\s*'([a-z]+(?:-[a-z]+)*-differs)'/g;
  return [
    ...literals,
    ...[makers, comparisons].flatMap((pattern) => [...source.matchAll(pattern)].map(([, code = '']) => code)),
  ];
}
