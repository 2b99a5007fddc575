import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import {
  type Deps,
  exists,
  type Run,
  type RunResult,
  spawnDaemon,
  waitForDaemons,
  workFolder,
} from '../runtime/index.ts';
import { ensureAzurite } from './azurite.ts';
import { logName, runningEmulator } from './clean-up.ts';
import type { definition } from './definition.ts';
import { type EmulatorRequest, readRequest } from './request.ts';

/** The program of the emulator. Only the edge knows its path. */
export interface EmulatorProgram {
  readonly node: string;
  readonly file: string;
}

/** What the emulator writes into its folder when it is ready. */
const readySchema = v.object({
  environmentFile: v.string(),
  caFile: v.string(),
  tenantId: v.string(),
  subscriptionId: v.string(),
  keyVaultUrl: v.string(),
  storageAccount: v.string(),
  resourceGroup: v.string(),
  jobClientId: v.string(),
  jobTokenFile: v.string(),
});
type Ready = v.InferOutput<typeof readySchema>;

const budgetSeconds = 60;
// Settings of Node itself, and the mark by which the runner ends what a job leaves behind.
const inherited = ['PATH', 'HOME', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'RUNNER_TRACKING_ID'];

/**
 * Returns the run that starts the emulator as a process that outlives the step, and signs the job in to it.
 */
export function runWith(program: EmulatorProgram): Run<typeof definition> {
  return async (inputs, deps) => {
    const request = await readRequest(inputs);
    const packages = await deps.log.group('Find Azurite', () => ensureAzurite(dirname(program.file), deps));
    const started = deps.clock.now();
    const ready = await deps.log.group('Start the Azure emulator', () =>
      start(program, request, packages, deps),
    );
    deps.log.mask((await readFile(ready.jobTokenFile, 'utf8')).trim());
    const seconds = (deps.clock.now() - started).toFixed(1);
    deps.log.info(`The Azure emulator is ready after ${seconds} s: ${ready.environmentFile}`);
    signIn(ready, deps);
    return describeResult(ready, seconds);
  };
}

async function start(
  program: EmulatorProgram,
  request: EmulatorRequest,
  packages: string,
  deps: Deps,
): Promise<Ready> {
  const parent = workFolder(deps);
  await mkdir(parent, { recursive: true });
  const directory = await mkdtemp(join(parent, 'emulator-'));
  runningEmulator.save({ directory }, deps);
  const optionsFile = join(directory, 'options.json');
  const readyFile = join(directory, 'ready.json');
  const options = { ...request, directory: join(directory, 'azure'), readyFile, packages };
  // A state file may hold secrets of vaults.
  await writeFile(optionsFile, JSON.stringify(options), { mode: 0o600 });
  const daemon = await spawnDaemon({
    name: 'emulator',
    command: program.node,
    args: [resolve(program.file), optionsFile],
    logFile: join(directory, logName),
    env: Object.fromEntries(inherited.map((name) => [name, deps.env[name]])),
  });
  const { name, pid, startTime } = daemon;
  runningEmulator.save({ directory, process: { name, pid, startTime } }, deps);
  const probe = async () => ((await exists(readyFile)) ? undefined : 'it does not listen yet');
  await waitForDaemons({ what: 'the Azure emulator', daemons: [daemon], budgetSeconds, probe }, deps);
  return v.parse(readySchema, JSON.parse(await readFile(readyFile, 'utf8')));
}

// Later steps sign in as after azure/login: with the variables that every Azure SDK reads.
function signIn(ready: Ready, deps: Deps): void {
  const variables = {
    AZURE_CLIENT_ID: ready.jobClientId,
    AZURE_TENANT_ID: ready.tenantId,
    AZURE_SUBSCRIPTION_ID: ready.subscriptionId,
    AZURE_FEDERATED_TOKEN_FILE: ready.jobTokenFile,
  };
  for (const [name, value] of Object.entries(variables)) deps.exportVariable(name, value);
  deps.log.info(
    `Later steps sign in to Azure as ${ready.jobClientId} with the token file ${ready.jobTokenFile}`,
  );
}

function describeResult(ready: Ready, seconds: string): RunResult<typeof definition> {
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
      title: 'Azure emulator',
      links: [],
      facts: [
        ['Environment', ready.environmentFile],
        ['Tenant ID', ready.tenantId],
        ['Subscription ID', ready.subscriptionId],
        ['Key vault', ready.keyVaultUrl],
        ['Seconds until ready', seconds],
      ],
      details: 'The following steps use the emulator on this runner. No Azure tenant is involved.',
    },
  };
}
