import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../errors/index.ts';
import { connectCluster, getRaw } from '../kubernetes/index.ts';
import { type Deps, isCancelled, type RunResult, workFolder } from '../runtime/index.ts';
import { removeCluster } from './clean-up.ts';
import type { definition } from './definition.ts';
import type { ClusterRequest, Provider } from './provider.ts';
import { findKnownFault } from './providers/known-faults.ts';

/** A start that failed. The error is thrown after the outputs are set, so that the logs can be uploaded. */
export interface FailedStart {
  readonly failure: FederationError;
  readonly logsDirectory: string | undefined;
}

/**
 * Copies the logs of a start that failed, deletes what it created, and returns its error with the last lines
 * of the API server's log.
 */
export async function explainFailedStart(
  error: unknown,
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<FailedStart> {
  const logsDirectory = await copyLogs(request, provider, deps);
  try {
    await removeCluster(request, provider, deps);
  } catch (fault) {
    // The user must see the error of the start.
    deps.log.warning(`Could not delete what the failed start left: ${errorMessage(fault)}`);
  }
  const failure = findFaultOfMachine(error);
  if (!(failure instanceof FederationError)) throw error;
  if (logsDirectory !== undefined && !/last lines of/i.test(failure.message))
    await addLastLines(failure, logsDirectory);
  return { failure, logsDirectory };
}

/** Returns the outputs and the summary of a start that failed. */
export function reportFailedStart(
  { provider }: ClusterRequest,
  { failure, logsDirectory }: FailedStart,
): RunResult<typeof definition> {
  return {
    outputs: {
      kubeconfig: undefined,
      context: undefined,
      'key-id': undefined,
      'kubernetes-version': undefined,
      'cluster-provider': provider,
      'logs-directory': logsDirectory,
    },
    summary: {
      title: 'Cluster not started',
      links: [],
      facts: [
        ['Provider', provider],
        ['Reason', failure.message.split('\n', 1)[0] ?? ''],
        ...(logsDirectory === undefined ? [] : [['Logs', logsDirectory] as const]),
      ],
    },
    failure,
  };
}

// A full disk shows in a call of this action, or in the log of a program that exited.
function findFaultOfMachine(error: unknown): unknown {
  if (error instanceof FederationError && error.code !== 'program-ended') return error;
  const message = errorMessage(error);
  return findKnownFault(message)?.addDetails([message]) ?? error;
}

/**
 * Copies the logs of nodes and API server, and the events if the API server is ready, into a folder that
 * outlives the cluster. Returns undefined if no logs exist. Logs that cannot be copied are a warning, because
 * the user must see the error of the start.
 */
async function copyLogs(
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<string | undefined> {
  const folder = join(workFolder(deps), 'logs', request.name);
  const copied: string[] = [];
  for (const copy of [
    () => provider.copyLogs(request, folder, deps),
    () => writeEvents(request, provider, folder, deps),
  ]) {
    try {
      copied.push(...(await copy()));
    } catch (error) {
      if (isCancelled(error)) throw error;
      deps.log.warning(`Could not copy logs of the failed start: ${errorMessage(error)}`);
    }
  }
  if (copied.length === 0) return undefined;
  deps.log.info(`Copied the logs of the failed start to ${folder}`);
  return folder;
}

async function writeEvents(
  request: ClusterRequest,
  provider: Provider,
  folder: string,
  deps: Deps,
): Promise<readonly string[]> {
  const inspection = await provider.inspect(request, deps);
  if (inspection.state !== 'running') return [];
  const { status, body } = await getRaw(await connectCluster(inspection.access, deps), '/api/v1/events');
  if (status !== 200) return [];
  const file = join(folder, 'events.json');
  await mkdir(folder, { recursive: true });
  await writeFile(file, body);
  return [file];
}

async function addLastLines(error: FederationError, folder: string): Promise<void> {
  const lines = selectErrors(await readApiServerLog(folder));
  if (lines.length > 0)
    error.addDetails(['Last lines of kube-apiserver:', ...lines.map((line) => `  ${line}`)]);
}

/** Returns the last log of kube-apiserver, as kind and minikube export it. */
async function readApiServerLog(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).sort();
  const own = files.filter((file) => /kube-apiserver[^/]*\/kube-apiserver\/\d+\.log$/.test(file)).at(-1);
  if (own !== undefined) return readFile(join(folder, own), 'utf8');
  if (!files.includes('minikube.log')) return '';
  const sections = (await readFile(join(folder, 'minikube.log'), 'utf8')).split(/^==> /m);
  return sections.find((section) => section.startsWith('kube-apiserver ')) ?? '';
}

// Klog marks errors with E and F. A wrong flag ends in a plain `Error: …`. Lines of containers begin with a
// time and a stream.
const errorLine = /(^|\s)([EF]\d{4} |error:|panic:|unknown flag)/i;
const lineCount = 5;

function selectErrors(log: string): readonly string[] {
  const lines = log
    .split('\n')
    .map((line) => line.replace(/^\S+ (stdout|stderr) F /, '').trim())
    .filter((line) => errorLine.test(line));
  return lines.slice(-lineCount).map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line));
}
