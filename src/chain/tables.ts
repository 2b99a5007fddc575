import type { Input, Inputs, Link, Output } from '../runtime/index.ts';

/** Headings of the umbrella's inputs and outputs, by link. */
const groups: Readonly<Record<Link, string>> = {
  keys: 'Signing key',
  issuer: 'Issuer',
  cluster: 'Cluster',
  identity: 'Identity',
  webhook: 'Webhook',
  pod: 'Pod',
};

/** Inputs of the umbrella, each with the links that receive it. */
type Routed<I extends Inputs, L extends Link> = {
  readonly [Name in keyof I]: I[Name] & { readonly links: readonly L[] };
};

/** Declares inputs that one link receives, under the heading of that link. */
export function forLink<L extends Link, I extends Inputs>(link: L, inputs: I): Routed<I, L> {
  return shared(groups[link], [link], inputs);
}

/** Declares inputs that several links receive. Their descriptions must fit all of them. */
export function shared<L extends Link, I extends Inputs>(
  group: string,
  links: readonly L[],
  inputs: I,
): Routed<I, L> {
  const entries = Object.entries(inputs).map(([name, input]) => [name, { ...input, group, links }]);
  return Object.fromEntries(entries) as Routed<I, L>;
}

/** Declares outputs of one link, under its heading. */
export function fromLink<O extends Readonly<Record<string, Output>>>(link: Link, outputs: O): O {
  const group = groups[link];
  const entries = Object.entries(outputs).map(([name, output]) => [name, { ...output, group }]);
  return Object.fromEntries(entries) as O;
}

/** Returns the named entries only, in this order. */
export function pick<T extends object, Name extends keyof T>(
  table: T,
  ...names: readonly Name[]
): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, table[name]])) as Pick<T, Name>;
}

/** Returns the input with another description, for its meaning within the chain. */
export function describeAgain<T>(input: Input<T>, description: string): Input<T> {
  return { ...input, description };
}
