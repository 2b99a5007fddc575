import { errorMessage, FederationError } from '../errors/index.ts';

/** One declared input: its entry in action.yml, and how its text becomes a value. */
export interface Input<T> {
  readonly description: string;
  /** The text to use if the user sets none; undefined if there is no default. */
  readonly default: string | undefined;
  readonly required: boolean;
  /** Masked before it is parsed. */
  readonly secret: boolean;
  /** The kind of value as tables of inputs show it: `text`, `boolean`, `integer`, `duration`, `list` or `choice of …`. */
  readonly type: string;
  /** Heading that the input is listed under, for an action with more inputs than one table should hold. */
  readonly group?: string;
  /** Turns non-empty text into the value. Throws `Error` with what to write instead. */
  readonly parse: (text: string) => T;
  /** Exists only in the type: whether an absent input is a value (`required`, `default`) or undefined. */
  readonly absent?: T;
}

export type Inputs = Readonly<Record<string, Input<unknown>>>;

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** The values of declared inputs, by camel-cased name: `private-key-file` is `privateKeyFile`. */
export type InputValues<I extends Inputs> = {
  readonly [Name in keyof I & string as CamelCase<Name>]: I[Name] extends Input<infer T> ? T : never;
};

/** Converts `private-key-file` to `privateKeyFile`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

interface Common {
  readonly description: string;
  readonly secret?: boolean;
  /** Defaults to `text`. */
  readonly type?: string;
}
interface Required extends Common {
  readonly required: true;
  readonly default?: never;
}
interface WithDefault extends Common {
  readonly default: string;
  readonly required?: never;
}
interface Optional extends Common {
  readonly required?: never;
  readonly default?: never;
}

/** Declares an input with its own parser, which receives trimmed, non-empty text and throws `Error` with what to write instead. */
export function input<T>(options: Required | WithDefault, parse: (text: string) => T): Input<T>;
export function input<T>(options: Optional, parse: (text: string) => T): Input<T | undefined>;
export function input<T>(
  options: Required | WithDefault | Optional,
  parse: (text: string) => T,
): Input<T> | Input<T | undefined>;
export function input<T>(
  options: Required | WithDefault | Optional,
  parse: (text: string) => T,
): Input<T> | Input<T | undefined> {
  return {
    description: options.description,
    default: options.default,
    required: options.required ?? false,
    secret: options.secret ?? false,
    type: options.type ?? 'text',
    parse,
  };
}

/** Declares an input of free text. */
export function text(options: Required | WithDefault): Input<string>;
export function text(options: Optional): Input<string | undefined>;
export function text(options: Required | WithDefault | Optional): Input<string> | Input<string | undefined> {
  return input(options, (value) => value);
}

/** Declares an input that is `true` or `false`. */
export function flag(options: Required | WithDefault): Input<boolean> {
  return input({ ...options, type: 'boolean' }, (value) => {
    if (value === 'true' || value === 'false') return value === 'true';
    throw new Error('write true or false');
  });
}

/** Declares an input that is one of several words. */
export function choice<const T extends string>(
  options: (Required | WithDefault) & { readonly options: readonly T[] },
): Input<T> {
  const type = `choice of ${options.options.map((option) => `\`${option}\``).join(', ')}`;
  return input({ ...options, type }, (value) => {
    const match = options.options.find((option) => option === value);
    if (match === undefined) throw new Error(`write one of ${options.options.join(', ')}`);
    return match;
  });
}

/** Declares an input that is a whole number between `minimum` and `maximum`, both included. */
export function integer(
  options: (Required | WithDefault) & { readonly minimum: number; readonly maximum: number },
): Input<number> {
  return input({ ...options, type: 'integer' }, (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < options.minimum || number > options.maximum) {
      throw new Error(`write a whole number from ${options.minimum} to ${options.maximum}`);
    }
    return number;
  });
}

/** Declares a duration: a number of seconds, or a number with a unit (`90`, `90s`, `5m`, `1h`). The value is in seconds. */
export function duration(options: Required | WithDefault): Input<number>;
export function duration(options: Optional): Input<number | undefined>;
export function duration(
  options: Required | WithDefault | Optional,
): Input<number> | Input<number | undefined> {
  return input({ ...options, type: 'duration' }, (value) => {
    const match = /^(\d+)(s|m|h)?$/.exec(value);
    if (!match) throw new Error('write a duration such as 90, 90s, 5m or 1h');
    return Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h'];
  });
}

/** Declares a list, one entry per line. Blank lines are ignored. It is empty if the input is absent. `parse` receives one trimmed line. */
export function lines<T = string>(options: Common, parse?: (line: string) => T): Input<readonly T[]> {
  const toEntry = parse ?? ((line: string) => line as T);
  return input({ ...options, type: 'list', default: '' }, (value) =>
    value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map(toEntry),
  );
}

/** Returns the same declaration with an input that is not required, for an action that can set it itself. */
export function optional<T>(declared: Input<T>): Input<T | undefined> {
  return { ...declared, required: false };
}

/** Returns the text of an input: from the runner's environment at the edge, from an object in tests. */
export type InputSource = (name: string) => string | undefined;

/**
 * Parses every declared input before anything else happens. Reports all invalid inputs together.
 * Passes each secret to `mask` before it is parsed. Throws FederationError `invalid-input`.
 */
export function parseInputs<I extends Inputs>(
  declared: I,
  source: InputSource,
  mask: (secret: string) => void,
): InputValues<I> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, declaration] of Object.entries(declared)) {
    const given = source(name)?.trim();
    if (given && declaration.secret) mask(given);
    const chosen = given || declaration.default;
    if (chosen === undefined) {
      if (declaration.required) faults.push(`input \`${name}\` is missing: ${declaration.description}`);
      continue;
    }
    try {
      values[camelCase(name)] = declaration.parse(chosen);
    } catch (error) {
      const shown = declaration.secret ? '' : ` is "${abbreviate(chosen)}"`;
      faults.push(`input \`${name}\`${shown}: ${errorMessage(error)}`);
    }
  }
  if (faults.length > 0) throw new FederationError('invalid-input', { problems: faults.join('\n') });
  return values as InputValues<I>;
}

function abbreviate(value: string): string {
  const line = value.replaceAll('\n', '\\n');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
