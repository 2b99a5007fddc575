import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseCommandFile } from '../../local-runner/commands.ts';
import { Job, type LogLine } from '../../local-runner/job.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'job-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function job(lines: LogLine[] = []): Job {
  return new Job({
    actions: join(folder, 'repo'),
    directory: join(folder, 'job'),
    env: { PATH: process.env.PATH },
    onLine: (line) => lines.push(line),
  });
}

function writeAction(name: string, program: string): void {
  const action = join(folder, 'repo', name);
  mkdirSync(action, { recursive: true });
  writeFileSync(
    join(action, 'action.yml'),
    'inputs:\n  colour-name: {default: red}\n  size: {}\nruns: {using: node24, main: main.cjs, post: main.cjs}\n',
  );
  writeFileSync(join(action, 'main.cjs'), `const fs = require('node:fs');\n${program}`);
}

describe('Job', () => {
  test('passes inputs with their defaults and reads outputs, also multiline ones', async () => {
    writeAction(
      'a',
      "fs.appendFileSync(process.env.GITHUB_OUTPUT, 'seen=' + process.env['INPUT_COLOUR-NAME'] + '\\nlong<<END\\na\\nb\\nEND\\n');",
    );
    const result = await job().step('first', 'a', { size: '3' });
    expect(result).toMatchObject({ outcome: 'success', outputs: { seen: 'red', long: 'a\nb' } });
  });

  test('masks a secret and each of its lines in log and summary', async () => {
    writeAction(
      'a',
      "console.log('::add-mask::line-one%0Aline-two'); console.log('say line-two'); fs.appendFileSync(process.env.GITHUB_STEP_SUMMARY, 'x line-one');",
    );
    const lines: LogLine[] = [];
    const result = await job(lines).step('first', 'a', {});
    expect(lines.map(({ text }) => text)).toEqual(['say ***']);
    expect(result.summary).toBe('x ***');
  });

  test('runs post steps in reverse order with their saved state, also those of failed steps', async () => {
    const program =
      "if (process.env.STATE_who) console.log('post ' + process.env.STATE_who); else { fs.appendFileSync(process.env.GITHUB_STATE, 'who=' + process.env.INPUT_SIZE + '\\n'); process.exitCode = Number(process.env.INPUT_SIZE) - 1; }";
    writeAction('a', program);
    const lines: LogLine[] = [];
    const running = job(lines);
    expect((await running.step('one', 'a', { size: '1' })).outcome).toBe('success');
    expect((await running.step('two', 'a', { size: '2' })).outcome).toBe('failure');
    await running.finish();
    expect(lines.map(({ text }) => text)).toEqual(['post 2', 'post 1']);
  });

  test('passes exported variables to later steps and rejects an undeclared input', async () => {
    writeAction('a', "fs.appendFileSync(process.env.GITHUB_ENV, 'COLOUR=blue\\n');");
    writeAction('b', 'console.log(process.env.COLOUR);');
    const lines: LogLine[] = [];
    const running = job(lines);
    await running.step('one', 'a', {});
    await running.step('two', 'b', {});
    expect(lines.map(({ text }) => text)).toEqual(['blue']);
    await expect(running.step('three', 'b', { colour: 'red' })).rejects.toThrow('has no input "colour"');
  });
});

describe('parseCommandFile', () => {
  test('rejects a block that does not end', () => {
    expect(() => parseCommandFile('key<<END\nvalue\n')).toThrow('does not end with END');
  });
});
