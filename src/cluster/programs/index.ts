import { join } from 'node:path';
import { FederationError } from '../../errors/index.ts';
import { type Deps, findCached, findOnPath, isProgram } from '../../runtime/index.ts';
import { type ProgramName, pins } from '../pins.ts';
import { BuildUnavailableError, build } from './build.ts';
import { type Archive, envtest, fetchEnvtest, findEnvtestArchive } from './envtest.ts';

export interface ProgramOptions {
  /** Folder that the user chose. Every program in it is used. */
  readonly directory?: string | undefined;
  /** Required version of kube-apiserver, for example, `v1.34.4`. By default, any version is used. */
  readonly kubernetesVersion?: string | undefined;
  /** Archive to use instead of the pinned one, for a mirror or a test. `null` for none. */
  readonly archive?: Archive | null | undefined;
}

/** Files of the programs of an embedded cluster. */
export type Programs = Readonly<Record<ProgramName, string>>;

export type ProgramDeps = Pick<
  Deps,
  'log' | 'exec' | 'run' | 'env' | 'fetch' | 'clock' | 'temporaryDirectory' | 'cache'
>;

interface Search {
  readonly options: ProgramOptions;
  readonly deps: ProgramDeps;
  /** One download provides two programs. If it fails, it is not repeated for the second. */
  archive?: Promise<string>;
  /** Why each source provides nothing. */
  readonly reasons: Set<string>;
}

type Source = (name: ProgramName, search: Search) => Promise<{ file: string; from: string } | undefined>;

/**
 * Finds, downloads or builds kube-apiserver, etcd and the webhook, in this order: the folder of the user,
 * KUBEBUILDER_ASSETS, PATH, tool cache, published archive, Go modules. A first build takes minutes and logs
 * its progress.
 * Throws FederationError `programs-unavailable`, `programs-directory-empty`, `build-failed`,
 * `checksum-mismatch`.
 */
export async function ensurePrograms(deps: ProgramDeps, options: ProgramOptions = {}): Promise<Programs> {
  await assertHasPrograms(options.directory);
  const search: Search = { options, deps, reasons: new Set() };
  return {
    'kube-apiserver': await find('kube-apiserver', search),
    etcd: await find('etcd', search),
    'azure-wi-webhook': await find('azure-wi-webhook', search),
  };
}

async function find(name: ProgramName, search: Search): Promise<string> {
  for (const source of [fromFolders, fromPath, fromCache, fromArchive, fromModules]) {
    const found = await source(name, search);
    if (found === undefined) continue;
    search.deps.log.info(`${name}: ${found.file} (${found.from})`);
    return found.file;
  }
  throw createUnavailableError(name, search);
}

const fromFolders: Source = async (name, search) => {
  const { options, deps } = search;
  for (const [folder, from] of [
    [options.directory, 'from programs-directory'],
    [deps.env.KUBEBUILDER_ASSETS, 'from KUBEBUILDER_ASSETS'],
  ] as const) {
    if (folder === undefined || folder === '') continue;
    const file = join(folder, name);
    if ((await isProgram(file)) && (await isWanted(name, file, search))) return { file, from };
  }
  return undefined;
};

const fromPath: Source = async (name, search) => {
  const file = await findOnPath(name, search.deps.env);
  if (file === undefined || !(await isWanted(name, file, search))) return undefined;
  return { file, from: 'from PATH' };
};

const fromCache: Source = async (name, search) => {
  const { version } = pins.built[name];
  if (fits(name, version, search)) {
    const folder = await findCached({ name, version }, search.deps);
    if (folder !== undefined) return { file: join(folder, name), from: 'built earlier' };
  }
  if (!isInArchive(name) || !fits(name, pins.envtest.version, search)) return undefined;
  const folder = await findCached(envtest, search.deps);
  return folder === undefined ? undefined : { file: join(folder, name), from: 'downloaded earlier' };
};

const fromArchive: Source = async (name, search) => {
  const { options, deps } = search;
  const archive =
    options.archive === undefined ? findEnvtestArchive(process.platform, process.arch) : options.archive;
  if (!archive || !isInArchive(name) || !fits(name, pins.envtest.version, search)) return undefined;
  search.archive ??= fetchEnvtest(archive, deps);
  try {
    return { file: join(await search.archive, name), from: 'from the envtest archive' };
  } catch (error) {
    // A wrong checksum is an alarm, not a reason to try another source.
    if (!(error instanceof FederationError) || error.code !== 'download-failed') throw error;
    if (!search.reasons.has(error.message))
      deps.log.info(`The envtest archive is not available: ${error.message}`);
    search.reasons.add(error.message);
    return undefined;
  }
};

const fromModules: Source = async (name, search) => {
  if (!fits(name, pins.built[name].version, search)) return undefined;
  try {
    return { file: await build(name, search.deps), from: 'built from its Go modules' };
  } catch (error) {
    if (!(error instanceof BuildUnavailableError)) throw error;
    search.reasons.add(error.message);
    return undefined;
  }
};

const isInArchive = (name: ProgramName) => pins.envtest.programs.some((program) => program === name);

/**
 * Returns whether a program of this version may be used. Only the version of kube-apiserver can be requested.
 */
function fits(name: ProgramName, version: string, search: Search): boolean {
  const wanted = search.options.kubernetesVersion;
  return name !== 'kube-apiserver' || wanted === undefined || wanted === `v${version}`;
}

async function isWanted(name: ProgramName, file: string, search: Search): Promise<boolean> {
  const wanted = search.options.kubernetesVersion;
  if (name !== 'kube-apiserver' || wanted === undefined) return true;
  const { stdout } = await search.deps.exec(file, ['--version'], { timeoutSeconds: 10 });
  const version = /v\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'an unknown version';
  if (version === wanted) return true;
  search.reasons.add(`expected ${wanted}, found ${version} in ${file}`);
  return false;
}

async function assertHasPrograms(directory: string | undefined): Promise<void> {
  if (directory === undefined) return;
  const names = Object.keys(pins.built);
  for (const name of names) if (await isProgram(join(directory, name))) return;
  throw new FederationError('programs-directory-empty', { directory, programs: names.join(', ') });
}

function createUnavailableError(name: ProgramName, { options, reasons }: Search): FederationError {
  const wanted = name === 'kube-apiserver' ? options.kubernetesVersion : undefined;
  const problems = [...reasons];
  if (wanted !== undefined)
    problems.push(
      `this action provides v${pins.built[name].version} and v${pins.envtest.version} if \`kubernetes-version\` is not set`,
    );
  const program = wanted === undefined ? name : `${name} ${wanted}`;
  const problem = problems.join('; ') || 'no source provides it';
  return new FederationError('programs-unavailable', { program, problem });
}
