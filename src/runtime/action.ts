import type { FederationError } from '../errors/index.ts';
import type { Deps } from './deps.ts';
import type { Inputs, InputValues } from './inputs.ts';
import type { Summary } from './summary.ts';

export interface Output {
  readonly description: string;
  /** Heading that the output is listed under. */
  readonly group?: string;
}

/** The definition of one action, from which action.yml and the tables of inputs are generated. */
export interface ActionDefinition<
  I extends Inputs = Inputs,
  O extends Readonly<Record<string, Output>> = Readonly<Record<string, Output>>,
> {
  /** Folder name and name of the program in dist. */
  readonly name: string;
  /** Title on the Marketplace and in logs. */
  readonly title: string;
  readonly description: string;
  readonly branding: {
    readonly icon: string;
    readonly color: 'blue' | 'green' | 'orange' | 'purple' | 'yellow' | 'gray-dark';
  };
  readonly inputs: I;
  readonly outputs: O;
}

/** Keeps the literal names of inputs and outputs, so that a typo in one does not compile. */
export function defineAction<const I extends Inputs, const O extends Readonly<Record<string, Output>>>(
  definition: ActionDefinition<I, O>,
): ActionDefinition<I, O> {
  return definition;
}

/** Values of an action's inputs, by camel-cased name. */
export type InputsOf<D extends ActionDefinition> = InputValues<D['inputs']>;

/** Values of an action's outputs by their names in action.yml. Objects and arrays are written as JSON. Undefined is not written. */
export type OutputsOf<D extends ActionDefinition> = {
  readonly [Name in keyof D['outputs'] & string]: string | number | boolean | object | undefined;
};

export interface RunResult<D extends ActionDefinition> {
  readonly outputs: OutputsOf<D>;
  readonly summary: Summary;
  /** Fails the step after its outputs and summary are written, for a run that finds something broken. */
  readonly failure?: FederationError;
}

/** The decisions of one action. */
export type Run<D extends ActionDefinition> = (inputs: InputsOf<D>, deps: Deps) => Promise<RunResult<D>>;

/** What the post step does. It may throw: the edge only warns, and the result of the job stays the same. */
export type CleanUp<D extends ActionDefinition> = (inputs: InputsOf<D>, deps: Deps) => Promise<void>;
