import { describe, expect, test } from '@jest/globals';
import { type Prose, readCatalogue, readDescriptions, readPages, readSources } from './prose.ts';
import { findViolations } from './style-rules.ts';

/** Parts of texts in which the emulator imitates Azure word for word. */
const textsOfAzure = ["with object id 'VALUE' does not have authorization"];

const list = (prose: readonly Prose[]) =>
  findViolations(prose.filter(({ text }) => !textsOfAzure.some((part) => text.includes(part)))).map(
    ({ where, rule, found }) => `${where}: ${rule}: … ${found} …`,
  );

describe('style', () => {
  test('Markdown pages keep the rules', () => {
    expect(list(readPages())).toEqual([]);
  });

  test('descriptions of inputs and outputs keep the rules', async () => {
    expect(list(await readDescriptions())).toEqual([]);
  });

  test('the error catalogue keeps the rules', () => {
    expect(list(readCatalogue())).toEqual([]);
  });

  test.each(['src', 'emulator', 'demo', 'local-runner', 'scripts', 'bench'])(
    'texts and comments in %s keep the rules',
    (folder) => {
      expect(list(readSources(folder))).toEqual([]);
    },
  );

  test('titles of tests and comments in them keep the rules', () => {
    const prose = readSources('__tests__').filter(({ kind }) => kind !== 'text');
    expect(list(prose)).toEqual([]);
  });
});
