import { errorMessage, FederationError } from '../errors/index.ts';
import { type CleanUp, chain, type Deps, type OutputsOf, type Run, renderSummary } from '../runtime/index.ts';
import { definition } from './definition.ts';
import { type ChainLink, links, type Outputs, podAccount } from './links.ts';

const outputsState = 'outputs';
const ranState = 'ran';

/** Runs the six links one after another. What the links before a broken one gave is in the outputs all the same. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  podAccount(inputs);
  const outputs: Record<string, unknown> = {};
  const summaries: string[] = [];
  let failure: FederationError | undefined;
  for (const [index, link] of links.entries()) {
    deps.log.info(`── ${index + 1}/${links.length} ${link.name}`);
    const started = deps.clock.now();
    failure = await runLink(link);
    deps.log.info(
      `── ${link.name} ${failure ? 'failed' : 'done'} after ${(deps.clock.now() - started).toFixed(1)} s`,
    );
    if (failure) break;
  }
  return {
    outputs: allOutputs(outputs),
    summary: {
      title: definition.title,
      links: chain.slice(0, failure ? summaries.length - 1 : summaries.length),
      facts: [],
      details: summaries.join('\n'),
    },
    ...(failure && { failure }),
  };

  async function runLink(link: ChainLink): Promise<FederationError | undefined> {
    const own = within(link, deps);
    own.state.save(ranState, 'true');
    try {
      const result = await link.run(inputs, outputs, own);
      Object.assign(outputs, result.outputs);
      deps.state.save(outputsState, JSON.stringify(outputs));
      summaries.push(renderSummary(result.summary));
      return result.failure;
    } catch (error) {
      if (error instanceof FederationError) return error;
      throw error;
    }
  }
};

/** Runs the clean-up of every link that ran, the last one first; one that fails does not stop the others. */
export const cleanUp: CleanUp<typeof definition> = async (inputs, deps) => {
  const saved = deps.state.read(outputsState);
  const outputs: Outputs = saved === '' ? {} : JSON.parse(saved);
  const failures: unknown[] = [];
  for (const link of [...links].reverse()) {
    const own = within(link, deps);
    if (own.state.read(ranState) === '') continue;
    await link.cleanUp(inputs, outputs, own).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(errorMessage).join('; '));
};

function allOutputs(outputs: Outputs): OutputsOf<typeof definition> {
  const names = Object.keys(definition.outputs);
  return Object.fromEntries(names.map((name) => [name, outputs[name]])) as OutputsOf<typeof definition>;
}

// Each link keeps its own state for the post step, under its own name.
function within(link: ChainLink, deps: Deps): Deps {
  const state: Deps['state'] = {
    save: (name, value) => deps.state.save(`${link.name}.${name}`, value),
    read: (name) => deps.state.read(`${link.name}.${name}`),
  };
  return { ...deps, state };
}
