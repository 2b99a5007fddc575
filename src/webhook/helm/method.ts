import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { stringify } from 'yaml';
import { FederationError } from '../../errors/index.ts';
import type { Cluster } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { readDeployment } from '../deployed.ts';
import type { Method, Preparation } from '../installation.ts';
import { buildCertificateSecret, buildEnvironmentConfigMap } from '../objects.ts';
import { findMissingMutation } from '../readiness.ts';
import { getRelease, markForRelease, prepareAdoption } from './adoption.ts';
import { assertSucceeded, createHelm, type Helm } from './command.ts';
import { buildChartValues, type ChartOptions } from './values.ts';

export interface HelmOptions extends ChartOptions {
  /** Folder, file, URL or oci:// reference; undefined for the published chart. */
  readonly chart: string | undefined;
  /** The user's values, as YAML. */
  readonly values: string | undefined;
}

const defaultRelease = 'workload-identity-webhook';
const publishedRepository = 'https://azure.github.io/azure-workload-identity/charts';
const publishedChart = 'workload-identity-webhook';

/** Returns the method that installs a chart with Helm. An existing release keeps its name. */
export async function createHelmMethod(cluster: Cluster, options: HelmOptions, deps: Deps): Promise<Method> {
  const helm = createHelm(cluster, deps);
  const deployment = await readDeployment(cluster);
  const release = (deployment && getRelease(deployment)) ?? defaultRelease;
  return {
    name: `Helm release ${release}`,
    install: (preparation) => install(preparation, { ...options, helm, release }),
    uninstall: async () => {
      const { exitCode, stderr } = await helm.change('uninstall', release, '--ignore-not-found');
      if (exitCode !== 0) deps.log.warning(`Could not uninstall Helm release ${release}: ${stderr.trim()}`);
    },
  };
}

interface Plan extends HelmOptions {
  readonly helm: Helm;
  readonly release: string;
}

async function install(preparation: Preparation, plan: Plan): Promise<boolean> {
  const { installation, certificates, apply } = preparation;
  const { cluster, authority, deps } = installation;
  assertAudienceSupported(authority.audience);
  // Before the chart, whose Secret is empty: pods that mount it wait a minute or more for the kubelet to refresh it.
  await apply(markForRelease(plan.release, buildCertificateSecret(certificates)));
  if (authority.file !== undefined) await apply(buildEnvironmentConfigMap(authority.file));
  const directory = await mkdtemp(join(deps.temporaryDirectory, 'federation-helm-'));
  try {
    const chart = [
      plan.release,
      ...buildChartArguments(plan),
      ...(await writeValueFiles(directory, preparation, plan)),
    ];
    const rendered = assertSucceeded('render the chart', await plan.helm.query('template', ...chart));
    // Objects of a release may have been changed since it was deployed. In that case, Helm restores them.
    if (await isDeployed(plan, rendered)) {
      if ((await findMissingMutation(cluster, installation)) === undefined) return false;
    }
    const adopt = await prepareAdoption(cluster, rendered, plan.release, deps);
    const flags = ['--install', '--reset-values', ...(adopt ? ['--take-ownership'] : [])];
    assertSucceeded(
      `install the chart as ${plan.release}`,
      await plan.helm.change('upgrade', ...chart, ...flags),
    );
    deps.log.info(`Installed Helm release ${plan.release}`);
    return true;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

// The chart does not set --audience, so that pods in other clouds would get tokens that Entra ID rejects.
function assertAudienceSupported(audience: string): void {
  if (audience !== 'api://AzureADTokenExchange')
    throw new FederationError('helm-audience-fixed', { audience });
}

function buildChartArguments({ chart, version }: Plan): readonly string[] {
  const chartVersion = `--version=${version.replace(/^v/, '')}`;
  if (chart === undefined) return [publishedChart, `--repo=${publishedRepository}`, chartVersion];
  return chart.startsWith('oci://') ? [chart, chartVersion] : [chart];
}

async function writeValueFiles(
  directory: string,
  preparation: Preparation,
  plan: Plan,
): Promise<readonly string[]> {
  const own = join(directory, 'values.yaml');
  await writeFile(own, stringify(buildChartValues(preparation, plan)));
  if (plan.values === undefined) return [`--values=${own}`];
  const users = join(directory, 'users-values.yaml');
  await writeFile(users, plan.values);
  return [`--values=${own}`, `--values=${users}`];
}

const releaseStatus = v.object({
  manifest: v.optional(v.string(), ''),
  info: v.optional(v.object({ status: v.optional(v.string()) }), {}),
});

/** Returns whether the last deployment of the release succeeded and had this manifest. */
async function isDeployed({ helm, release }: Plan, rendered: string): Promise<boolean> {
  const { exitCode, stdout } = await helm.query('status', release, '--output=json');
  if (exitCode !== 0) return false;
  const { manifest, info } = v.parse(releaseStatus, JSON.parse(stdout));
  return info.status === 'deployed' && manifest.trim() === rendered.trim();
}
