import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Job, type LogLine, type StepResult } from '../local-runner/job.ts';
import { type BreakageName, breakages, parseArguments } from './breakages.ts';
import { runChain, type Step, steps } from './chain.ts';
import { writePage } from './page.ts';

const colour = process.stdout.isTTY
  ? (code: number, text: string) => `\x1b[${code}m${text}\x1b[0m`
  : (_: number, text: string) => text;
const dim = (text: string) => colour(2, text);
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
const job = new Job({ actions: '.', directory, env: inheritedEnvironment(), onLine: printLine });
let cancelled = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!cancelled) say(`\n${signal}: ending the step that runs, then taking everything down again …`);
    cancelled = true;
    job.cancel();
  });
}

const evidence: string[] = [];
try {
  say('A Kubernetes cluster becomes an identity provider for Microsoft Entra ID.');
  say(
    dim(
      'Azure is an emulator that checks all it is sent; everything else is the real thing, on this machine.',
    ),
  );
  if (broken) say(`Broken on purpose: ${breakages[broken].what}.`);
  const { failed, results } = await runChain(
    job,
    steps(broken),
    { started: announce, ended: conclude },
    () => cancelled,
  );
  const page = await writePage(
    resolve('demo-output'),
    'The chain, as the job summary shows it',
    results.map(({ summary }) => summary),
  );
  await takeDown();
  process.exitCode = verdict(failed, page);
} catch (error) {
  await takeDown();
  throw error;
}

function announce(step: Step): void {
  say(`\n${colour(1, step.title)} ${dim(step.action)}`);
}

function conclude(step: Step, result: StepResult): void {
  const seconds = `${result.seconds.toFixed(1)} s`.padStart(8);
  const line =
    result.outcome === 'success'
      ? `${colour(32, '✔')} ${step.title.padEnd(15)} ${seconds}  ${step.evidence(result.outputs)}`
      : `${colour(31, '✘')} ${step.title.padEnd(15)} ${seconds}  ${result.errors[0]?.split('\n', 1)[0] ?? (cancelled ? 'cancelled' : 'failed')}`;
  evidence.push(line);
  say(line);
}

function printLine({ kind, text }: LogLine): void {
  if (kind === 'endgroup' || kind === 'debug') return;
  for (const line of text.split('\n')) {
    if (kind === 'error') say(`  ${colour(31, line)}`);
    else if (kind === 'warning') say(`  ${colour(33, `warning: ${line}`)}`);
    else say(dim(kind === 'group' ? `  ▸ ${line}` : `    ${line}`));
  }
}

async function takeDown(): Promise<void> {
  say(`\n${colour(1, 'Taking everything down')} ${dim('post steps, the last one first')}`);
  await job.finish();
  rmSync(directory, { recursive: true, force: true });
}

/** Prints the result and gives the exit code. */
function verdict(failed: StepResult | undefined, page: string): number {
  say(`\n${evidence.join('\n')}`);
  say(`\nThe job summary as a page: ${relative('.', page)}`);
  const total = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (cancelled) {
    say(`Cancelled after ${total}; nothing was left behind.`);
    return 130;
  }
  if (!failed) {
    say(colour(32, `The chain is proven, in ${total}.`));
    return 0;
  }
  say(colour(31, `The chain is broken (after ${total}):`));
  say(failed.errors.join('\n') || 'The step ended without saying why; its log is above.');
  return 1;
}

// The caller's own Azure session, cluster or runner must not reach into the demo.
function inheritedEnvironment(): Record<string, string | undefined> {
  const foreign = /^(AZURE_|ARM_|ACTIONS_|GITHUB_|INPUT_|STATE_|RUNNER_TEMP$|KUBECONFIG$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
