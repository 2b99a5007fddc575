import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import { trustCertificateAuthority } from '../../src/azure/index.ts';
import { testDeps } from '../support/deps.ts';
import type { Task } from './publisher.ts';
import {
  type Given,
  get,
  inEmulator,
  type KeyFile,
  keyFile,
  publish,
  signInTo,
  temporaryFolder,
} from './support.ts';

let folder: string;
let emulator: Emulator;
let key: KeyFile;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  folder = temporaryFolder();
  emulator = await startEmulator({ directory: folder });
  await trustCertificateAuthority(emulator.caFile);
  key = keyFile(folder);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await emulator.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly lines: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** Runs a process of publishers until it ends. */
function publishers(task: Omit<Task, 'env'>): Promise<Ended> {
  const program = new URL('./publisher.ts', import.meta.url).pathname;
  const argument = JSON.stringify({ ...task, env: signInTo(emulator) } satisfies Task);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, argument], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      const lines = stdout
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code, signal, lines, stderr });
    });
  });
}

async function readDocuments(account: string) {
  const issuerUrl = `${emulator.environment.blob.replace('{name}', account)}/oidc/`;
  const [discovery, jwks] = await Promise.all([
    get(`${issuerUrl}.well-known/openid-configuration`),
    get(`${issuerUrl}openid/v1/jwks`),
  ]);
  const anonymous = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll(account, 'ACCOUNT')) as unknown;
  const settings = emulator.azure.resources.storageAccounts.find(({ name }) => name === account);
  const { keys: _, createdAt: __, readyAt: ___, website: ____, ...kept } = settings ?? {};
  return anonymous({
    discovery: discovery.body,
    jwks: jwks.body,
    types: [discovery, jwks].map(({ headers }) => [
      headers.get('content-type'),
      headers.get('cache-control'),
    ]),
    settings: kept,
  });
}

/** Reads the issuer again and again, and returns what was seen. */
async function watch(issuerUrl: string, until: Promise<unknown>) {
  const seen = { reads: 0, discovery: false, keys: new Set<string>(), faults: [] as string[] };
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const discovery = await fetch(`${issuerUrl}.well-known/openid-configuration`);
    const discoveryText = await discovery.text();
    const jwks = await fetch(`${issuerUrl}openid/v1/jwks`);
    const jwksText = await jwks.text();
    seen.reads++;
    try {
      if (discovery.ok && JSON.parse(discoveryText).jwks_uri !== jwks.url)
        seen.faults.push(`discovery: ${discoveryText}`);
      if (!discovery.ok && seen.discovery) seen.faults.push(`discovery is missing: ${discovery.status}`);
      if (!jwks.ok && (discovery.ok || seen.keys.size > 0))
        seen.faults.push(`JWKS is missing: ${jwks.status}`);
      if (!jwks.ok) continue;
      const now = new Set((JSON.parse(jwksText) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid));
      for (const kid of seen.keys) if (!now.has(kid)) seen.faults.push(`lost ${kid}`);
      seen.keys = now;
      seen.discovery ||= discovery.ok;
    } catch (error) {
      seen.faults.push(String(error));
    }
  }
  return seen;
}

describe('publish-issuer under kill -9', () => {
  test('loses no key of a successful publisher among fifty, and readers never see a broken document', async () => {
    const random = seeded(20_240_611);
    // The first writes of the JWKS take long, so that a discovery document before it would be seen.
    emulator.behaviour.faults.push({
      service: 'blob',
      method: 'PUT',
      path: 'crowded/oidc/openid',
      nth: 1,
      times: 50,
      delaySeconds: 0.3,
    });
    const given = { ...inEmulator(emulator), 'storage-account': 'crowded', 'propagation-timeout': '30s' };
    const keys = Array.from({ length: 50 }, () => keyFile(folder));
    // Ten processes of five publishers each. Every other one is killed on its way.
    const tasks = Array.from({ length: 10 }, (_, index) => ({
      publishers: keys
        .slice(index * 5, index * 5 + 5)
        .map(({ file }) => ({ ...given, 'public-key-file': file })),
      ...(index % 2 === 1 && { killBefore: 10 + Math.floor(random() * 60) }),
    }));
    const running = Promise.all(tasks.map((task) => publishers(task)));
    const issuerUrl = `${emulator.environment.blob.replace('{name}', 'crowded')}/oidc/`;
    const [ended, seen] = await Promise.all([running, watch(issuerUrl, running)]);

    expect(ended.map(({ signal }) => signal)).toEqual(
      tasks.map(({ killBefore }) => (killBefore === undefined ? null : 'SIGKILL')),
    );
    expect(ended.filter(({ code }) => code === 0)).toHaveLength(5);
    expect(seen.faults).toEqual([]);
    expect(seen.reads).toBeGreaterThan(20);
    const succeeded = ended
      .flatMap(({ lines }) => lines)
      .flatMap((line) => (line.given as Given | undefined)?.['public-key-file'] ?? []);
    expect(succeeded.length).toBeGreaterThanOrEqual(25);
    const published = new Set(
      ((await get(`${issuerUrl}openid/v1/jwks`)).body.keys as { kid: string }[]).map(({ kid }) => kid),
    );
    for (const { file, kid } of keys) if (succeeded.includes(file)) expect(published).toContain(kid);
    for (const kid of published) expect(keys.map((one) => one.kid)).toContain(kid);
  }, 240_000);

  test('has the result of an undisturbed run when it is killed before any request and run again', async () => {
    const given = (account: string): Given => ({
      ...inEmulator(emulator),
      'storage-account': account,
      'public-key-file': key.file,
      'prune-after': '6h',
    });
    const undisturbed = await publishers({ publishers: [given('undisturbed')] });
    expect(undisturbed).toMatchObject({ code: 0, stderr: '' });
    const requests = Number(undisturbed.lines.at(-1)?.requests);
    expect(requests).toBeGreaterThan(12);
    const expected = await readDocuments('undisturbed');
    for (let request = 1; request <= requests; request++) {
      const account = `killed${request}`;
      const killed = await publishers({ publishers: [given(account)], killBefore: request });
      expect(killed).toMatchObject({ signal: 'SIGKILL', lines: [] });
      await publish(given(account), testDeps({ env: signInTo(emulator) }));
      expect(await readDocuments(account)).toEqual(expected);
    }
  }, 240_000);
});

/** Returns random numbers from 0 to 1 that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
