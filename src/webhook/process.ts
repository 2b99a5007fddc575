import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { errorCode, FederationError } from '../errors/index.ts';
import { type Daemon, spawnDaemon } from '../runtime/index.ts';
import type { WebhookAuthority } from './authority.ts';
import type { ServingCertificates } from './certificates/index.ts';
import { mutatePath, webhookPort } from './contract.ts';
import { findPortHolder } from './port-holder.ts';

/** Name of the process in logs and among the processes of its cluster. */
export const processName = 'azure-wi-webhook';

export interface WebhookProcessOptions {
  readonly program: string;
  /** Folder of its files: certificates, endpoints, log. */
  readonly directory: string;
  readonly kubeconfigFile: string;
  readonly tenantId: string;
  readonly authority: WebhookAuthority;
  readonly certificates: ServingCertificates;
}

/** Starts the webhook as a process. Throws FederationError `webhook-port-taken` or `program-not-started`. */
export async function startWebhookProcess(options: WebhookProcessOptions): Promise<Daemon> {
  await assertPortFree();
  const { directory, authority, certificates } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const environmentFile = join(directory, 'environment.json');
  await Promise.all([
    writeFile(join(directory, 'tls.crt'), certificates.certificate),
    writeFile(join(directory, 'tls.key'), certificates.key, { mode: 0o600 }),
    writeFile(join(directory, 'ca.crt'), certificates.caCertificate),
    ...(authority.file === undefined ? [] : [writeFile(environmentFile, authority.file)]),
  ]);
  return spawnDaemon({
    name: processName,
    command: options.program,
    args: [
      `--kubeconfig=${options.kubeconfigFile}`,
      '--disable-cert-rotation',
      `--webhook-cert-dir=${directory}`,
      `--audience=${authority.audience}`,
      '--log-level=info',
      // Admission itself proves readiness, so that these two ports stay closed.
      '--health-addr=0',
      '--metrics-addr=0',
    ],
    logFile: join(directory, 'webhook.log'),
    // Without the environment of the job: its AZURE_ variables describe another identity.
    env: {
      AZURE_TENANT_ID: options.tenantId,
      ...authority.variables,
      ...(authority.file !== undefined && { AZURE_ENVIRONMENT_FILEPATH: environmentFile }),
    },
  });
}

// The webhook itself only prints "address already in use", after it seems to have started.
async function assertPortFree(): Promise<void> {
  const systemCode = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error) ?? 'EUNKNOWN'));
    server.listen(webhookPort, () => server.close(() => resolve(undefined)));
  });
  if (systemCode === undefined) return;
  const holder = (await findPortHolder(webhookPort)) ?? 'another process';
  throw new FederationError('webhook-port-taken', { port: webhookPort, holder, systemCode });
}

/**
 * Returns undefined if the process on the webhook's port uses our certificate and handles admission requests, otherwise what is
 * missing. The webhook listens before its handler is registered, and responds with 404 until then.
 */
export function findServingFault(caCertificate: string): Promise<string | undefined> {
  const options = {
    host: '127.0.0.1',
    port: webhookPort,
    path: mutatePath,
    method: 'POST',
    ca: caCertificate,
  };
  return new Promise((resolve) => {
    const call = request({ ...options, timeout: 2_000, agent: false }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve(response.statusCode === 404 ? 'the handler is not registered yet' : undefined),
      );
    });
    call.on('timeout', () => call.destroy(new Error('no response within 2 s')));
    call.on('error', (error) => resolve(error.message));
    call.end();
  });
}

const moduleLine = 'mod\tgithub.com/Azure/azure-workload-identity\t';

/**
 * Reads the version of a webhook program from the module information that Go writes into every program: its own --version is empty
 * unless the build sets it. Undefined if there is no such information.
 */
export async function readProgramVersion(program: string): Promise<string | undefined> {
  const content = await readFile(program);
  const start = content.indexOf(moduleLine);
  if (start < 0) return undefined;
  const text = content.toString('latin1', start + moduleLine.length, start + moduleLine.length + 80);
  return /^v[^\t\n]+/.exec(text)?.[0];
}
