import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBrowser } from './browser.ts';
import { decide, parseLeftOut, type TestGroup } from './test-groups.ts';

/**
 * Runs the Jest projects one after another: all tests, or those whose paths match the arguments.
 * Ends with `N passed, N failed`, also written to TEST_COUNTS_FILE.
 */
const groups: readonly TestGroup[] = [
  { name: 'unit' },
  { name: 'emulator' },
  { name: 'e2e' },
  { name: 'browser', findObstacle: prepareBrowser },
  { name: 'real-clusters', findObstacle: findMissingProgram },
];
const patterns = process.argv.slice(2);
const leftOut = parseLeftOut(
  process.env.TEST_GROUPS_LEFT_OUT,
  groups.map(({ name }) => name),
);
const work = mkdtempSync(join(tmpdir(), 'test-'));
const counts = { passed: 0, failed: 0 };
const notes: string[] = [];

try {
  for (const group of groups) {
    const decision = decide(group, { leftOut, ci: process.env.CI === 'true' });
    if (decision.verdict === 'run') runJest(group.name);
    else {
      notes.push(`${decision.verdict === 'fail' ? 'FAILED' : 'LEFT OUT'}: ${group.name}: ${decision.reason}`);
      if (decision.verdict === 'fail') counts.failed++;
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

const line = `${counts.passed} passed, ${counts.failed} failed`;
if (process.env.TEST_COUNTS_FILE) writeFileSync(process.env.TEST_COUNTS_FILE, `${line}\n`);
console.log(['', ...notes, line].join('\n'));
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;

/** Returns why clusters in containers cannot run here, or undefined if they can. */
function findMissingProgram(): string | undefined {
  const install = 'Install Docker, kind, minikube and kubectl, and start the Docker daemon.';
  for (const [program, ...args] of [
    ['docker', 'info'],
    ['kind', 'version'],
    ['minikube', 'version'],
    ['kubectl', 'version', '--client'],
  ] as const) {
    const { status, error } = spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 });
    if (error !== undefined) return `${program} is not installed. ${install}`;
    if (status !== 0) return `\`${[program, ...args].join(' ')}\` fails. ${install}`;
  }
  return undefined;
}

function runJest(project: string): void {
  const file = join(work, `${project}.json`);
  console.log(`\n── ${project} tests`);
  const { status } = withoutWorkflowCommands(() =>
    spawnSync(
      process.execPath,
      [
        'node_modules/jest/bin/jest.js',
        ...patterns,
        `--selectProjects=${project}`,
        '--passWithNoTests',
        '--json',
        `--outputFile=${file}`,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    ),
  );
  const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  const broken = report.numFailedTests + report.numRuntimeErrorTestSuites;
  counts.passed += report.numPassedTests;
  // A file that fails to load has no failed tests, and a skipped test proves nothing: both count as failed.
  counts.failed += broken + report.numPendingTests;
  if (status !== 0 && broken === 0) counts.failed++;
}

/** Runs tests of actions, which print workflow commands, so that a GitHub runner does not act on them. */
function withoutWorkflowCommands<T>(body: () => T): T {
  if (process.env.GITHUB_ACTIONS !== 'true') return body();
  const token = randomUUID();
  console.log(`::stop-commands::${token}`);
  try {
    return body();
  } finally {
    console.log(`::${token}::`);
  }
}

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}
