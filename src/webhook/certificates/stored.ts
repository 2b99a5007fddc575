import type { V1Secret } from '@kubernetes/client-node';
import { type Cluster, read } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { certificateSecretName, serviceName, systemNamespace } from '../contract.ts';
import { makeServingCertificates, type ServingCertificates } from './issue.ts';
import { faultOf } from './state.ts';

/** The name by which the API server calls the webhook's Service. */
export const serviceDnsName = `${serviceName}.${systemNamespace}.svc`;

/**
 * The certificates to install with. Those in the Secret stay as long as the webhook's own rotation would keep them: it may have made them itself.
 */
export async function certificatesFor(
  cluster: Cluster,
  deps: Pick<Deps, 'clock' | 'log'>,
): Promise<ServingCertificates> {
  const present = await storedCertificates(cluster);
  for (const key of [present?.caKey, present?.key]) if (key) deps.log.mask(key);
  if (present) {
    const fault = faultOf(present, serviceDnsName, deps.clock);
    if (fault === undefined) return present;
    deps.log.info(`replacing the webhook's certificates: ${fault}`);
  }
  const made = await makeServingCertificates({ dnsNames: [serviceDnsName] }, deps.clock);
  for (const key of [made.caKey, made.key]) deps.log.mask(key);
  return made;
}

/** What the webhook's Secret holds; undefined unless all four parts are there. Mask the keys. */
export async function storedCertificates(cluster: Cluster): Promise<ServingCertificates | undefined> {
  const secret = await read<V1Secret>(cluster, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: certificateSecretName, namespace: systemNamespace },
  });
  const text = (key: string) => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');
  const present = {
    caCertificate: text('ca.crt'),
    caKey: text('ca.key'),
    certificate: text('tls.crt'),
    key: text('tls.key'),
  };
  return Object.values(present).includes('') ? undefined : present;
}
