import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { errorMessage, FederationError } from '../errors/index.ts';
import { type AzureEnvironment, loadAzureEnvironment } from './environment.ts';

/** Loads the environment and makes its CA trusted; no request is sent. Throws FederationError `azure-environment-invalid` or `ca-file-unreadable`. */
export async function openAzureEnvironment(nameOrFile: string): Promise<AzureEnvironment> {
  const environment = await loadAzureEnvironment(nameOrFile);
  await trustCertificateAuthority(environment.caFile);
  return environment;
}

/**
 * Makes this process trust the CA of an Azure emulator in addition to the public ones, in every HTTPS client that it uses.
 * Node reads NODE_EXTRA_CA_CERTS only at its start, which is too late for an input. Throws FederationError `ca-file-unreadable`.
 */
export async function trustCertificateAuthority(caFile: string | undefined): Promise<void> {
  if (caFile === undefined) return;
  let pem: string;
  try {
    pem = await readFile(caFile, 'utf8');
  } catch (error) {
    const values = { file: caFile, problem: errorMessage(error) };
    throw new FederationError('ca-file-unreadable', values, { cause: error });
  }
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);
}
