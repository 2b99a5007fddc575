import type { Preparation } from '../installation.ts';
import { buildPodAnnotations, environmentDirectory, environmentVolume } from '../objects.ts';

export interface ChartOptions {
  readonly version: string;
  readonly image: string | undefined;
  readonly replicas: number;
}

/** Returns the values for the chart of azure-workload-identity. Values of the user are applied after them. */
export function buildChartValues(
  { installation, certificates }: Pick<Preparation, 'installation' | 'certificates'>,
  options: ChartOptions,
): object {
  const { tenantId, authority } = installation;
  return {
    azureTenantID: tenantId,
    azureEnvironment: authority.variables.AZURE_ENVIRONMENT,
    replicaCount: options.replicas,
    image: buildImageValues(options),
    // null removes the limit: the chart's 100m slows down the start of the program by several seconds.
    resources: { limits: { cpu: null } },
    podAnnotations: buildPodAnnotations(installation, certificates),
    ...(authority.file !== undefined && {
      extraEnv: [{ name: 'AZURE_ENVIRONMENT_FILEPATH', value: `${environmentDirectory}/environment.json` }],
      extraVolumes: [environmentVolume.volume],
      extraVolumeMounts: [environmentVolume.mount],
    }),
  };
}

// The chart joins them as `repository:release`, which also works for a digest.
function buildImageValues({ image, version }: ChartOptions): object {
  if (image === undefined) return { release: version };
  const at = image.includes('@') ? image.lastIndexOf(':') : findTagColon(image);
  return at < 0
    ? { repository: image, release: version }
    : { repository: image.slice(0, at), release: image.slice(at + 1) };
}

// A colon before a slash separates the port of the registry.
function findTagColon(image: string): number {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? colon : -1;
}
