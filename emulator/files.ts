import { randomUUID } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AzureEnvironment } from '../src/azure/index.ts';
import { type Azure, audiences } from './azure.ts';
import { jobIssuerPath } from './entra/authority.ts';
import type { State } from './state.ts';

/** Files for the users of the emulator. */
export interface Files {
  readonly environment: AzureEnvironment;
  /** `environment` as a file, for the input `azure-environment`. */
  readonly environmentFile: string;
  /** PEM certificate of the CA that issued the certificate of every URL. */
  readonly caFile: string;
  /**
   * File with the job's federated token, for `AZURE_FEDERATED_TOKEN_FILE`. It has mode 0600; the token is
   * valid for a day.
   */
  readonly jobTokenFile: string;
}

const jobTokenSeconds = 86_400;

/** Writes the CA certificate `authority` (PEM), the environment and the job's token. */
export async function writeFiles(
  directory: string,
  azure: Azure,
  state: State,
  authority: string,
): Promise<Files> {
  const caFile = join(directory, 'ca.pem');
  const environmentFile = join(directory, 'azure-environment.json');
  const jobTokenFile = join(directory, 'job-token');
  const environment = describeEnvironment(azure, caFile);
  await writeFile(caFile, authority);
  await writeFile(environmentFile, `${JSON.stringify(environment, null, 2)}\n`);
  await writeFile(jobTokenFile, createJobToken(azure, state), { mode: 0o600 });
  await chmod(jobTokenFile, 0o600); // An existing file would keep its mode.
  return { environment, environmentFile, caFile, jobTokenFile };
}

function describeEnvironment({ urls }: Azure, caFile: string): AzureEnvironment {
  return {
    name: 'emulator',
    authority: urls.authority,
    graph: urls.graph,
    graphAudience: audiences.graph[0],
    resourceManager: urls.resourceManager,
    resourceManagerAudience: audiences.resourceManager[0],
    // As in Azure, a vault that does not exist has an address that does not resolve.
    vault: 'https://{name}.vault.emulator.invalid',
    vaults: Object.fromEntries(urls.vaults),
    vaultAudience: audiences.vault[0],
    blob: `${urls.blob}/{name}`,
    storageAudience: audiences.storage[0],
    tokenExchangeAudience: 'api://AzureADTokenExchange',
    webhookEnvironment: 'AzureStackCloud',
    caFile,
  };
}

function createJobToken({ jobSigner, urls, clock }: Azure, { job }: State): string {
  const now = Math.floor(clock.now());
  return jobSigner.sign({
    iss: `${urls.authority}${jobIssuerPath}`,
    sub: job.subject,
    aud: 'api://AzureADTokenExchange',
    iat: now,
    nbf: now,
    exp: now + jobTokenSeconds,
    jti: randomUUID(),
  });
}
