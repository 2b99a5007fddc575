import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The static checks. Each runs, also after one that failed, so that one run says all that is wrong. */
const cache = join(homedir(), '.cache', 'entra-kubernetes-federation', 'lint');
const node = [process.execPath, '--disable-warning=ExperimentalWarning'] as const;
const failed: string[] = [];

check('types', () => run('tsc', '--noEmit'));
check('format and lint', () => run('biome', 'check', '--error-on-warnings', '.'));
check('action.yml and README tables are what the definitions say', () =>
  run(...node, 'scripts/generate.ts', '--check'),
);
check('dist is what the sources build', distIsFresh);
check('actionlint', () => run(actionlint()));
check('zizmor', () => run(zizmor(), '--offline', '--quiet', '.github', 'action.yml', ...actionFiles()));

if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
} else console.log('\nall static checks passed');

function check(name: string, body: () => boolean): void {
  console.log(`── ${name}`);
  const started = performance.now();
  const passed = body();
  console.log(`   ${passed ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) failed.push(name);
}

function run(command: string, ...args: readonly string[]): boolean {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) console.error(`   ${command}: ${error.message}`);
  return status === 0;
}

function distIsFresh(): boolean {
  const folder = mkdtempSync(join(process.cwd(), 'build-'));
  try {
    const fresh = join(folder, 'dist');
    if (!run(...node, 'scripts/build.ts', fresh)) return false;
    const names = new Set([...readdirSync('dist'), ...readdirSync(fresh)]);
    const differing = [...names].filter((name) => contentOf('dist', name) !== contentOf(fresh, name));
    if (differing.length > 0) console.error(`   differ: ${differing.join(', ')}. Run: npm run build`);
    return differing.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contentOf(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'latin1') : undefined;
}

function actionFiles(): string[] {
  return readdirSync('actions').map((name) => join('actions', name, 'action.yml'));
}

/** actionlint on PATH, or built once from its Go module. */
function actionlint(): string {
  if (spawnSync('actionlint', ['--version']).status === 0) return 'actionlint';
  const program = join(cache, 'actionlint');
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true });
    spawnSync('go', ['install', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'], {
      stdio: 'inherit',
      env: { ...process.env, GOBIN: cache, GOFLAGS: '-trimpath', CGO_ENABLED: '0' },
    });
  }
  return program;
}

/** zizmor on PATH, or installed once from its Python package. */
function zizmor(): string {
  if (spawnSync('zizmor', ['--version']).status === 0) return 'zizmor';
  const folder = join(cache, 'zizmor');
  const program = join(folder, 'bin', 'zizmor');
  if (!existsSync(program)) {
    spawnSync('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, 'zizmor==1.32.0'], {
      stdio: 'inherit',
    });
  }
  return program;
}
