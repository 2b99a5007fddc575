import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as chain from '../../src/chain/index.ts';
import { runAction, runPost } from '../support/actions.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { type Workshop, workshop } from '../support/workshop.ts';

let shop: Workshop;
let deps: TestDeps;

beforeEach(() => {
  shop = workshop();
  deps = testDeps({ temporaryDirectory: shop.folder });
});
afterEach(() => shop.remove());

describe('the root action', () => {
  test('highlights no link in its summary if the first link throws', async () => {
    const inputs = { 'service-accounts': 'demo/reader', 'private-key': 'not a key' };
    const { failure, summary } = await runAction(chain, inputs, deps);
    expect(failure?.code).toBe('key-unreadable');
    expect(summary.links).toEqual([]);
  });

  test('highlights the links before a link that throws, and cleans up after them', async () => {
    // Without `issuer-url`, publish-issuer throws before it calls a service.
    const inputs = { 'service-accounts': 'demo/reader', storage: 'none' };
    const { failure, summary, outputs } = await runAction(chain, inputs, deps);
    expect(failure?.code).toBe('invalid-input');
    expect(summary.links).toEqual(['keys']);
    expect(outputs['key-id']).toEqual(expect.any(String));

    await runPost(chain, inputs, deps);
    expect(deps.lines.at(-1)).toContain(String(outputs['private-key-file']));
  });

  test('starts no link without a service account', async () => {
    await expect(runAction(chain, {}, deps)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(deps.lines).toEqual([]);
  });
});
