import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, errorMessage, FederationError } from '../errors/index.ts';
import {
  type CleanUp,
  type Daemon,
  type Deps,
  type InputsOf,
  lastLogLines,
  type ProcessIdentity,
  type Run,
  type RunResult,
  spawnDaemon,
  stopDaemon,
  waitForDaemons,
  workFolder,
} from '../runtime/index.ts';
import { ensureAzurite } from './azurite.ts';
import type { definition } from './definition.ts';

/** How the emulator is started: it is a program of its own, which only the edge knows the place of. */
export interface EmulatorProgram {
  readonly node: string;
  readonly file: string;
}

/** What the emulator writes into its folder when it is ready. */
interface Ready {
  readonly environmentFile: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly keyVaultUrl: string;
  readonly storageAccount: string;
  readonly resourceGroup: string;
  readonly jobClientId: string;
  readonly jobTokenFile: string;
}

interface Saved {
  readonly directory: string;
  /** Absent where the process was never started. */
  readonly process?: ProcessIdentity;
}

type Inputs = InputsOf<typeof definition>;

const stateName = 'emulator';
const readySeconds = 60;
const logName = 'emulator.log';
/** Node's own settings and the runner's mark, by which it ends what a job leaves behind. Nothing else is the emulator's business. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'RUNNER_TRACKING_ID'];

/** Starts the emulator as a process that outlives the step, and signs the job in to it. */
export function runWith(program: EmulatorProgram): Run<typeof definition> {
  return async (inputs, deps) => {
    const seed = await readState(inputs.stateFile);
    const packages = await deps.log.group('Find Azurite', () => ensureAzurite(dirname(program.file), deps));
    const directory = await makeDirectory(deps);
    const started = deps.clock.now();
    const ready = await deps.log.group('Start the emulator', () =>
      start(program, { inputs, seed, packages, directory }, deps),
    );
    deps.log.mask((await readFile(ready.jobTokenFile, 'utf8')).trim());
    const seconds = deps.clock.now() - started;
    deps.log.info(`the emulated Azure is ready after ${seconds.toFixed(1)} s: ${ready.environmentFile}`);
    signIn(ready, deps);
    return resultOf(ready, seconds);
  };
}

/** Ends the emulator and removes its files. */
export const cleanUp: CleanUp<typeof definition> = async (_, deps) => {
  const text = deps.state.read(stateName);
  if (text === '') return;
  const saved = JSON.parse(text) as Saved;
  const ended = saved.process !== undefined && (await stopDaemon(saved.process, deps));
  for (const line of await lastLogLines(join(saved.directory, logName), 50))
    deps.log.debug(`emulator: ${line}`);
  await rm(saved.directory, { recursive: true, force: true });
  deps.log.info(`${ended ? 'ended the emulator and ' : ''}removed ${saved.directory}`);
};

async function readState(file: string | undefined): Promise<unknown> {
  if (file === undefined) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new FederationError(`failed to read the state file ${file}: ${errorMessage(error)}`, {
      code: 'state-file-unreadable',
      hint: 'state-file names a JSON file; emulator/README.md describes it.',
      cause: error,
    });
  }
}

async function makeDirectory(deps: Deps): Promise<string> {
  const parent = workFolder(deps);
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'emulator-'));
  save({ directory }, deps);
  return directory;
}

function save(saved: Saved, deps: Deps): void {
  deps.state.save(stateName, JSON.stringify(saved));
}

async function start(
  program: EmulatorProgram,
  given: {
    readonly inputs: Inputs;
    readonly seed: unknown;
    readonly packages: string;
    readonly directory: string;
  },
  deps: Deps,
): Promise<Ready> {
  const { inputs, directory } = given;
  const optionsFile = join(directory, 'options.json');
  const readyFile = join(directory, 'ready.json');
  const options = {
    directory: join(directory, 'azure'),
    readyFile,
    host: inputs.listen,
    hostnames: inputs.hostnames,
    seed: given.seed,
    packages: given.packages,
  };
  // A state file may hold secrets of vaults.
  await writeFile(optionsFile, JSON.stringify(options), { mode: 0o600 });
  const daemon = await spawnDaemon({
    name: 'emulator',
    command: program.node,
    args: [resolve(program.file), optionsFile],
    logFile: join(directory, logName),
    env: Object.fromEntries(inherited.map((name) => [name, deps.env[name]])),
  });
  save({ directory, process: identityOf(daemon) }, deps);
  await waitFor(readyFile, daemon, deps);
  return JSON.parse(await readFile(readyFile, 'utf8')) as Ready;
}

async function waitFor(readyFile: string, daemon: Daemon, deps: Deps): Promise<void> {
  const progress = progressEverySeconds(2, deps);
  const probe = async () => {
    if (await exists(readyFile)) return undefined;
    progress();
    return 'it has not said that it is ready';
  };
  await waitForDaemons({ what: 'the emulator', daemons: [daemon], budgetSeconds: readySeconds, probe }, deps);
}

function progressEverySeconds(every: number, { clock, log }: Pick<Deps, 'clock' | 'log'>): () => void {
  const started = clock.now();
  let shown = started;
  return () => {
    const now = clock.now();
    if (now - shown < every) return;
    shown = now;
    log.info(`  not ready after ${Math.round(now - started)} s, waiting`);
  };
}

function identityOf({ name, pid, startTime }: Daemon): ProcessIdentity {
  return { name, pid, startTime };
}

async function exists(file: string): Promise<boolean> {
  return readFile(file).then(
    () => true,
    (error) => {
      if (errorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

// Later steps sign in the way a job with azure/login would, by variables that every Azure SDK knows.
function signIn(ready: Ready, deps: Deps): void {
  const variables = {
    AZURE_CLIENT_ID: ready.jobClientId,
    AZURE_TENANT_ID: ready.tenantId,
    AZURE_SUBSCRIPTION_ID: ready.subscriptionId,
    AZURE_FEDERATED_TOKEN_FILE: ready.jobTokenFile,
  };
  for (const [name, value] of Object.entries(variables)) deps.exportVariable(name, value);
  deps.log.info(`later steps sign in as ${ready.jobClientId}, by the token file ${ready.jobTokenFile}`);
}

function resultOf(ready: Ready, seconds: number): RunResult<typeof definition> {
  return {
    outputs: {
      'azure-environment': ready.environmentFile,
      'ca-file': ready.caFile,
      'tenant-id': ready.tenantId,
      'subscription-id': ready.subscriptionId,
      'key-vault-url': ready.keyVaultUrl,
      'storage-account': ready.storageAccount,
      'resource-group': ready.resourceGroup,
      'azure-client-id': ready.jobClientId,
    },
    summary: {
      title: 'Azure is emulated',
      links: [],
      facts: [
        ['environment', ready.environmentFile],
        ['tenant', ready.tenantId],
        ['subscription', ready.subscriptionId],
        ['key vault', ready.keyVaultUrl],
        ['seconds until ready', seconds.toFixed(1)],
      ],
      details: 'Everything that follows happens on this runner; no tenant is touched.',
    },
  };
}
