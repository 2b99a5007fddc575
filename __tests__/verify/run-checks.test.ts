import { describe, expect, test } from '@jest/globals';
import { FederationError } from '../../src/errors/index.ts';
import type { Check } from '../../src/verify/check.ts';
import type { CheckId } from '../../src/verify/check-ids.ts';
import type { Context } from '../../src/verify/context.ts';
import { CheckFailedError } from '../../src/verify/refusals/check-failed-error.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import { testDeps } from '../support/deps.ts';

function check(id: CheckId, run: () => Promise<never> | undefined, reliesOn: readonly CheckId[] = []): Check {
  return { id, title: id, reliesOn, lookedAt: () => '', run: async () => (await run()) ?? { found: 'fine' } };
}

async function run(
  checks: readonly Check[],
  continueOnBroken: boolean,
  selected: readonly CheckId[] = checks.map(({ id }) => id),
) {
  const deps = testDeps();
  const options = { selected, continueOnBroken };
  // The checks of these tests look at nothing else.
  const results = await runChecks(checks, options, { deps } as unknown as Context);
  return Object.fromEntries(
    results.map((result) => [
      result.id,
      result.status === 'failed'
        ? result.diagnosis.code
        : result.status === 'skipped'
          ? result.reason
          : 'passed',
    ]),
  );
}

const passes = () => undefined;
const fails = async () => {
  throw new CheckFailedError('pod-label-missing', {});
};

describe('runChecks', () => {
  test('skips everything after the first broken link', async () => {
    expect(await run([check('token', fails), check('pod', passes)], false)).toEqual({
      token: 'pod-label-missing',
      pod: 'skipped because token failed',
    });
  });

  test('fails a check that is named and does not apply, and skips it if all checks are selected', async () => {
    const skips: Check = { ...check('key-files', passes), run: async () => ({ skipped: 'no files' }) };
    const checks = [check('token', passes), skips];
    expect(await run(checks, false)).toEqual({ token: 'passed', 'key-files': 'no files' });
    expect(await run(checks, false, ['key-files'])).toEqual({
      token: 'not selected in `checks`',
      'key-files': 'check-skipped',
    });
  });

  test('with continueOnBroken, skips only what relies on a broken link, however indirectly', async () => {
    const checks = [
      check('published-jwks', fails),
      check('token', passes, ['published-jwks']),
      check('service-account', passes),
      check('pod', passes, ['token']),
    ];
    expect(await run(checks, true)).toEqual({
      'published-jwks': 'pod-label-missing',
      token: 'skipped because published-jwks failed',
      'service-account': 'passed',
      pod: 'skipped because published-jwks failed',
    });
  });

  test('counts an error that two checks meet once, whatever its class', async () => {
    const unreadable = new FederationError('kubeconfig-unreadable', { file: 'x', problem: 'y' });
    const meets = async () => {
      throw unreadable;
    };
    expect(await run([check('cluster-issuer', meets), check('webhook-ready', meets)], true)).toEqual({
      'cluster-issuer': 'kubeconfig-unreadable',
      'webhook-ready': 'same cause as cluster-issuer',
    });
  });

  test('reports an unknown error as a bug', async () => {
    const breaks = async () => {
      throw new TypeError('x is not a function');
    };
    expect(await run([check('pod', breaks)], false)).toEqual({ pod: 'check-impossible' });
  });
});
