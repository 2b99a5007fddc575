import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, FederationError } from '../errors/index.ts';
import { connectCluster, getRaw } from '../kubernetes/index.ts';
import { type Deps, isCancelled, workFolder } from '../runtime/index.ts';
import type { ClusterRequest, Provider } from './provider.ts';

/**
 * Copies the logs of nodes and API server, and the events where the API server answers, into a folder that stays after the cluster
 * is removed. Undefined where there is nothing to copy; what cannot be had is a warning, because the failed start is the error.
 */
export async function collectLogs(
  request: ClusterRequest,
  provider: Provider,
  deps: Deps,
): Promise<string | undefined> {
  const folder = join(workFolder(deps), 'logs', request.name);
  const found = [
    await attempt(() => provider.logs(request, folder, deps), deps),
    await attempt(() => writeEvents(request, provider, folder, deps), deps),
  ].flat();
  if (found.length === 0) return undefined;
  deps.log.info(`logs of the failed start are in ${folder}`);
  return folder;
}

async function attempt(
  copy: () => Promise<readonly string[]>,
  deps: Pick<Deps, 'log'>,
): Promise<readonly string[]> {
  try {
    return await copy();
  } catch (error) {
    if (isCancelled(error)) throw error;
    deps.log.warning(`logs of the failed start could not be copied: ${errorMessage(error)}`);
    return [];
  }
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

/** The error with the last telling lines of the API server's log in the folder, where there are any. */
export async function withLastLines(
  error: FederationError,
  folder: string | undefined,
): Promise<FederationError> {
  if (folder === undefined || error.message.includes('last lines of')) return error;
  const lines = tellingLines(await apiServerLog(folder));
  if (lines.length === 0) return error;
  const { code, fault, hint, cause } = error;
  return new FederationError(
    [error.message, 'last lines of kube-apiserver:', ...lines.map((line) => `  ${line}`)].join('\n'),
    { code, fault, cause, ...(hint !== undefined && { hint }) },
  );
}

/** What kube-apiserver logged last, as kind and minikube export it. */
async function apiServerLog(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).sort();
  const own = files.filter((file) => /kube-apiserver[^/]*\/kube-apiserver\/\d+\.log$/.test(file)).at(-1);
  if (own !== undefined) return readFile(join(folder, own), 'utf8');
  if (!files.includes('minikube.log')) return '';
  const sections = (await readFile(join(folder, 'minikube.log'), 'utf8')).split(/^==> /m);
  return sections.find((section) => section.startsWith('kube-apiserver ')) ?? '';
}

// Klog marks errors with E and F; a wrong flag ends in a plain `Error: …`. Lines of containers have a time and a stream in front.
const telling = /(^|\s)([EF]\d{4} |error:|panic:|unknown flag)/i;
const lineCount = 5;

function tellingLines(log: string): readonly string[] {
  const lines = log
    .split('\n')
    .map((line) => line.replace(/^\S+ (stdout|stderr) F /, '').trim())
    .filter((line) => telling.test(line));
  return lines.slice(-lineCount).map((line) => (line.length > 300 ? `${line.slice(0, 299)}…` : line));
}
