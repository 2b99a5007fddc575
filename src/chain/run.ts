import { FederationError } from '../errors/index.ts';
import { type Deps, type Link, type OutputsOf, type Run, renderSummary } from '../runtime/index.ts';
import { progress } from './clean-up.ts';
import { definition } from './definition.ts';
import { type ChainLink, links } from './links.ts';
import { choosePodAccount, type Inputs } from './request.ts';

/** What a run has achieved so far. */
interface Progress {
  readonly outputs: Record<string, unknown>;
  readonly started: string[];
  /** The links that finished without a failure. */
  readonly proven: Link[];
  /** Job summaries of the links, as Markdown. */
  readonly summaries: string[];
}

/** Runs the six links one after another, until one fails. The outputs of the links before it are set as well. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  choosePodAccount(inputs);
  const made: Progress = { outputs: {}, started: [], proven: [], summaries: [] };
  const failure = await runLinks(inputs, made, deps);
  return {
    outputs: selectOutputs(made.outputs),
    summary: {
      title: definition.title,
      links: made.proven,
      facts: [],
      details: made.summaries.join('\n'),
    },
    ...(failure && { failure }),
  };
};

async function runLinks(inputs: Inputs, made: Progress, deps: Deps): Promise<FederationError | undefined> {
  for (const [index, link] of links.entries()) {
    deps.log.info(`── ${index + 1}/${links.length} ${link.name}`);
    const started = deps.clock.now();
    const failure = await runLink(link, inputs, made, deps);
    const outcome = failure ? 'failed' : 'done';
    deps.log.info(`── ${link.name} ${outcome} after ${(deps.clock.now() - started).toFixed(1)} s`);
    if (failure) return failure;
  }
  return undefined;
}

/** Runs one link and records what it made. Returns its failure, whether it is a finding of the link or was thrown. */
async function runLink(
  link: ChainLink,
  inputs: Inputs,
  { outputs, started, proven, summaries }: Progress,
  deps: Deps,
): Promise<FederationError | undefined> {
  started.push(link.name);
  progress.save({ started, outputs }, deps);
  try {
    const result = await link.run(inputs, outputs, deps);
    Object.assign(outputs, result.outputs);
    progress.save({ started, outputs }, deps);
    summaries.push(renderSummary(result.summary));
    if (!result.failure) proven.push(link.link);
    return result.failure;
  } catch (error) {
    if (error instanceof FederationError) return error;
    throw error;
  }
}

function selectOutputs(outputs: Readonly<Record<string, unknown>>): OutputsOf<typeof definition> {
  const names = Object.keys(definition.outputs);
  return Object.fromEntries(names.map((name) => [name, outputs[name]])) as OutputsOf<typeof definition>;
}
