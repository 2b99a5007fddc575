import { describe, expect, test } from '@jest/globals';
import { readPage } from './prose.ts';
import { findViolations, styleRules } from './style-rules.ts';

const check = (text: string) =>
  findViolations([{ where: 'sample', kind: 'description', text }]).map(({ rule }) => rule);

const examples: readonly (readonly [string, string])[] = [
  ['one a line', 'Key IDs to remove, one a line.'],
  ['one a line', 'Checks to run, an ID a line.'],
  ['anew', 'The cluster is started anew.'],
  ['make … new', 'Without it each run makes a new key.'],
  ['take out, take away', 'Publishers take expired keys out.'],
  ['take out, take away', 'The post step takes away what it created.'],
  ['somebody, nobody, whoever', 'Whoever holds the key can impersonate everybody.'],
  ['stranger', 'Reads both documents as a stranger would.'],
  ['is due', 'A private key is due.'],
  ['is there', 'Deletes a cluster that is there.'],
  ['as far as', 'Runs the other checks as far as possible.'],
  ['bring about', 'Bring it about.'],
  ['go on', 'Other jobs go on.'],
  ['white space', 'The issuer ends with white space.'],
  ['by hand', 'Create the account by hand.'],
  ['emulated Azure', 'Runs against an emulated tenant.'],
  ['id', 'The key id of the key.'],
  ['where for if', 'The default container, where none is given.'],
  ['is no, has none', 'The service account is no member.'],
  ['archaisms', 'The owner thereof stands beside it.'],
  ['more than 25 words', `The ${'very '.repeat(24)}long.`],
  ['a chain of semicolons', 'Creates it; checks it; deletes it.'],
];

describe('findViolations', () => {
  test.each(examples)('finds "%s" in: %s', (rule, text) => {
    expect(check(text)).toContain(rule);
  });

  test.each([
    'Key IDs to remove from the JWKS, one per line.',
    'Tokens are no longer accepted, due to the outage.',
    'Takes 12 s. Out of 20 jobs, one fails.',
    `The ${'very '.repeat(23)}long. A second sentence.`,
    'There is no client secret.',
    'The folder in which the files are. Where to write the report; the folder must exist.',
    'Whether to delete and recreate an existing cluster of the same name.',
  ])('finds nothing in: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  test('is tested with an example of every rule', () => {
    const names = examples.map(([rule]) => rule);
    expect(styleRules.filter(({ name }) => !names.includes(name))).toEqual([]);
  });
});

describe('readPage', () => {
  test('returns paragraphs, items and cells, without code and comments', () => {
    const page =
      '# Title\n\nUse `x id` [here](y).\n\n```yaml\nid: 1\n```\n\n- item\n\n| a | b |\n| - | - |\n| c | d |\n';
    const texts = readPage('page.md', `${page}\n<!-- id -->\n`).map(({ text }) => text);
    expect(texts).toEqual(['Title', 'Use CODE here.', 'item', 'a', 'b', 'c', 'd']);
  });
});
