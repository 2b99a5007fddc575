import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { startEmulator } from '../emulator/index.ts';

// Compares publish-issuer with the az and curl commands that it replaces, on Azurite behind the Azure emulator. Each run is a
// process of its own that creates a container, writes both documents and reads both back anonymously. With Resource Manager, it
// also checks the account and signs in to Entra ID. The manual steps and the second line use a connection string.
const runs = Number(process.argv[2] ?? 15);
const program = resolve(process.argv[3] ?? 'dist', 'publish-issuer.js');
const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
const account = {
  name: 'benchissuer',
  resourceGroup: 'federation',
  allowBlobPublicAccess: true,
  allowSharedKeyAccess: true,
};
const emulator = await startEmulator({ directory: folder, seed: { storageAccounts: [account] } });
try {
  const publicKeyFile = join(folder, 'sa.pub');
  writeFileSync(
    publicKeyFile,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }),
  );
  const endpoint = emulator.environment.blob.replace('{name}', account.name);
  const key = emulator.azure.resources.storageAccounts[0]?.keys[0] ?? '';
  const connection = `DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${key};BlobEndpoint=${endpoint}/;`;
  const inputs = { 'public-key-file': publicKeyFile, 'azure-environment': emulator.environmentFile };
  const managed = { ...inputs, 'storage-account': account.name, 'resource-group': account.resourceGroup };
  const keyed = { ...inputs, 'storage-connection-string': connection };
  report(
    'publish-issuer, Entra sign-in and Resource Manager',
    await times((container) => publish({ ...managed, container })),
  );
  report(
    'the same again, nothing to change',
    await times(() => publish({ ...managed, container: 'container-0' })),
  );
  report(
    'publish-issuer with a connection string',
    await times((container) => publish({ ...keyed, container: `keyed-${container}` })),
  );
  if (isInstalled('az') && isInstalled('curl')) {
    report(
      'az storage container create, blob upload twice; curl twice',
      await times((container) => runManualSteps(`az-${container}`, connection, endpoint), Math.min(runs, 3)),
    );
  } else console.log('az or curl is not installed: nothing to compare with');
} finally {
  await emulator.close();
  rmSync(folder, { recursive: true });
}

async function publish(inputs: Readonly<Record<string, string>>): Promise<void> {
  const [output, state] = [join(folder, 'output'), join(folder, 'state')];
  writeFileSync(output, '');
  writeFileSync(state, '');
  await finished(process.execPath, [program], {
    GITHUB_OUTPUT: output,
    GITHUB_STATE: state,
    RUNNER_TEMP: folder,
    AZURE_FEDERATED_TOKEN_FILE: emulator.jobTokenFile,
    AZURE_CLIENT_ID: emulator.jobClientId,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_SUBSCRIPTION_ID: emulator.subscriptionId,
    INPUT_STORAGE: 'azure-blob',
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  });
  if (!readFileSync(output, 'utf8').includes('issuer-url'))
    throw new Error('publish-issuer gave no issuer-url');
}

async function runManualSteps(container: string, connection: string, endpoint: string): Promise<void> {
  const work = join(folder, container);
  mkdirSync(work);
  const issuer = `${endpoint}/${container}/`;
  const documents = {
    '.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}openid/v1/jwks` },
    'openid/v1/jwks': { keys: [] },
  };
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    REQUESTS_CA_BUNDLE: emulator.caFile,
  };
  const common = ['--connection-string', connection, '--only-show-errors'];
  const create = ['storage', 'container', 'create', '--name', container, '--public-access', 'blob'];
  await finished('az', [...create, ...common], env);
  for (const [name, document] of Object.entries(documents)) {
    const file = join(work, 'document.json');
    writeFileSync(file, JSON.stringify(document));
    const blob = ['--container-name', container, '--name', name, '--file', file, '--overwrite'];
    await finished('az', ['storage', 'blob', 'upload', ...blob, ...common], env);
  }
  for (const name of Object.keys(documents))
    await finished('curl', ['-sf', '--cacert', emulator.caFile, `${issuer}${name}`], env);
}

/** Runs a program to its end, while the emulator in this process keeps running. */
function finished(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', failed);
    child.once('close', (code) => (code === 0 ? done() : failed(new Error(`${command} failed: ${output}`))));
  });
}

async function times(work: (container: string) => Promise<void>, count = runs): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let run = 0; run < count; run++) {
    const started = performance.now();
    await work(`container-${run}`);
    measured.push(performance.now() - started);
  }
  return measured;
}

function isInstalled(command: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((directory) => spawnSync('test', ['-x', join(directory, command)]).status === 0);
}

function report(what: string, measured: readonly number[]): void {
  const sorted = [...measured].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(0);
  console.log(`${what}: median ${at(0.5)} ms, from ${at(0)} to ${at(1)} ms (${sorted.length} runs)`);
}
