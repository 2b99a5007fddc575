import {
  type ActionDefinition,
  type CleanUp,
  type Deps,
  parseInputs,
  type Run,
  type RunResult,
} from '../../src/runtime/index.ts';

/** What the index of a link exports. */
export interface ActionModule<D extends ActionDefinition> {
  readonly definition: D;
  readonly run: Run<D>;
  readonly cleanUp?: CleanUp<D>;
}

/** Runs an action in this process, with its inputs as text. */
export function runAction<D extends ActionDefinition>(
  { definition, run }: ActionModule<D>,
  inputs: Readonly<Record<string, string>>,
  deps: Deps,
): Promise<RunResult<D>> {
  return run(
    parseInputs(definition.inputs as D['inputs'], (name) => inputs[name], deps.log.mask),
    deps,
  );
}

/** Runs the post step of an action, with the state that its run saved in `deps`. */
export async function runPost<D extends ActionDefinition>(
  { definition, cleanUp }: ActionModule<D>,
  inputs: Readonly<Record<string, string>>,
  deps: Deps,
): Promise<void> {
  await cleanUp?.(
    parseInputs(definition.inputs as D['inputs'], (name) => inputs[name], deps.log.mask),
    deps,
  );
}
