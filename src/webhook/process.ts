import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { errorCode, FederationError } from '../errors/index.ts';
import { type Daemon, type Deps, type ProcessIdentity, spawnDaemon, stopDaemon } from '../runtime/index.ts';
import type { WebhookAuthority } from './authority.ts';
import type { ServingCertificates } from './certificates/issue.ts';
import { webhookPort } from './contract.ts';
import { holderOf } from './port-holder.ts';

export interface WebhookProcessOptions {
  readonly program: string;
  /** Folder of its files: certificates, endpoints, log, the record of its process. */
  readonly directory: string;
  readonly kubeconfigFile: string;
  readonly tenantId: string;
  readonly authority: WebhookAuthority;
  readonly certificates: ServingCertificates;
}

/** Starts the webhook beside the API server. Throws FederationError `webhook-port-taken` or `program-not-started`. */
export async function startWebhookProcess(options: WebhookProcessOptions): Promise<Daemon> {
  await refuseTakenPort();
  const { directory, authority, certificates } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const environmentFile = join(directory, 'environment.json');
  await Promise.all([
    writeFile(join(directory, 'tls.crt'), certificates.certificate),
    writeFile(join(directory, 'tls.key'), certificates.key, { mode: 0o600 }),
    writeFile(join(directory, 'ca.crt'), certificates.caCertificate),
    ...(authority.file === undefined ? [] : [writeFile(environmentFile, authority.file)]),
  ]);
  const daemon = await spawnDaemon({
    name: 'azure-wi-webhook',
    command: options.program,
    args: [
      `--kubeconfig=${options.kubeconfigFile}`,
      '--disable-cert-rotation',
      `--webhook-cert-dir=${directory}`,
      `--audience=${authority.audience}`,
      '--log-level=info',
      // Readiness is proven by admission itself, so these two ports need not be open.
      '--health-addr=0',
      '--metrics-addr=0',
    ],
    logFile: join(directory, 'webhook.log'),
    // Not the job's environment: its own AZURE_ variables are about somebody else.
    env: {
      AZURE_TENANT_ID: options.tenantId,
      ...authority.variables,
      ...(authority.file !== undefined && { AZURE_ENVIRONMENT_FILEPATH: environmentFile }),
    },
  });
  const { name, pid, startTime } = daemon;
  await writeFile(recordIn(directory), JSON.stringify({ name, pid, startTime } satisfies ProcessIdentity));
  return daemon;
}

/** Ends the process that an earlier start recorded in this folder; false where none runs. */
export async function stopWebhookProcess(directory: string, deps: Pick<Deps, 'clock'>): Promise<boolean> {
  let record: string;
  try {
    record = await readFile(recordIn(directory), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  return stopDaemon(JSON.parse(record) as ProcessIdentity, deps);
}

function recordIn(directory: string): string {
  return join(directory, 'process.json');
}

// The webhook itself says no more than "address already in use", and only after it seemed to have started.
async function refuseTakenPort(): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error) ?? 'EUNKNOWN'));
    server.listen(webhookPort, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const holder = (await holderOf(webhookPort)) ?? 'another process';
  throw new FederationError(
    `failed to start the webhook: port ${webhookPort} is held by ${holder} (${code})`,
    {
      code: 'webhook-port-taken',
      hint: `The webhook's port is fixed, so one machine runs one embedded cluster with a webhook at a time. End the other one, or use cluster-provider: kind.`,
    },
  );
}
