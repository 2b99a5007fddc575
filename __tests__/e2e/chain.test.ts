import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type BreakageName, breakages } from '../../demo/breakages.ts';
import { buildChain, runChain } from '../../demo/chain.ts';
import { Job, type LogLine, type StepResult } from '../../local-runner/job.ts';

// Runs the committed bundles as a runner does, each in its own process, with emulator, Azurite, kube-apiserver, etcd and webhook.
let directory: string;
let log: LogLine[];
let job: Job;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chain-'));
  log = [];
  job = new Job({ actions: '.', directory, env: environment(), onLine: (line) => log.push(line) });
});

afterEach(async () => {
  await job.finish();
  rmSync(directory, { recursive: true, force: true });
});

async function play(broken?: BreakageName, onEnd: (result: StepResult) => void = () => undefined) {
  return runChain(job, buildChain(broken), { started: () => undefined, ended: (_, result) => onEnd(result) });
}

describe('chain of the committed bundles', () => {
  test('reads the secret, and never shows the private key, which is deleted at the end', async () => {
    let keyFile = '';
    const { failed, results } = await play(undefined, ({ outputs }) => {
      keyFile = outputs['private-key-file'] ?? keyFile;
    });
    expect(failed?.errors ?? []).toEqual([]);
    expect(results.at(-1)?.outputs.result).toBe('pass');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);

    const key = readFileSync(keyFile, 'utf8');
    const bodyLines = key.split('\n').filter((line) => line.length > 40);
    const shown = [
      ...log.map(({ text }) => text),
      ...results.flatMap(({ outputs, summary }) => [...Object.values(outputs), summary]),
      ...filesBelow(join(directory, 'commands')),
    ].join('\n');
    expect(bodyLines.length).toBeGreaterThan(10);
    for (const line of bodyLines) expect(shown).not.toContain(line);

    const before = processesUnder(directory);
    await job.finish();
    for (const program of ['emulator.js', 'etcd', 'kube-apiserver', 'azure-wi-webhook']) {
      expect(before.filter((line) => line.includes(program))).not.toEqual([]);
    }
    expect(existsSync(keyFile)).toBe(false);
    expect(processesUnder(directory)).toEqual([]);
  });

  test.each(Object.entries(breakages))(
    'fails at the right check if the %s is broken, and says what to change',
    async (name, { failingCheck }) => {
      const { failed, results } = await play(name as BreakageName);
      expect(failed).toBeDefined();
      expect(results.at(-1)?.outputs['failed-check']).toBe(failingCheck);
      expect(failed?.errors.join('\n')).toMatch(/\(code [a-z0-9-]+\)/);
    },
  );
});

function environment(): Record<string, string | undefined> {
  const { PATH, HOME, GOCACHE, GOMODCACHE, GOFLAGS, GOPROXY } = process.env;
  return { PATH, HOME, GOCACHE, GOMODCACHE, GOFLAGS, GOPROXY };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Returns the command lines of processes that mention the folder: the daemons of one job. */
function processesUnder(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
}
