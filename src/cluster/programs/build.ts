import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { errorCode, FederationError } from '../../errors/index.ts';
import { type Deps, type ExecResult, exists, storeInCache } from '../../runtime/index.ts';
import { type ProgramName, pins } from '../pins.ts';

type BuildDeps = Pick<Deps, 'run' | 'log' | 'clock' | 'env' | 'temporaryDirectory' | 'cache'>;

/** Why this machine cannot build at all, as opposed to a build that failed. */
export class BuildUnavailableError extends Error {}

/**
 * Builds a program from its Go module, or restores the build of an earlier job, and stores it in the tool
 * cache. Returns the file. Uses the flags of a plain `CGO_ENABLED=0 go build -trimpath`, so that Go's own
 * cache serves a second build.
 * Throws BuildUnavailableError without Go or without the modules, FederationError `build-failed` if the
 * compiler fails.
 */
export async function build(name: ProgramName, deps: BuildDeps): Promise<string> {
  const { version, module, package: main, linkerFlags } = pins.built[name];
  const folder = await findModuleFolder(module);
  if (folder === undefined) throw new BuildUnavailableError(`go/${module} is not part of the action's files`);
  const key = await computeKey(name, folder);
  let isRestored = false;
  const cached = await storeInCache({ name, version }, deps, async (partial) => {
    isRestored = await deps.cache.restore(key, partial);
    if (isRestored) return deps.log.info(`Restored ${name} from the build of an earlier job`);
    const output = join(partial, name);
    const args = ['build', '-v', '-trimpath', `-ldflags=${linkerFlags}`, '-o', output, main];
    const result = await runGo(args, folder, name, deps);
    if (result.exitCode !== 0) throw createBuildError(name, result);
    await access(output, constants.X_OK);
  });
  if (!isRestored) deps.cache.keep(key, { folder: cached });
  return join(cached, name);
}

/**
 * Returns the folder with the go.mod of a program. It is searched upwards from this file, because the bundle
 * (`dist`) is in another folder than the source. Undefined if only a part of the repository was copied.
 */
export async function findModuleFolder(
  module: string,
  from = import.meta.dirname,
): Promise<string | undefined> {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'go', module);
    if (await exists(join(candidate, 'go.mod'))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Identifies a build by everything in this repository that it depends on: sources, versions, flags. */
async function computeKey(name: ProgramName, folder: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([pins.built[name], process.arch]));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort())
    hash.update(JSON.stringify([relative(folder, file), await readFile(file, 'utf8')]));
  return `entra-federation-${name}-${hash.digest('hex')}`;
}

async function runGo(
  args: readonly string[],
  cwd: string,
  name: ProgramName,
  deps: BuildDeps,
): Promise<ExecResult> {
  const progress = new BuildProgress(name, deps);
  try {
    return await deps.run('go', args, {
      cwd,
      env: { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
      onLine: (line) => progress.read(line),
    });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new BuildUnavailableError('Go is not installed');
    throw error;
  } finally {
    progress.end();
  }
}

const networkFault =
  /dial tcp|no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake|Client\.Timeout|module lookup disabled/;

function createBuildError(name: ProgramName, { stderr, exitCode }: ExecResult): Error {
  const lines = stderr.trimEnd().split('\n');
  const network = lines.find((line) => networkFault.test(line));
  if (network !== undefined)
    return new BuildUnavailableError(`Go cannot download its modules: ${network.trim()}`);
  const toolchain = lines.find((line) => /requires go >= |toolchain not available/.test(line));
  if (toolchain !== undefined) return new BuildUnavailableError(`Go is too old: ${toolchain.trim()}`);
  return new FederationError('build-failed', { program: name, exitCode }).addDetails(lines.slice(-15));
}

/**
 * Go prints each module that it downloads and each package that it compiles, over a thousand lines. One is
 * logged every two seconds.
 */
class BuildProgress {
  readonly #name: string;
  readonly #deps: Pick<Deps, 'log' | 'clock'>;
  readonly #started: number;
  readonly #timer: NodeJS.Timeout;
  #shown: number;
  #compiled = 0;
  #downloaded = 0;
  #current = 'reading the modules';

  constructor(name: string, deps: Pick<Deps, 'log' | 'clock'>) {
    this.#name = name;
    this.#deps = deps;
    this.#started = deps.clock.now();
    this.#shown = this.#started;
    deps.log.info(`Building ${name} from its Go modules. The first build takes minutes.`);
    // The linker prints nothing for many seconds, so the last line is repeated.
    this.#timer = setInterval(() => this.#show(10), 1000);
  }

  read(line: string): void {
    const downloaded = /^go: downloading (\S+) (\S+)/.exec(line);
    if (downloaded) {
      this.#downloaded++;
      this.#current = `downloading ${downloaded[1]} ${downloaded[2]}`;
    } else if (/^[\w./-]+$/.test(line)) {
      this.#compiled++;
      this.#current = line;
    } else {
      this.#deps.log.info(line);
    }
    this.#show(2);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#deps.log.info(`  ${this.#name}: ${this.#count()}`);
  }

  #show(everySeconds: number): void {
    const now = this.#deps.clock.now();
    if (now - this.#shown < everySeconds) return;
    this.#shown = now;
    this.#deps.log.info(`  ${this.#name}: ${this.#count()}, ${this.#current}`);
  }

  #count(): string {
    const seconds = Math.round(this.#deps.clock.now() - this.#started);
    const downloads = this.#downloaded > 0 ? `${this.#downloaded} modules downloaded, ` : '';
    return `${seconds} s, ${downloads}${this.#compiled} packages compiled`;
  }
}
