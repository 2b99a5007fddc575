/**
 * Who has to act: `user` can fix it by changing an input or a setting, `service` is an outage or a delay of an external
 * service, `bug` is a defect of these actions. The edge words the three differently.
 */
export type Fault = 'user' | 'service' | 'bug';

/** One error as data. `{name}` in `message` and `hint` stands for a value that the code provides when it throws the error. */
export interface ErrorEntry {
  /** Defaults to `user`. */
  readonly fault?: Fault;
  /** `failed to <verb> <object>: expected X, found Y`, in one line. */
  readonly message: string;
  /** What to change, as an imperative, with the YAML or the command. */
  readonly hint: string;
  /** What the error means, for docs/troubleshooting.md, if that is more than the message says: one or two sentences of Markdown. */
  readonly means?: string;
  /** What else people search for: codes and texts of the services, such as `AADSTS700211: No matching …`. */
  readonly sees?: readonly string[];
}

/** Keeps codes and templates literal, so that a typo in a code or in the name of a value does not compile. */
export function defineErrors<const E extends Readonly<Record<string, ErrorEntry>>>(errors: E): E {
  return errors;
}

/** Names of the values in a template. Braces around blanks or other braces are YAML or GitHub expressions, not values. */
export type Placeholders<Template extends string> = Template extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}}${infer After}`
    ? Name extends `${string}${' ' | '{' | '\n' | '"'}${string}` | ''
      ? Placeholders<Rest>
      : Name | Placeholders<After>
    : never
  : never;

/** What stands for a value in a template. The same rule as `Placeholders`. */
export const placeholder = /\{([a-zA-Z]+)\}/g;
