import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { V1Pod } from '@kubernetes/client-node';
import { list } from '../../src/kubernetes/index.ts';
import { renderSummary } from '../../src/runtime/index.ts';
import { checkIds } from '../../src/verify/check.ts';
import * as verify from '../../src/verify/index.ts';
import type { Report } from '../../src/verify/report.ts';
import { runAction } from '../support/actions.ts';
import { account, buildChain, type Chain } from '../support/chain.ts';

let chain: Chain;
beforeAll(async () => {
  chain = await buildChain();
}, 120_000);
afterAll(() => chain.close());

async function check(inputs: Record<string, string> = {}) {
  const deps = chain.deps();
  const started = performance.now();
  const result = await runAction(verify, { ...chain.inputs, ...inputs }, deps);
  const seconds = (performance.now() - started) / 1000;
  const text = readFileSync(String(result.outputs['report-file']), 'utf8');
  return { ...result, seconds, deps, text, report: JSON.parse(text) as Report };
}

const statusOf = (report: Report) => Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));

describe('a whole chain', () => {
  test('passes every check, within three seconds', async () => {
    const { outputs, report, seconds, failure, summary } = await check();
    expect(statusOf(report)).toEqual(Object.fromEntries(checkIds.map((id) => [id, 'passed'])));
    expect(outputs).toMatchObject({ result: 'pass', 'failed-check': '', diagnosis: '' });
    expect(failure).toBeUndefined();
    expect(summary.links).toEqual(['keys', 'issuer', 'cluster', 'identity', 'webhook', 'pod']);
    expect(seconds).toBeLessThan(3);
  });

  test('says plainly where the workload ran, and leaves no pod behind', async () => {
    const { report } = await check({ checks: 'pod' });
    expect(report.checks.at(-1)?.evidence).toContainEqual({
      label: 'workload ran',
      value: 'on this runner: an embedded cluster has no nodes',
    });
    const pods = await list<V1Pod>(
      chain.api,
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: account.namespace },
    );
    expect(pods).toEqual([]);
  });

  test('shows no token and no secret: not in the report, the outputs, the summary or the log', async () => {
    const { text, outputs, summary, deps } = await check();
    const shown = [text, JSON.stringify(outputs), renderSummary(summary), ...deps.lines].join('\n');
    const tokens = deps.masked.filter((secret) => secret.startsWith('eyJ'));
    expect(tokens.length).toBeGreaterThanOrEqual(3);
    expect(deps.masked).toContain('Hello from the vault!');
    for (const secret of deps.masked) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/eyJ[\w-]{20}/);
  });

  test('exchanges a token that is bound to the stored pod', async () => {
    const { deps } = await check({ checks: 'pod' });
    const claims = deps.masked
      .filter((secret) => secret.startsWith('eyJ'))
      .map((token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
    const bound = claims.find((claim) => claim['kubernetes.io']?.pod !== undefined);
    expect(bound).toMatchObject({
      aud: ['api://AzureADTokenExchange'],
      sub: `system:serviceaccount:${account.namespace}:${account.name}`,
      'kubernetes.io': { pod: { name: expect.stringMatching(/^federation-verify-/) } },
    });
  });

  test('can be checked in part, each check alone as well', async () => {
    for (const id of checkIds) {
      const { report, failure } = await check({ checks: id });
      expect([id, failure?.message]).toEqual([id, undefined]);
      expect(Object.entries(statusOf(report)).filter(([, status]) => status === 'passed')).toEqual([
        [id, 'passed'],
      ]);
    }
  });
});

describe('a broken chain', () => {
  test('fails at the first broken link with cause and change, and does not go on', async () => {
    const { outputs, report, failure } = await check({ 'pod-labels': 'app=x' });
    expect(outputs['failed-check']).toBe('pod-mutated');
    expect(outputs.diagnosis).toMatch(/lacks the label azure.workload.identity\/use/);
    expect(failure).toMatchObject({ code: 'pod-label-missing', hint: expect.stringContaining('"true"') });
    expect(report.checks.find(({ id }) => id === 'token-exchange')).toMatchObject({
      status: 'skipped',
      found: 'the chain is broken before, at pod-mutated',
    });
  });
});
