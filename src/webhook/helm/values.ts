import { createHash } from 'node:crypto';
import type { Preparation } from '../method.ts';
import { environmentDirectory, environmentVolume } from '../objects.ts';

export interface ChartOptions {
  readonly version: string;
  readonly image: string | undefined;
  readonly replicas: number;
}

/** The values that this installation gives the chart of azure-workload-identity. The user's own come after them, and win. */
export function chartValues({ installation, certificates }: Preparation, options: ChartOptions): object {
  const { tenantId, authority } = installation;
  const settled = JSON.stringify([tenantId, authority, certificates.caCertificate]);
  return {
    azureTenantID: tenantId,
    azureEnvironment: authority.variables.AZURE_ENVIRONMENT,
    replicaCount: options.replicas,
    image: imageValues(options),
    // The chart's own 100m stretches the program's start to several seconds; null takes the limit away.
    resources: { limits: { cpu: null } },
    // A change of the ConfigMap alone would leave the pods as they are.
    podAnnotations: {
      'entra-kubernetes-federation/configuration': createHash('sha256').update(settled).digest('hex'),
    },
    ...(authority.file !== undefined && {
      extraEnv: [{ name: 'AZURE_ENVIRONMENT_FILEPATH', value: `${environmentDirectory}/environment.json` }],
      extraVolumes: [environmentVolume.volume],
      extraVolumeMounts: [environmentVolume.mount],
    }),
  };
}

// The chart writes `repository:release`, into which a digest fits as well.
function imageValues({ image, version }: ChartOptions): object {
  if (image === undefined) return { release: version };
  const at = image.includes('@') ? image.lastIndexOf(':') : tagColon(image);
  return at < 0
    ? { repository: image, release: version }
    : { repository: image.slice(0, at), release: image.slice(at + 1) };
}

// The colon of a registry's port stands before a slash.
function tagColon(image: string): number {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? colon : -1;
}
