import { join } from 'node:path';
import { errorMessage, FederationError } from '../../errors/index.ts';
import { type Deps, findCached, findOnPath, isProgram } from '../../runtime/index.ts';
import { type ProgramName, pins } from '../pins.ts';
import { BuildUnavailableError, build } from './build.ts';
import { type Archive, envtest, envtestArchive, fetchEnvtest } from './envtest.ts';

export interface ProgramOptions {
  /** Folder that the user names; every program that is in it is taken from there. */
  readonly directory?: string | undefined;
  /** Version that kube-apiserver must have, `v1.34.4`. Without it, any that is found. */
  readonly kubernetesVersion?: string | undefined;
  /** Another archive than the pinned one: for a mirror, and for tests. `null` for none. */
  readonly archive?: Archive | null | undefined;
}

/** Files of the programs that make an embedded cluster. */
export type Programs = Readonly<Record<ProgramName, string>>;

export type ProgramDeps = Pick<
  Deps,
  'log' | 'exec' | 'run' | 'env' | 'fetch' | 'clock' | 'temporaryDirectory' | 'cache'
>;

interface Search {
  readonly options: ProgramOptions;
  readonly deps: ProgramDeps;
  /** One download serves two programs, and is not tried again for the second when it failed. */
  archive?: Promise<string>;
  /** What each source that could not help answered. */
  readonly refusals: Set<string>;
}

type Source = (name: ProgramName, search: Search) => Promise<{ file: string; from: string } | undefined>;

/**
 * Finds, fetches or builds kube-apiserver, etcd and the webhook, in the order: named folder, KUBEBUILDER_ASSETS, PATH, tool cache,
 * published archive, Go modules. A first build takes minutes and shows its progress.
 * Throws FederationError `programs-unavailable`, `programs-directory-empty`, `build-failed`, `checksum-mismatch`.
 */
export async function ensurePrograms(deps: ProgramDeps, options: ProgramOptions = {}): Promise<Programs> {
  await assertDirectoryHelps(options.directory);
  const search: Search = { options, deps, refusals: new Set() };
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
  throw unavailable(name, search);
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
  if (!inArchive(name) || !fits(name, pins.envtest.version, search)) return undefined;
  const folder = await findCached(envtest, search.deps);
  return folder === undefined ? undefined : { file: join(folder, name), from: 'downloaded earlier' };
};

const fromArchive: Source = async (name, search) => {
  const { options, deps } = search;
  const archive =
    options.archive === undefined ? envtestArchive(process.platform, process.arch) : options.archive;
  if (!archive || !inArchive(name) || !fits(name, pins.envtest.version, search)) return undefined;
  search.archive ??= fetchEnvtest(archive, deps);
  try {
    return { file: join(await search.archive, name), from: 'from the envtest archive' };
  } catch (error) {
    // A wrong checksum is an alarm, not a reason to look elsewhere.
    if (!(error instanceof FederationError) || error.code !== 'download-failed') throw error;
    if (!search.refusals.has(error.message)) deps.log.info(error.message);
    search.refusals.add(error.message);
    return undefined;
  }
};

const fromModules: Source = async (name, search) => {
  if (!fits(name, pins.built[name].version, search)) return undefined;
  try {
    return { file: await build(name, search.deps), from: 'built from its Go modules' };
  } catch (error) {
    if (!(error instanceof BuildUnavailableError)) throw error;
    search.refusals.add(error.message);
    return undefined;
  }
};

const inArchive = (name: ProgramName) => pins.envtest.programs.some((program) => program === name);

/** Whether a program of this version may be used: only kube-apiserver's version can be asked for. */
function fits(name: ProgramName, version: string, search: Search): boolean {
  const wanted = search.options.kubernetesVersion;
  return name !== 'kube-apiserver' || wanted === undefined || wanted === `v${version}`;
}

async function isWanted(name: ProgramName, file: string, search: Search): Promise<boolean> {
  const wanted = search.options.kubernetesVersion;
  if (name !== 'kube-apiserver' || wanted === undefined) return true;
  const { stdout } = await search.deps.exec(file, ['--version'], { timeoutSeconds: 10 });
  const version = /v\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] ?? 'of unknown version';
  if (version === wanted) return true;
  search.refusals.add(`${file} is ${version}, not ${wanted}`);
  return false;
}

async function assertDirectoryHelps(directory: string | undefined): Promise<void> {
  if (directory === undefined) return;
  const names = Object.keys(pins.built);
  for (const name of names) if (await isProgram(join(directory, name))) return;
  throw new FederationError(
    `failed to use the programs of ${directory}: none of ${names.join(', ')} is in it`,
    {
      code: 'programs-directory-empty',
      hint: 'Correct programs-directory, or leave it out.',
    },
  );
}

function unavailable(name: ProgramName, search: Search): FederationError {
  const reasons = [...search.refusals];
  const wanted = name === 'kube-apiserver' ? search.options.kubernetesVersion : undefined;
  return new FederationError(
    `failed to get ${name}${wanted ? ` ${wanted}` : ''}: ${reasons.map(errorMessage).join('; ') || 'no source has it'}`,
    {
      code: 'programs-unavailable',
      hint: [
        'Three ways out:',
        '1. Set programs-directory (or KUBEBUILDER_ASSETS) to a folder that holds kube-apiserver, etcd and azure-wi-webhook.',
        `2. Restore the tool cache of a job that had them: ${Object.entries(pins.built)
          .map(([program, { version }]) => `${program}/${version}`)
          .join(', ')} below RUNNER_TOOL_CACHE or ~/.cache/entra-kubernetes-federation.`,
        '3. Give the job Go 1.26 and a Go module proxy (actions/setup-go), so that they can be built; kube-apiserver and etcd alone also come from github.com.',
        ...(wanted
          ? [
              `Without kubernetes-version, v${pins.built['kube-apiserver'].version} or v${pins.envtest.version} is used.`,
            ]
          : []),
      ].join('\n'),
    },
  );
}
