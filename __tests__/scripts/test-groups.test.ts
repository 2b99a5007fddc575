import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { decide, parseLeftOut } from '../../scripts/test-groups.ts';
import { workshop } from '../support/workshop.ts';

const shop = workshop();
afterAll(() => shop.remove());

describe('decide', () => {
  const blocked = { name: 'browser', findObstacle: () => 'no browser is on PATH.' };

  test('runs a group without obstacles', () => {
    expect(decide({ name: 'unit' }, { leftOut: [], ci: true })).toEqual({ verdict: 'run' });
  });

  test('leaves out a group that cannot run on a developer machine, and says why', () => {
    const decision = decide(blocked, { leftOut: [], ci: false });
    expect(decision).toEqual({ verdict: 'leave-out', reason: 'no browser is on PATH.' });
  });

  test('fails a group that cannot run on CI, and names the variable that leaves it out', () => {
    const decision = decide(blocked, { leftOut: [], ci: true });
    expect(decision).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('no browser') });
    expect(decision).toHaveProperty('reason', expect.stringContaining('TEST_GROUPS_LEFT_OUT=browser'));
  });

  test('leaves out a listed group on CI without looking for obstacles', () => {
    const group = { name: 'browser', findObstacle: () => expect(true).toBe(false) as never };
    expect(decide(group, { leftOut: ['browser'], ci: true })).toHaveProperty('verdict', 'leave-out');
  });
});

describe('parseLeftOut', () => {
  test('splits a list with commas and drops blanks', () => {
    expect(parseLeftOut(' e2e, browser,', ['unit', 'e2e', 'browser'])).toEqual(['e2e', 'browser']);
    expect(parseLeftOut(undefined, ['unit'])).toEqual([]);
  });

  test('rejects an unknown group', () => {
    expect(() => parseLeftOut('brwser', ['browser'])).toThrow('unknown groups: brwser');
  });
});

describe('scripts/test.ts', () => {
  /** Runs only the group `real-clusters`, on a PATH without Docker. */
  function runWithoutDocker(env: NodeJS.ProcessEnv) {
    const countsFile = shop.path('counts');
    const { status, stdout } = spawnSync(process.execPath, ['scripts/test.ts'], {
      encoding: 'utf8',
      env: {
        PATH: shop.folder,
        TEST_GROUPS_LEFT_OUT: 'unit,emulator,e2e,browser',
        TEST_COUNTS_FILE: countsFile,
        ...env,
      },
    });
    return { status, stdout, counts: readFileSync(countsFile, 'utf8') };
  }

  test('counts a group that cannot run as failed with CI=true', () => {
    const { status, stdout, counts } = runWithoutDocker({ CI: 'true' });
    expect(stdout).toContain('FAILED: real-clusters: docker is not installed.');
    expect(counts).toBe('0 passed, 1 failed\n');
    expect(status).toBe(1);
  });

  test('leaves a group that cannot run out without CI, and says how to get it', () => {
    const { stdout, counts } = runWithoutDocker({});
    expect(stdout).toContain('LEFT OUT: real-clusters: docker is not installed. Install Docker');
    expect(counts).toBe('0 passed, 0 failed\n');
  });
});

describe('jest.config.js', () => {
  test('lets a plain `jest` select a project, without the flags that ES modules need', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--selectProjects=browser', '--listTests'],
      { encoding: 'utf8' },
    );
    expect(status).toBe(0);
    const files = stdout.split('\n').filter((line) => line.startsWith('/'));
    expect(files.map((file) => dirname(file))).toEqual([join(process.cwd(), '__tests__', 'browser')]);
  });
});
