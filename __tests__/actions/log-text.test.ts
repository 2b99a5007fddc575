import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommand } from '../../local-runner/commands.ts';
import { neutralizeCommands } from '../../src/actions/log-text.ts';

// What .NET skips when it compares by culture.
const skipped = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** The commands that a runner finds in a text, whether it compares by character or by culture, and wherever lines end. */
function findCommands(text: string) {
  return text
    .split(/[\r\n\v\f\u0085\u2028\u2029]/u)
    .flatMap((line) => [line, line.replace(skipped, '')])
    .map(parseCommand)
    .filter((found) => found !== undefined);
}

describe('neutralizeCommands', () => {
  test.each([
    '##[stop-commands]x',
    'renames the application ##[add-mask]x',
    '::add-mask::x',
    '  ::save-state name=a::b',
    'text\r::set-output name=a::b',
    'text\r\n::set-output name=a::b',
    'text\u2028::set-output name=a::b',
    'text\u2029##[save-state name=a]b',
    '#\u200d#[stop-commands]x',
    '#\u00ad#\u2060[stop-commands]x',
    '\u200b::add-mask::x',
    ':\u200d:add-mask::x',
    '###[add-mask]x',
  ])('leaves no command in %j', (text) => {
    expect(findCommands(text)).not.toEqual([]);
    expect(findCommands(neutralizeCommands(text))).toEqual([]);
  });

  test.each([
    '',
    'Created the application "a"',
    'a::b',
    '  indented',
    '\u001b[32mgreen\u001b[0m',
    '# [x]',
    'a\nb',
    '[::1]:443',
  ])('does not change %j', (text) => {
    expect(neutralizeCommands(text)).toBe(text);
  });

  test('leaves no command in any text', () => {
    const piece = fc.constantFrom(
      ...[
        '#',
        '##',
        '[',
        '##[',
        ':',
        '::',
        'add-mask',
        'stop-commands',
        ']',
        ' ',
        '\t',
        '\r',
        '\n',
        '\u2028',
      ],
      ...['\u200d', '\u2060', '\ufe0f', '\\', 'x', 'name=a', '%0A', '\0'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        expect(findCommands(neutralizeCommands(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
