import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import {
  type ActionDefinition,
  type CleanUp,
  cancellableClock,
  cancellableFetch,
  cancelledBy,
  createCommands,
  type Deps,
  type InputSource,
  type InputsOf,
  parseInputs,
  type Run,
  renderSummary,
  toolCacheRoot,
} from '../runtime/index.ts';
import { describeFailure, type Failure, findIssuesUrl } from './failure.ts';
import { ActionsJobCache } from './job-cache.ts';
import { neutralizeCommands } from './log-text.ts';

// The step and its post step are the same program. This state tells them apart.
const postMarker = 'is-post';

/** What an action does, as its folder exports it. */
export interface Behaviour<D extends ActionDefinition> {
  readonly run: Run<D>;
  readonly cleanUp?: CleanUp<D>;
}

interface EdgeDeps extends Deps {
  readonly cache: ActionsJobCache;
}

/**
 * Runs the program of one action: reads inputs, runs, writes outputs and the summary. The post step cleans up, and only warns.
 * Calls `load` once the inputs are valid: a step with a typo does not wait for SDKs.
 */
export async function runAction<D extends ActionDefinition>(
  definition: D,
  load: () => Promise<Behaviour<D>>,
): Promise<void> {
  const deps = createDeps(listenForCancellation());
  const isPost = core.getState(postMarker) === 'true';
  const { name } = definition;
  const issuesUrl = findIssuesUrl(deps.env);
  try {
    const inputs = parseInputs(definition.inputs as D['inputs'], readInput, deps.log.mask);
    forgetInputs();
    const behaviour = await load();
    if (isPost) return await runPost(behaviour, inputs, deps);
    core.saveState(postMarker, 'true');
    const { outputs, summary, failure } = await behaviour.run(inputs, deps);
    for (const [output, value] of Object.entries(outputs))
      if (value !== undefined) core.setOutput(output, value);
    await writeSummary(renderSummary(summary));
    if (failure) fail(describeFailure(failure, { name, issuesUrl }));
  } catch (error) {
    if (isPost) warn(describeFailure(error, { name: `Post step of ${name}`, issuesUrl }));
    else fail(describeFailure(error, { name, issuesUrl }));
  }
}

async function runPost<D extends ActionDefinition>(
  { cleanUp }: Behaviour<D>,
  inputs: InputsOf<D>,
  deps: EdgeDeps,
): Promise<void> {
  try {
    await cleanUp?.(inputs, deps);
  } finally {
    await deps.cache.saveKept();
  }
}

function fail({ title, text }: Failure): void {
  core.error(text, { title });
  process.exitCode = core.ExitCode.Failure;
}

function warn({ title, text }: Failure): void {
  core.warning(text, { title });
}

const readInput: InputSource = (name) => process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`];

const isInput = (name: string) => name.startsWith('INPUT_');

// Inputs may be secrets. No program that the action or a library starts needs them.
function forgetInputs(): void {
  for (const name of Object.keys(process.env)) if (isInput(name)) delete process.env[name];
}

async function writeSummary(markdown: string): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  await core.summary.addRaw(markdown, true).write();
}

// A runner that cancels a job sends SIGINT, 7.5 s later SIGTERM, and kills the process 2.5 s after that. The post step still runs.
const cancelSeconds = 6;

function listenForCancellation(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) return;
      core.info(`Received ${signal}: the job is cancelled`);
      controller.abort(cancelledBy(signal));
      // For code that waits without listening to the signal, such as the retries of an Azure client.
      setTimeout(() => process.exit(1), cancelSeconds * 1000).unref();
    });
  }
  return controller.signal;
}

function createDeps(cancellation: AbortSignal): EdgeDeps {
  const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();
  process.env.RUNNER_TOOL_CACHE = toolCacheRoot(process.env, temporaryDirectory);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isInput(name)));
  const parts = {
    log: {
      info: (message: string) => core.info(neutralizeCommands(message)),
      debug: core.debug,
      warning: (message: string) => core.warning(message),
      group: core.group,
      mask: (secret: string) => {
        // A secret that reads like a command is logged in another form, which needs a mask of its own.
        for (const form of new Set([secret, neutralizeCommands(secret)]))
          if (form !== '') core.setSecret(form);
      },
    },
    ...createCommands(env, cancellation),
    env,
    temporaryDirectory,
    state: { save: core.saveState, read: core.getState },
  };
  return {
    ...parts,
    clock: cancellableClock(cancellation),
    fetch: cancellableFetch(globalThis.fetch, cancellation),
    exportVariable: core.exportVariable,
    cache: new ActionsJobCache(parts),
  };
}
