import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { errorMessage, FederationError } from '../errors/index.ts';

/**
 * Makes this process trust the CA of an emulated Azure, beside the public ones, in every HTTPS client it uses.
 * Node reads NODE_EXTRA_CA_CERTS only at its start, which is too late for an input. Throws FederationError `ca-file-unreadable`.
 */
export async function trustCertificateAuthority(caFile: string | undefined): Promise<void> {
  if (caFile === undefined) return;
  let pem: string;
  try {
    pem = await readFile(caFile, 'utf8');
  } catch (error) {
    throw new FederationError(`failed to read the CA certificate ${caFile}: ${errorMessage(error)}`, {
      code: 'ca-file-unreadable',
      hint: 'The file named by "caFile" in azure-environment must be there while the job runs.',
      cause: error,
    });
  }
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);
}
