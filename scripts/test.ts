import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBrowser } from './browser.ts';
import { prepareEmbeddedPrograms } from './embedded-programs.ts';

/**
 * Runs all tests, or those whose paths match the arguments. First the programs of the embedded cluster are made ready, so
 * that no test's time limit meets a first build. Ends with `N passed, N failed`, also written to TEST_COUNTS_FILE.
 */
const patterns = process.argv.slice(2);
await prepareEmbeddedPrograms();

const work = mkdtempSync(join(tmpdir(), 'test-'));
const counts = { passed: 0, failed: 0 };
// Tests that start clusters have the machine, and the webhook's fixed port, to themselves.
runJest('unit', ['--testPathIgnorePatterns', '/e2e/', '/real-clusters/', '/browser/', '--maxWorkers=2']);
runJest('e2e', [...only('e2e'), '--runInBand']);
const noBrowser = prepareBrowser();
if (noBrowser === undefined) runJest('browser', [...only('browser')]);
else
  console.log(`\n── browser tests are LEFT OUT: ${noBrowser}, and they look at the report in a real browser`);
const missing = missingForClusters();
if (missing === undefined) {
  // Pulling a node image and starting a node take what they take on a machine that is new to them.
  runJest('real-clusters', [...only('real-clusters'), '--runInBand', '--testTimeout=300000']);
} else {
  console.log(`\n── clusters tests are LEFT OUT: ${missing}, and they start real kind and minikube clusters`);
}
rmSync(work, { recursive: true, force: true });

const line = `${counts.passed} passed, ${counts.failed} failed`;
if (process.env.TEST_COUNTS_FILE) writeFileSync(process.env.TEST_COUNTS_FILE, `${line}\n`);
console.log(line);
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;

/** What this machine lacks for clusters in containers; undefined where it has everything. */
function missingForClusters(): string | undefined {
  for (const [program, ...args] of [
    ['docker', 'info'],
    ['kind', 'version'],
    ['minikube', 'version'],
    ['kubectl', 'version', '--client'],
  ] as const) {
    const { status, error } = spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 });
    if (error !== undefined) return `${program} is not installed`;
    if (status !== 0) return `"${[program, ...args].join(' ')}" fails`;
  }
  return undefined;
}

/** Only the tests of one folder. Said by what is ignored: a second pattern to match would widen the choice, not narrow it. */
function only(folder: string): readonly string[] {
  return ['--testPathIgnorePatterns', `/__tests__/(?!${folder}/)`];
}

function runJest(name: string, options: readonly string[]): void {
  const file = join(work, `${name}.json`);
  console.log(`\n── ${name} tests`);
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${file}`,
      '--passWithNoTests',
      ...options,
      ...patterns,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  counts.passed += report.numPassedTests;
  // A file that does not even load has no failed test, and must not pass for it.
  counts.failed += report.numFailedTests + report.numRuntimeErrorTestSuites + report.numPendingTests;
  if (status !== 0 && report.numFailedTests + report.numRuntimeErrorTestSuites === 0) counts.failed++;
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}
