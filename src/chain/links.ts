import * as cluster from '../cluster/index.ts';
import * as identity from '../identity/index.ts';
import * as issuer from '../issuer/index.ts';
import * as keys from '../keys/index.ts';
import type { ActionDefinition, CleanUp, Deps, InputsOf, Link, Run, RunResult } from '../runtime/index.ts';
import * as verify from '../verify/index.ts';
import * as webhook from '../webhook/index.ts';
import { type Inputs, linkInputs, type Outputs } from './request.ts';

/** One action as a link of the umbrella: its inputs come from the user and from earlier links. */
export interface ChainLink {
  readonly name: string;
  readonly link: Link;
  run(inputs: Inputs, outputs: Outputs, deps: Deps): Promise<RunResult<ActionDefinition>>;
  cleanUp(inputs: Inputs, outputs: Outputs, deps: Deps): Promise<void>;
}

/** The six links in their order. */
export const links: readonly ChainLink[] = [
  createLink('keys', keys, linkInputs.keys),
  createLink('issuer', issuer, linkInputs.issuer),
  createLink('cluster', cluster, linkInputs.cluster),
  createLink('identity', identity, linkInputs.identity),
  createLink('webhook', webhook, linkInputs.webhook),
  createLink('pod', verify, linkInputs.pod),
];

function createLink<D extends ActionDefinition>(
  link: Link,
  module: { readonly definition: D; readonly run: Run<D>; readonly cleanUp?: CleanUp<D> },
  toLinkInputs: (inputs: Inputs, outputs: Outputs) => InputsOf<D>,
): ChainLink {
  return {
    name: module.definition.name,
    link,
    run: (inputs, outputs, deps) => module.run(toLinkInputs(inputs, outputs), scopeState(module, deps)),
    cleanUp: async (inputs, outputs, deps) =>
      module.cleanUp?.(toLinkInputs(inputs, outputs), scopeState(module, deps)),
  };
}

/** Returns dependencies in which a link keeps its state under its own name. */
function scopeState({ definition }: { readonly definition: ActionDefinition }, deps: Deps): Deps {
  const state: Deps['state'] = {
    save: (name, value) => deps.state.save(`${definition.name}.${name}`, value),
    read: (name) => deps.state.read(`${definition.name}.${name}`),
  };
  return { ...deps, state };
}
