import { createHash } from 'node:crypto';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errorCode, FederationError } from '../../errors/index.ts';
import { type Deps, type ExecResult, storeInCache } from '../../runtime/index.ts';
import { type ProgramName, pins } from '../pins.ts';
import { moduleFolder } from './module-folder.ts';

type BuildDeps = Pick<Deps, 'run' | 'log' | 'clock' | 'env' | 'temporaryDirectory' | 'cache'>;

/** Why a build is not possible on this machine at all, as opposed to one that failed. */
export class BuildUnavailableError extends Error {}

/**
 * Builds a program from its Go module, or takes what an earlier job built of the same, and stores it in the tool cache; returns the
 * file. The flags are those of a plain `CGO_ENABLED=0 go build -trimpath`, so that Go's own cache serves a second build.
 * Throws BuildUnavailableError without Go or without the modules, FederationError `build-failed` where the compiler refuses.
 */
export async function build(name: ProgramName, deps: BuildDeps): Promise<string> {
  const { version, module, package: main, linkerFlags } = pins.built[name];
  const folder = await moduleFolder(module);
  if (folder === undefined) throw new BuildUnavailableError(`go/${module} is not beside the action`);
  const key = await keyOf(name, folder);
  let restored = false;
  const cached = await storeInCache({ name, version }, deps, async (partial) => {
    restored = await deps.cache.restore(key, partial);
    if (restored) return deps.log.info(`${name}: built by an earlier job`);
    const output = join(partial, name);
    const args = ['build', '-v', '-trimpath', `-ldflags=${linkerFlags}`, '-o', output, main];
    const result = await runGo(args, folder, name, deps);
    if (result.exitCode !== 0) throw refusal(name, result);
    await access(output, constants.X_OK);
  });
  if (!restored) deps.cache.keep(key, { folder: cached });
  return join(cached, name);
}

/** Names what is built by everything that decides it, as far as this repository does: sources, versions, flags. */
async function keyOf(name: ProgramName, folder: string): Promise<string> {
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
      onLine: (line) => progress.line(line),
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

function refusal(name: ProgramName, result: ExecResult): Error {
  const lines = result.stderr.trimEnd().split('\n');
  const network = lines.find((line) => networkFault.test(line));
  if (network !== undefined)
    return new BuildUnavailableError(`Go cannot fetch its modules: ${network.trim()}`);
  const toolchain = lines.find((line) => /requires go >= |toolchain not available/.test(line));
  if (toolchain !== undefined) return new BuildUnavailableError(`Go is too old: ${toolchain.trim()}`);
  return new FederationError(
    `failed to build ${name}: go ended with exit code ${result.exitCode}\n${lines.slice(-15).join('\n')}`,
    { code: 'build-failed', fault: 'service' },
  );
}

/** Go names each module that it downloads and each package that it compiles: over a thousand lines, so one every two seconds is shown. */
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
    deps.log.info(`building ${name} from its Go modules; the first time takes minutes`);
    // Linking prints nothing for many seconds: the line is then said again.
    this.#timer = setInterval(() => this.#show(10), 1000);
  }

  line(line: string): void {
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
    this.#deps.log.info(`  ${this.#name}: ${this.#counts()}, done`);
  }

  #show(everySeconds: number): void {
    const now = this.#deps.clock.now();
    if (now - this.#shown < everySeconds) return;
    this.#shown = now;
    this.#deps.log.info(`  ${this.#name}: ${this.#counts()}, ${this.#current}`);
  }

  #counts(): string {
    const seconds = Math.round(this.#deps.clock.now() - this.#started);
    const downloads = this.#downloaded > 0 ? `${this.#downloaded} modules downloaded, ` : '';
    return `${seconds} s, ${downloads}${this.#compiled} packages compiled`;
  }
}
