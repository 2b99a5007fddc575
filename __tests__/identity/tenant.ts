import { readFileSync, writeFileSync } from 'node:fs';
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

/** An emulated tenant with federate-app in front of it. */
export interface Tenant {
  readonly emulator: Emulator;
  readonly folder: string;
  /** Runs the action. `owner` and all other inputs have a default that a test may replace; empty text takes one away. */
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

/** What is left where nothing is. */
export const nothing: Remains = { applications: 0, identities: 0, principals: 0, roles: 0 };

/** Starts an emulated tenant without storage. `clock` also is the runs' clock. */
export async function openTenant(
  options: Omit<EmulatorOptions, 'directory'> & { readonly clock?: Clock } = {},
): Promise<Tenant> {
  const place = workshop();
  const emulator = await startEmulator({ directory: place.folder, storage: false, ...options });
  const env = {
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
    GITHUB_REPOSITORY: 'octo/cluster',
  };
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
  const parsed = (inputs: Readonly<Record<string, string>>) => {
    const given = inputsWith(inputs);
    return parseInputs(
      definition.inputs,
      (name) => given[name],
      () => undefined,
    );
  };
  // A job's token lives for a day, and some tests' days are longer.
  const renewToken = () => {
    const now = Math.floor(emulator.azure.clock.now());
    const [, payload = ''] = readFileSync(emulator.jobTokenFile, 'utf8').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (claims.exp > now + 3600) return;
    const token = emulator.azure.jobSigner.sign({ ...claims, iat: now, nbf: now, exp: now + 86_400 });
    writeFileSync(emulator.jobTokenFile, token);
  };
  return {
    emulator,
    folder: place.folder,
    env,
    inputsWith,
    federate: async (inputs = {}, overrides = {}) => {
      renewToken();
      const deps = depsWith(overrides);
      const from = emulator.requests.length;
      const { outputs, summary } = await run(parsed(inputs), deps);
      return {
        outputs,
        changes: outputs.changes as readonly Change[],
        summary: `${summary.facts.map((fact) => fact.join(': ')).join('\n')}\n${summary.details ?? ''}`,
        lines: deps.lines,
        writes: writesOf(emulator, from),
      };
    },
    leave: async (inputs = {}, overrides = {}) => {
      renewToken();
      const deps = depsWith(overrides);
      await cleanUp(parsed(inputs), deps);
      return deps;
    },
    graph: async (method, path, body) => {
      const { connectAzure } = await import('../../src/azure/sign-in/index.ts');
      const azure = await connectAzure({ azureEnvironment: emulator.environmentFile }, depsWith({}));
      const token = await azure.credential.getToken(`${emulator.environment.graphAudience}/.default`);
      const answer = await fetch(`${emulator.environment.graph}/v1.0${path}`, {
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
      return text === '' ? {} : JSON.parse(text);
    },
    assignments: () => assignmentsIn(emulator),
    remains: (name) => remainsIn(emulator, name),
    close: async () => {
      await emulator.close();
      place.remove();
    },
  };
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

/** `demo/app-1` to `demo/app-<count>`, one a line. */
export function accounts(count: number): string {
  return Array.from({ length: count }, (_, index) => `demo/app-${index + 1}`).join('\n');
}

/** Action and kind of each change: `create application`. */
export function actionsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, kind }) => `${action} ${kind}`);
}

/** A clock that runs faster than time: waiting 100 s takes one. For runs beside each other, whose sleeps overlap. */
export function fastClock(factor = 100): Clock {
  const started = Date.now();
  return {
    now: () => (started + (Date.now() - started) * factor) / 1000,
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / factor)),
  };
}
