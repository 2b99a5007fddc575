import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { errorMessage, FederationError } from '../errors/index.ts';
import {
  type ActionDefinition,
  type CleanUp,
  cancellableClock,
  cancellableFetch,
  cancelledBy,
  createCommands,
  type Deps,
  type InputSource,
  parseInputs,
  type Run,
  renderSummary,
  toolCacheRoot,
} from '../runtime/index.ts';
import { ActionsJobCache } from './job-cache.ts';

// The same program serves the step and its post step; this state tells them apart.
const postMarker = 'is-post';

/** What an action does, as its folder exports it. */
export interface Behaviour<D extends ActionDefinition> {
  readonly run: Run<D>;
  readonly cleanUp?: CleanUp<D>;
}

/**
 * Runs the program of one action: reads inputs, runs, writes outputs and the summary; the post step cleans up and only warns.
 * Calls `load` once the inputs are valid: a step with a typo does not wait for SDKs.
 */
export async function runAction<D extends ActionDefinition>(
  definition: D,
  load: () => Promise<Behaviour<D>>,
): Promise<void> {
  const deps = makeDeps(cancellationOfJob());
  const isPost = core.getState(postMarker) === 'true';
  try {
    const inputs = parseInputs(definition.inputs as D['inputs'], inputFromEnvironment, deps.log.mask);
    forgetInputs();
    const { run, cleanUp } = await load();
    if (isPost) {
      try {
        await cleanUp?.(inputs, deps);
      } finally {
        await deps.cache.saveKept();
      }
      return;
    }
    core.saveState(postMarker, 'true');
    const { outputs, summary, failure } = await run(inputs, deps);
    for (const [name, value] of Object.entries(outputs)) if (value !== undefined) core.setOutput(name, value);
    await writeSummary(renderSummary(summary));
    if (failure) core.setFailed(describe(failure));
  } catch (error) {
    if (isPost) core.warning(`the post step of ${definition.name} could not finish: ${describe(error)}`);
    else core.setFailed(describe(error));
  }
}

/** An error as the log shows it: message, hint and code for the user's own; the stack trace as well for a fault of ours. */
export function describe(error: unknown): string {
  if (!(error instanceof FederationError)) {
    const trace = error instanceof Error && error.stack ? `\n${error.stack}` : '';
    return `this is a bug in the action, please report it: ${errorMessage(error)}${trace}`;
  }
  const hint = error.hint === undefined ? '' : `\n${error.hint}`;
  return `${error.message}${hint}\n(code ${error.code})`;
}

const inputFromEnvironment: InputSource = (name) =>
  process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`];

const isInput = (name: string) => name.startsWith('INPUT_');

// Inputs may be secrets, and no program needs them that an action starts, or a library on its behalf.
function forgetInputs(): void {
  for (const name of Object.keys(process.env)) if (isInput(name)) delete process.env[name];
}

async function writeSummary(markdown: string): Promise<void> {
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  await core.summary.addRaw(markdown, true).write();
}

// A runner that cancels a job sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that. The post step comes all the same.
const cancelSeconds = 6;

function cancellationOfJob(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) return;
      core.info(`${signal}: the job is cancelled, ending what runs`);
      controller.abort(cancelledBy(signal));
      // For what waits without listening, such as a client of Azure that retries.
      setTimeout(() => process.exit(1), cancelSeconds * 1000).unref();
    });
  }
  return controller.signal;
}

function makeDeps(cancellation: AbortSignal): Deps & { readonly cache: ActionsJobCache } {
  const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();
  process.env.RUNNER_TOOL_CACHE = toolCacheRoot(process.env, temporaryDirectory);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isInput(name)));
  const parts = {
    log: {
      info: core.info,
      debug: core.debug,
      warning: (message: string) => core.warning(message),
      group: core.group,
      mask: (secret: string) => {
        if (secret !== '') core.setSecret(secret);
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
