import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../local-runner/commands.ts';

// Each row follows from TryParseV2 and TryParse in src/Runner.Common/ActionCommand.cs of actions/runner.
const names = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

describe('parseCommand', () => {
  test.each(names)('takes %s in both forms, in any case, and after spaces', (name) => {
    const expected = { name, value: 'x', properties: {} };
    for (const line of [
      `::${name}::x`,
      `  ::${name.toUpperCase()}::x`,
      `##[${name}]x`,
      `text before ##[${name.toUpperCase()}]x`,
    ])
      expect(parseCommand(line)).toEqual(expected);
  });

  test.each([
    ['::add-mask::a%0Ab%0Dc%25d%3Ae', 'add-mask', 'a\nb\rc%d%3Ae', {}],
    ['::error file=a%3Ab%2Cc,line=1::m', 'error', 'm', { file: 'a:b,c', line: '1' }],
    ['::error file=a=b,,title=t ::m', 'error', 'm', { file: 'a=b', title: 't' }],
    ['::error TITLE=t::m', 'error', 'm', { title: 't' }],
    ['::error title=::m', 'error', 'm', {}],
    ['::warning::a::b', 'warning', 'a::b', {}],
    ['::warning::  spaces stay  ', 'warning', '  spaces stay  ', {}],
    ['::debug::##[add-mask]x', 'debug', '##[add-mask]x', {}],
    ['\t::debug::x', 'debug', 'x', {}],
    ['\u00a0::debug::x', 'debug', 'x', {}],
    ['::unknown::##[set-output name=a]b', 'set-output', 'b', { name: 'a' }],
    ['##[set-output name=a%3Bb;x=y]v%5D%3B', 'set-output', 'v];', { name: 'a;b', x: 'y' }],
    ['##[save-state name=n]a%0Ab', 'save-state', 'a\nb', { name: 'n' }],
    ['##[stop-commands]token', 'stop-commands', 'token', {}],
    ['a ] b ##[add-mask]c', 'add-mask', 'c', {}],
    ['%25: ##[add-mask]%250A', 'add-mask', '%0A', {}],
    ['::add-mask::%250A', 'add-mask', '%0A', {}],
  ])('takes %j as %s', (line, name, value, properties) => {
    expect(parseCommand(line)).toEqual({ name, value, properties });
  });

  test.each([
    '',
    ' ',
    'text',
    '::',
    '::::',
    '::add-mask',
    '::add-mask:x',
    ':: add-mask::x',
    ':add-mask::x',
    'a ::add-mask::x',
    '-::add-mask::x',
    '\\::add-mask::x',
    '::addmask::x',
    '::internal-set-repo-path::x',
    '##[]x',
    '##[add-mask',
    '## [add-mask]x',
    '##\\[add-mask]x',
    '#[add-mask]x',
    '##[ add-mask]x',
    '##[unknown]x ##[add-mask]y',
    '##[start-action]x',
    '##add-mask]x',
    '[add-mask]x',
  ])('takes %j as an ordinary line', (line) => {
    expect(parseCommand(line)).toBeUndefined();
  });
});
