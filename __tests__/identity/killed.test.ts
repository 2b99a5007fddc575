import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Task } from './federator.ts';
import { openTenant, type Tenant } from './tenant.ts';

let tenant: Tenant;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  tenant = await openTenant();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await tenant.close();
});

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly requests: number | undefined;
  readonly stderr: string;
}

function federator(inputs: Task['inputs'], options: Pick<Task, 'step' | 'killBefore'>): Promise<Ended> {
  const signInHost = new URL(tenant.emulator.environment.authority).host;
  const task: Task = { env: tenant.env, inputs: tenant.inputsWith(inputs), signInHost, ...options };
  const program = new URL('./federator.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, JSON.stringify(task)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  children.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      const { requests } = stdout === '' ? { requests: undefined } : JSON.parse(stdout);
      resolve({ code, signal, requests, stderr });
    });
  });
}

/** Does something for each request of a run, a few at once: most of the time goes into starting processes. */
async function killEach(requests: number, kill: (request: number) => Promise<void>): Promise<void> {
  let next = 1;
  const worker = async () => {
    while (next <= requests) await kill(next++);
  };
  await Promise.all([worker(), worker(), worker()]);
}

/** Everything in the tenant that changed, with normalized names and IDs. */
function state(name: string) {
  const { directory, resources } = tenant.emulator.azure;
  const named = directory.servicePrincipals.filter(({ properties }) => properties.displayName === name);
  const ids = named.map(({ id }) => id);
  const credentials = (owner: { credentials: { current: readonly { id: string }[] } }) =>
    owner.credentials.current.map(({ id, ...credential }) => credential);
  const text = JSON.stringify({
    applications: directory.applications
      .filter(({ properties }) => properties.uniqueName === name)
      .map((one) => ({
        ...one.properties,
        deleted: one.deletedAt !== undefined,
        credentials: credentials(one),
      })),
    identities: resources.identities
      .filter((identity) => identity.name === name)
      .map((one) => ({ tags: one.tags, credentials: credentials(one) })),
    principals: named.map(({ properties, deletedAt }) => ({
      ...properties,
      deleted: deletedAt !== undefined,
    })),
    roles: tenant
      .assignments()
      .filter(({ principalId }) => ids.includes(principalId))
      .map(({ description }) => description),
  });
  return JSON.parse(text.replaceAll(name, 'NAME'));
}

/** Role assignments of principals that do not exist. */
function orphans() {
  const { servicePrincipals } = tenant.emulator.azure.directory;
  return tenant
    .assignments()
    .filter(({ principalId }) => !servicePrincipals.some(({ id }) => id === principalId));
}

describe.each(['application', 'managed-identity'])('kill -9 of a run with %s', (identity) => {
  const inputsFor = (name: string) => ({
    ...{ identity, name: `${name}-${identity}`, 'resource-group': 'federation' },
    ...{ 'service-accounts': 'demo/app\ndemo/other', 'key-vault': tenant.emulator.keyVaultUrl },
  });

  test('before any of its requests does not change the result once the run is repeated', async () => {
    const first = inputsFor('undisturbed');
    const undisturbed = await federator(first, { step: 'main' });
    expect(undisturbed).toMatchObject({ code: 0, stderr: '' });
    const requests = undisturbed.requests ?? 0;
    expect(requests).toBeGreaterThan(5);
    const expected = state(first.name);
    await killEach(requests, async (request) => {
      const inputs = inputsFor(`killed${request}`);
      const killed = await federator(inputs, { step: 'main', killBefore: request });
      expect(killed).toMatchObject({ signal: 'SIGKILL', requests: undefined });
      await tenant.federate(inputs);
      expect(state(inputs.name)).toEqual(expected);
    });
    expect(orphans()).toEqual([]);
  }, 240_000);

  test('in the post step leaves nothing behind after the next job of this name', async () => {
    const job = (name: string) => ({ ...inputsFor(name), 'on-exit': 'remove' });
    const first = job('left');
    await tenant.federate(first);
    const { requests = 0 } = await federator(first, { step: 'post' });
    expect(requests).toBeGreaterThan(5);
    const nothing = { applications: [], identities: [], principals: [], roles: [] };
    expect(state(first.name)).toEqual(nothing);
    await killEach(requests, async (request) => {
      const inputs = job(`left${request}`);
      await tenant.federate(inputs);
      const killed = await federator(inputs, { step: 'post', killBefore: request });
      expect(killed).toMatchObject({ signal: 'SIGKILL' });
      await tenant.federate(inputs);
      await tenant.leave(inputs);
      expect(state(inputs.name)).toEqual(nothing);
    });
    expect(orphans()).toEqual([]);
  }, 240_000);
});
