import type { V1Deployment } from '@kubernetes/client-node';
import { type Cluster, read } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { webhookConfiguration } from './configuration.ts';
import { deploymentName, systemLabels, systemNamespace } from './contract.ts';
import { releaseOf } from './helm/ownership.ts';
import type { Method } from './method.ts';
import { deployment, prerequisites } from './objects.ts';

export interface ManifestOptions {
  readonly image: string;
  readonly replicas: number;
}

/** By server-side apply of the objects themselves, in one go. */
export function createManifestMethod(options: ManifestOptions): Method {
  return {
    name: 'manifest',
    place: async ({ installation, certificates, put }) => {
      const { cluster, deps } = installation;
      const selector = await selectorFor(cluster, deps);
      const wanted = { ...installation, ...options, certificates, selector };
      const changes = await Promise.all(prerequisites(wanted).map(put));
      const last = [deployment(wanted), webhookConfiguration('service', certificates.caCertificate)];
      changes.push(...(await Promise.all(last.map(put))));
      return changes.some((change) => change !== 'unchanged');
    },
    remove: async () => undefined,
  };
}

// A Deployment's selector can never be changed. One that somebody else made, Helm for instance, keeps its own, and its pods get ours besides.
async function selectorFor(
  cluster: Cluster,
  { log }: Pick<Deps, 'log'>,
): Promise<Readonly<Record<string, string>>> {
  const present = await read<V1Deployment>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: deploymentName, namespace: systemNamespace },
  });
  const release = present && releaseOf(present);
  if (release !== undefined) {
    log.warning(
      `taking over the webhook of the Helm release ${release}: use method: helm to keep its record right`,
    );
  }
  return present?.spec?.selector.matchLabels ?? systemLabels;
}
