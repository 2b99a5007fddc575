import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import * as verify from '../../src/verify/index.ts';
import type { Report } from '../../src/verify/report/report.ts';
import { runAction } from '../support/actions.ts';
import { buildChain } from '../support/chain.ts';
import { clusterRows } from './misconfigurations/cluster.ts';
import { discoveryRows } from './misconfigurations/documents.ts';
import { credentialRows, exchangeRows } from './misconfigurations/identity.ts';
import { jwksRows, oddKeySets } from './misconfigurations/jwks.ts';
import { keyRows } from './misconfigurations/keys.ts';
import { annotationRows } from './misconfigurations/service-account.ts';
import { vaultRows } from './misconfigurations/vault.ts';
import { webhookRows } from './misconfigurations/webhook.ts';
import { World } from './misconfigurations/world.ts';

const rows = [
  ...keyRows,
  ...discoveryRows,
  ...jwksRows,
  ...clusterRows,
  ...annotationRows,
  ...credentialRows,
  ...webhookRows,
  ...exchangeRows,
  ...vaultRows,
];

// One cluster and one Azure emulator for all rows.
let world: World;
beforeAll(async () => {
  world = new World(await buildChain());
}, 120_000);
afterEach(() => world.restore());
afterAll(() => world.chain.close());

function verifyWith(inputs: Readonly<Record<string, string>> = {}) {
  return runAction(verify, { ...world.chain.inputs, ...inputs }, world.deps());
}

describe('verify-pod', () => {
  test.each(rows)('reports $code at $at if $what', async ({ how, at, code, advice }) => {
    const changed = await how(world);
    const { outputs, failure } = await verifyWith(changed);
    expect([outputs['failed-check'], failure?.code]).toEqual([at, code]);
    expect(failure?.hint).toMatch(advice);
    expect(failure?.fault).not.toBe('bug');
  });

  test.each(oddKeySets)('passes with a remark if the JWKS also contains $what', async ({ keys, remark }) => {
    await world.keys(keys);
    const { outputs, failure } = await verifyWith();
    expect(failure?.message).toBeUndefined();
    const report = readFileSync(String(outputs['report-file']), 'utf8');
    const { checks } = JSON.parse(report) as Report;
    const evidence = checks.find(({ id }) => id === 'published-jwks')?.evidence;
    expect(evidence).toContainEqual({ label: 'remark', value: expect.stringMatching(remark) });
  });
});

test('every row restores what it broke, so that the chain works afterwards', async () => {
  const { outputs } = await verifyWith();
  expect(outputs).toMatchObject({ result: 'pass', 'failed-check': '' });
});

test('the rows cover every check that a misconfiguration can break, and no row appears twice', () => {
  expect(rows.length).toBeGreaterThanOrEqual(40);
  expect(new Set(rows.map(({ what }) => what)).size).toBe(rows.length);
  const covered = new Set(rows.map(({ at }) => at));
  // Only a node can break the last link: __tests__/real-clusters has those tests.
  expect([...covered].sort()).toEqual(
    [
      'key-files',
      'discovery-document',
      'published-jwks',
      'cluster-issuer',
      'cluster-key',
      'token',
      'service-account',
      'federated-credential',
      'webhook-ready',
      'pod-mutated',
      'token-exchange',
      'key-vault-read',
    ].sort(),
  );
});
