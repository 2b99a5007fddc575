import type { V1Secret } from '@kubernetes/client-node';
import { type Cluster, read } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { certificateSecretName, serviceName, systemNamespace } from '../contract.ts';
import { createServingCertificates, type ServingCertificates } from './issue.ts';
import { findCertificateFault } from './validity.ts';

/** The name by which the API server calls the Service of the webhook. */
export const serviceDnsName = `${serviceName}.${systemNamespace}.svc`;

/**
 * Returns the certificates to install. Those in the Secret are kept as long as the webhook's rotation, which may have created
 * them, would keep them.
 */
export async function prepareCertificates(
  cluster: Cluster,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<ServingCertificates> {
  const existing = await readStoredCertificates(cluster);
  for (const key of [existing?.caKey, existing?.key]) if (key) deps.log.mask(key);
  if (existing) {
    const fault = findCertificateFault(existing, serviceDnsName, deps.clock);
    if (fault === undefined) return existing;
    deps.log.info(`Replacing the certificates of the webhook: ${fault}`);
  }
  const created = await createServingCertificates({ dnsNames: [serviceDnsName] }, deps.clock);
  for (const key of [created.caKey, created.key]) deps.log.mask(key);
  return created;
}

/** Reads the certificates in the Secret of the webhook; undefined unless all four parts exist. Mask the keys. */
export async function readStoredCertificates(cluster: Cluster): Promise<ServingCertificates | undefined> {
  const secret = await read<V1Secret>(cluster, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: certificateSecretName, namespace: systemNamespace },
  });
  const text = (key: string) => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
  const stored = {
    caCertificate: text('ca.crt'),
    caKey: text('ca.key'),
    certificate: text('tls.crt'),
    key: text('tls.key'),
  };
  return Object.values(stored).includes('') ? undefined : stored;
}
