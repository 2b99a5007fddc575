import { readFileSync, writeFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import { cleanUp, definition, run } from '../../src/identity/index.ts';
import type { Change } from '../../src/identity/plan.ts';
import { type Clock, type Deps, parseInputs } from '../../src/runtime/index.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { workshop } from '../support/workshop.ts';

export const issuer = 'https://issuer.example/';

/** What a run of federate-app gave. */
export interface Federated {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  readonly summary: string;
  readonly lines: readonly string[];
  /** Graph's and Resource Manager's writes of this run, such as `PATCH graph 201 /v1.0/…`. */
  readonly writes: readonly string[];
}

/** A tenant of the emulator, and federate-app to run against it. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly folder: string;
  /** Runs the action. All inputs have a default that a test can replace. Empty text unsets an input. */
  federate(inputs?: Readonly<Record<string, string>>, deps?: Partial<Deps>): Promise<Federated>;
  /** Runs its post step with the same inputs. */
  leave(inputs?: Readonly<Record<string, string>>, deps?: Partial<Deps>): Promise<TestDeps>;
  /** The inputs with their defaults, as text. */
  inputsWith(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The job's environment as start-emulator leaves it. */
  readonly env: Readonly<Record<string, string>>;
  /** Calls Graph as the job does; the path begins behind the version. */
  graph<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
  /** Role assignments in the subscription that federate-app made. */
  assignments(): readonly { readonly principalId: string; readonly description: string | undefined }[];
  /** Everything that runs of this name left, and what was deleted and not purged. */
  remains(name: string): Remains;
  close(): Promise<void>;
}

export interface Remains {
  readonly applications: number;
  readonly identities: number;
  readonly principals: number;
  readonly roles: number;
}

/** The remains of nothing. */
export const nothing: Remains = { applications: 0, identities: 0, principals: 0, roles: 0 };

/** Starts the emulator without storage. `clock` is also the clock of the runs. */
export async function openTenant(
  options: Omit<EmulatorOptions, 'directory'> & { readonly clock?: Clock } = {},
): Promise<Tenant> {
  const place = workshop();
  const emulator = await startEmulator({ directory: place.folder, storage: false, ...options });
  const env = jobEnvironment(emulator);
  const depsWith = (overrides: Partial<Deps>) =>
    testDeps({ env, ...(options.clock && { clock: options.clock }), ...overrides });
  const inputsWith = (inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    name: 'demo',
    'issuer-url': issuer,
    'service-accounts': 'demo/app',
    'azure-environment': emulator.environmentFile,
    annotate: 'false',
    ...inputs,
  });
  return {
    emulator,
    folder: place.folder,
    env,
    inputsWith,
    federate: async (inputs = {}, overrides = {}) =>
      federate(emulator, parseTexts(inputsWith(inputs)), depsWith(overrides)),
    leave: async (inputs = {}, overrides = {}) => {
      renewJobToken(emulator);
      const deps = depsWith(overrides);
      await cleanUp(parseTexts(inputsWith(inputs)), deps);
      return deps;
    },
    graph: <T>(method: string, path: string, body?: object) =>
      callGraph<T>(emulator, depsWith({}), { method, path, body }),
    assignments: () => assignmentsIn(emulator),
    remains: (name) => remainsIn(emulator, name),
    close: async () => {
      await emulator.close();
      place.remove();
    },
  };
}

/** The environment of a job that start-emulator has signed in. */
function jobEnvironment(emulator: Emulator) {
  return {
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
    GITHUB_REPOSITORY: 'octo/cluster',
  };
}

function parseTexts(given: Readonly<Record<string, string>>) {
  return parseInputs(
    definition.inputs,
    (name) => given[name],
    () => undefined,
  );
}

async function federate(
  emulator: Emulator,
  inputs: ReturnType<typeof parseTexts>,
  deps: TestDeps,
): Promise<Federated> {
  renewJobToken(emulator);
  const from = emulator.requests.length;
  const { outputs, summary } = await run(inputs, deps);
  return {
    outputs,
    changes: outputs.changes as readonly Change[],
    summary: `${summary.facts.map((fact) => fact.join(': ')).join('\n')}\n${summary.details ?? ''}`,
    lines: deps.lines,
    writes: writesOf(emulator, from),
  };
}

// The token of a job is valid for a day, and the days of some tests are longer.
function renewJobToken(emulator: Emulator): void {
  const now = Math.floor(emulator.azure.clock.now());
  const claims = decodeJwt(readFileSync(emulator.jobTokenFile, 'utf8'));
  if ((claims.exp ?? 0) > now + 3600) return;
  const token = emulator.azure.jobSigner.sign({ ...claims, iat: now, nbf: now, exp: now + 86_400 });
  writeFileSync(emulator.jobTokenFile, token);
}

async function callGraph<T>(
  { environment, environmentFile }: Emulator,
  deps: TestDeps,
  {
    method,
    path,
    body,
  }: { readonly method: string; readonly path: string; readonly body: object | undefined },
): Promise<T> {
  const { connectAzure } = await import('../../src/azure/sign-in/index.ts');
  const azure = await connectAzure({ azureEnvironment: environmentFile }, deps);
  const token = await azure.credential.getToken(`${environment.graphAudience}/.default`);
  const answer = await fetch(`${environment.graph}/v1.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token?.token}`,
      'content-type': 'application/json',
      ...(method === 'PATCH' && { prefer: 'create-if-missing' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text || '{}');
}

function assignmentsIn({ azure }: Emulator) {
  return azure.resources.roleAssignments.filter(
    ({ removedAt, description }) =>
      removedAt === undefined && description?.includes('entra-kubernetes-federation'),
  );
}

function remainsIn(emulator: Emulator, name: string): Remains {
  const { directory, resources } = emulator.azure;
  const principals = directory.servicePrincipals.filter(({ properties }) => properties.displayName === name);
  const ids = principals.map(({ id }) => id);
  return {
    applications: directory.applications.filter(({ properties }) => properties.uniqueName === name).length,
    identities: resources.identities.filter((identity) => identity.name === name).length,
    principals: principals.length,
    roles: assignmentsIn(emulator).filter(({ principalId }) => ids.includes(principalId)).length,
  };
}

/** Graph's and Resource Manager's writes since the request of this number. */
export function writesOf(emulator: Emulator, from: number): readonly string[] {
  return emulator.requests
    .slice(from)
    .filter(
      ({ service, method }) =>
        (service === 'graph' || service === 'resourceManager') && method !== 'GET' && method !== 'HEAD',
    )
    .map(({ method, service, status, path }) => `${method} ${service} ${status} ${path}`);
}

/** `demo/app-1` to `demo/app-<count>`, one per line. */
export function accounts(count: number): string {
  return Array.from({ length: count }, (_, index) => `demo/app-${index + 1}`).join('\n');
}

/** Action and kind of each change: `create application`. */
export function actionsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, kind }) => `${action} ${kind}`);
}

/** A clock that runs faster than real time, by default 100 times. For concurrent runs, whose sleeps overlap. */
export function fastClock(factor = 100): Clock {
  const started = Date.now();
  return {
    now: () => (started + (Date.now() - started) * factor) / 1000,
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / factor)),
  };
}
