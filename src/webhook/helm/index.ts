import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { V1Deployment } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { FederationError } from '../../errors/index.ts';
import { type Cluster, read } from '../../kubernetes/index.ts';
import type { Deps } from '../../runtime/index.ts';
import { deploymentName, systemNamespace } from '../contract.ts';
import type { Method, Preparation } from '../method.ts';
import { certificateSecret, environmentConfigMap } from '../objects.ts';
import { findMissingMutation } from '../readiness.ts';
import { type Helm, helmFor } from './command.ts';
import { makeAdoptable } from './foreign.ts';
import { ownedBy, releaseOf } from './ownership.ts';
import { type ChartOptions, chartValues } from './values.ts';

export interface HelmOptions extends ChartOptions {
  /** Folder, file, URL or oci:// reference; undefined is the published chart. */
  readonly chart: string | undefined;
  /** YAML of the user's own values. */
  readonly values: string | undefined;
}

const defaultRelease = 'workload-identity-webhook';
const publishedRepository = 'https://azure.github.io/azure-workload-identity/charts';
const publishedChart = 'workload-identity-webhook';

/** With Helm, from a chart. The release that is there keeps its name. */
export async function createHelmMethod(cluster: Cluster, options: HelmOptions, deps: Deps): Promise<Method> {
  const helm = helmFor(cluster, deps);
  const release = (await presentRelease(cluster)) ?? defaultRelease;
  return {
    name: `Helm release ${release}`,
    place: (preparation) => place(preparation, { ...options, helm, release }),
    remove: async () => {
      const { exitCode, stderr } = await helm.run('uninstall', release, '--ignore-not-found');
      if (exitCode !== 0) deps.log.warning(`helm could not uninstall ${release}: ${stderr.trim()}`);
    },
  };
}

interface Plan extends HelmOptions {
  readonly helm: Helm;
  readonly release: string;
}

async function place(preparation: Preparation, plan: Plan): Promise<boolean> {
  const { installation, certificates, put } = preparation;
  const { cluster, authority, deps } = installation;
  refuseOtherAudience(authority.audience);
  // Before the chart, whose own Secret is empty: pods that mount it so would wait a minute or more for the kubelet's next look.
  await put(ownedBy(plan.release, systemNamespace, certificateSecret(certificates)));
  if (authority.file !== undefined) await put(environmentConfigMap(authority.file));
  const directory = await mkdtemp(join(deps.temporaryDirectory, 'federation-helm-'));
  try {
    const chart = [
      plan.release,
      ...chartArguments(plan),
      ...(await valueFiles(directory, preparation, plan)),
    ];
    const rendered = await plan.helm.must('render the chart', 'template', ...chart);
    // A release that is as wanted may have been changed by hand since; then it is put right again.
    if (await isInstalled(plan, rendered)) {
      if ((await findMissingMutation(cluster, installation)) === undefined) return false;
    }
    const foreign = await makeAdoptable(cluster, rendered, plan.release, deps);
    await plan.helm.must(
      `install the chart as ${plan.release}`,
      'upgrade',
      ...chart,
      '--install',
      '--reset-values',
      ...(foreign ? ['--take-ownership'] : []),
    );
    deps.log.info(`helm installed the release ${plan.release}`);
    return true;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

// The chart gives its webhook no --audience, and pods of other clouds would get tokens that nobody takes.
function refuseOtherAudience(audience: string): void {
  if (audience === 'api://AzureADTokenExchange') return;
  throw new FederationError(
    `failed to install the webhook with Helm: its chart cannot set the audience ${audience}`,
    {
      code: 'helm-audience-fixed',
      hint: 'Use method: manifest for this cloud.',
    },
  );
}

function chartArguments({ chart, version }: Plan): readonly string[] {
  const chartVersion = `--version=${version.replace(/^v/, '')}`;
  if (chart === undefined) return [publishedChart, `--repo=${publishedRepository}`, chartVersion];
  return chart.startsWith('oci://') ? [chart, chartVersion] : [chart];
}

async function valueFiles(
  directory: string,
  preparation: Preparation,
  plan: Plan,
): Promise<readonly string[]> {
  const own = join(directory, 'values.yaml');
  await writeFile(own, stringify(chartValues(preparation, plan)));
  if (plan.values === undefined) return [`--values=${own}`];
  const users = join(directory, 'users-values.yaml');
  await writeFile(users, plan.values);
  return [`--values=${own}`, `--values=${users}`];
}

/** Whether the last deployment of the release went well and was of the very same manifest. */
async function isInstalled({ helm, release }: Plan, rendered: string): Promise<boolean> {
  const { exitCode, stdout } = await helm.run('status', release, '--output=json');
  if (exitCode !== 0) return false;
  const { manifest, info } = JSON.parse(stdout) as {
    readonly manifest?: string;
    readonly info?: { readonly status?: string };
  };
  return info?.status === 'deployed' && manifest?.trim() === rendered.trim();
}

async function presentRelease(cluster: Cluster): Promise<string | undefined> {
  const present = await read<V1Deployment>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: deploymentName, namespace: systemNamespace },
  });
  return present && releaseOf(present);
}
