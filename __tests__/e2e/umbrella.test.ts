import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Job, type LogLine } from '../../local-runner/job.ts';

let directory: string;
let log: LogLine[];
let job: Job;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'umbrella-'));
  log = [];
  const { PATH, HOME } = process.env;
  job = new Job({ actions: '.', directory, env: { PATH, HOME }, onLine: (line) => log.push(line) });
});

afterEach(async () => {
  await job.finish();
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the emulator and runs the root action against it. */
async function federate(inputs: Readonly<Record<string, string>>) {
  const { outputs: azure } = await job.step('azure', 'actions/start-emulator', {});
  return job.step('federate', '.', {
    'azure-environment': azure['azure-environment'] ?? '',
    'storage-account': azure['storage-account'] ?? '',
    'resource-group': azure['resource-group'] ?? '',
    'cluster-provider': 'embedded',
    name: 'umbrella',
    'key-vault-url': azure['key-vault-url'] ?? '',
    'secret-name': 'hellosecret',
    ...inputs,
  });
}

describe('the root action', () => {
  test('runs the whole chain in one step, gives the outputs of all links, and takes everything down', async () => {
    const { errors, outputs, summary } = await federate({
      'service-accounts': 'demo/reader',
      'on-exit': 'remove',
    });
    expect(errors).toEqual([]);
    expect(outputs).toMatchObject({
      result: 'pass',
      'cluster-provider': 'embedded',
      'webhook-version': 'v1.6.0',
    });
    expect(outputs['key-ids']).toContain(outputs['key-id']);
    expect(summary).toContain(
      '**keys** ✔ → **issuer** ✔ → **cluster** ✔ → **identity** ✔ → **webhook** ✔ → **pod** ✔',
    );

    const posts = await job.finish();
    expect(posts.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
    expect(log.filter(({ kind }) => kind === 'warning')).toEqual([]);
    expect(existsSync(outputs['private-key-file'] ?? '')).toBe(false);
  });

  test('refuses to start without a service account, before it makes anything', async () => {
    const { outcome, errors, outputs } = await federate({});
    expect(outcome).toBe('failure');
    expect(errors.join()).toMatch(/`service-accounts` is missing[\s\S]*service-accounts: demo\/reader/);
    expect(outputs).toEqual({});
  });

  test('gives what the links before a broken one made, and says which one broke', async () => {
    const { outcome, errors, outputs } = await federate({
      'service-accounts': 'demo/reader',
      'key-vault': 'no-such-vault',
    });
    expect(outcome).toBe('failure');
    expect(errors.join()).toContain('no-such-vault');
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(['key-id', 'issuer-url', 'kubeconfig']));
    expect(outputs).not.toHaveProperty('client-id');
    expect(log.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^── federate-app failed after/),
    );
  });
});
