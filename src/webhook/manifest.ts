import type { Cluster } from '../kubernetes/index.ts';
import type { Deps } from '../runtime/index.ts';
import { buildWebhookConfiguration } from './configuration.ts';
import { systemLabels } from './contract.ts';
import { readDeployment } from './deployed.ts';
import { getRelease } from './helm/adoption.ts';
import type { Method } from './installation.ts';
import { buildDeployment, buildPrerequisites } from './objects.ts';

export interface ManifestOptions {
  readonly image: string;
  readonly replicas: number;
}

/** Returns the method that installs the objects by server-side apply. */
export function createManifestMethod(options: ManifestOptions): Method {
  return {
    name: 'manifest',
    install: async ({ installation, certificates, apply }) => {
      const { cluster, deps } = installation;
      const selector = await chooseSelector(cluster, deps);
      const wanted = { ...installation, ...options, certificates, selector };
      const changes = await Promise.all(buildPrerequisites(wanted).map(apply));
      const last = [
        buildDeployment(wanted),
        buildWebhookConfiguration('service', certificates.caCertificate),
      ];
      changes.push(...(await Promise.all(last.map(apply))));
      return changes.some((change) => change !== 'unchanged');
    },
    uninstall: async () => undefined,
  };
}

// The selector of a Deployment is immutable. An existing Deployment, for example of Helm, keeps its own.
async function chooseSelector(
  cluster: Cluster,
  { log }: Pick<Deps, 'log'>,
): Promise<Readonly<Record<string, string>>> {
  const deployment = await readDeployment(cluster);
  const release = deployment && getRelease(deployment);
  if (release !== undefined) {
    log.warning(
      `Taking over the webhook from Helm release ${release}: set \`method: helm\` to keep the record of the release correct`,
    );
  }
  return deployment?.spec?.selector.matchLabels ?? systemLabels;
}
