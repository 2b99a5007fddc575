import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Job, type LogLine, type StepResult } from '../local-runner/job.ts';
import { type BreakageName, breakages, parseArguments } from './breakages.ts';
import { buildChain, runChain } from './chain.ts';
import { writePage } from './page.ts';
import type { Step } from './steps.ts';

const colour = process.stdout.isTTY
  ? (code: number, text: string) => `\x1b[${code}m${text}\x1b[0m`
  : (_: number, text: string) => text;
const bold = (text: string) => colour(1, text);
const dim = (text: string) => colour(2, text);
const red = (text: string) => colour(31, text);
const green = (text: string) => colour(32, text);
const yellow = (text: string) => colour(33, text);
const say = (text = '') => process.stdout.write(`${text}\n`);

let broken: BreakageName | undefined;
try {
  broken = parseArguments(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

const started = performance.now();
const directory = mkdtempSync(join(tmpdir(), 'federation-demo-'));
const job = new Job({ actions: '.', directory, env: inheritEnvironment(), onLine: printLine });
let cancelled = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!cancelled) say(`\nReceived ${signal}: cancelling the running step, then cleaning up …`);
    cancelled = true;
    job.cancel();
  });
}

const conclusions: string[] = [];
try {
  say(bold('A Kubernetes cluster as an identity provider for Microsoft Entra ID'));
  say('A pod gets an Entra ID token and reads a Key Vault secret, without a stored Azure credential.');
  say(
    dim(
      'Azure is an emulator that validates every request. Everything else is real and runs on this machine.',
    ),
  );
  if (broken) say(yellow(`\nBroken on purpose: ${breakages[broken].what}.`));
  const reporter = { started: announce, ended: conclude };
  const { failed, results } = await runChain(job, buildChain(broken), reporter, () => cancelled);
  const summaries = results.map(({ summary }) => summary);
  const page = await writePage(resolve('demo-output'), 'Job summary of the demo', summaries);
  await cleanUp();
  process.exitCode = printResult(failed, page);
} catch (error) {
  await cleanUp();
  throw error;
}

function announce({ title, action }: Step): void {
  say(`\n${bold(title)} ${dim(action)}`);
}

function conclude({ title }: Step, { outcome, seconds, errors }: StepResult, evidence: string): void {
  const time = `${title.padEnd(14)} ${`${seconds.toFixed(1)} s`.padStart(8)}`;
  const problem = errors[0]?.split('\n', 1)[0] ?? (cancelled ? 'cancelled' : 'failed');
  const line =
    outcome === 'success' ? `${green('✔')} ${time}  ${evidence}` : `${red('✘')} ${time}  ${problem}`;
  conclusions.push(line);
  say(line);
}

function printLine({ kind, text }: LogLine): void {
  if (kind === 'endgroup' || kind === 'debug') return;
  for (const line of text.split('\n')) {
    if (kind === 'error') say(`  ${red(line)}`);
    else if (kind === 'warning') say(`  ${yellow(`Warning: ${line}`)}`);
    else say(dim(kind === 'group' ? `  ▸ ${line}` : `    ${line}`));
  }
}

async function cleanUp(): Promise<void> {
  say(`\n${bold('Clean-up')} ${dim('post steps in reverse order')}`);
  await job.finish();
  rmSync(directory, { recursive: true, force: true });
}

/** Prints the result and returns the exit code. */
function printResult(failed: StepResult | undefined, page: string): number {
  say(`\n${bold('Result')}\n${conclusions.join('\n')}`);
  say(`\nJob summary: ${relative('.', page)}`);
  const total = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (cancelled) {
    say(`Cancelled after ${total}. Everything was cleaned up.`);
    return 130;
  }
  if (!failed) {
    say(green(`Every link of the chain works (${total}).`));
    say(`To see how a broken link is reported: npm run demo -- --break key (or ${listOtherBreakages()})`);
    return 0;
  }
  const check = failed.outputs['failed-check'];
  say(red(`The chain is broken${check ? ` at ${check}` : ''} (${total}):`));
  say(failed.errors.join('\n') || 'The step failed without an error message. Its log is above.');
  return 1;
}

function listOtherBreakages(): string {
  return Object.keys(breakages)
    .filter((name) => name !== 'key')
    .join(', ');
}

// The demo must not use the caller's Azure session, cluster or runner.
function inheritEnvironment(): Record<string, string | undefined> {
  const foreign = /^(AZURE_|ARM_|ACTIONS_|GITHUB_|INPUT_|STATE_|RUNNER_TEMP$|KUBECONFIG$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
