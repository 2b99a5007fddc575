/** A workflow command in the log of a step, such as `::add-mask::…`. */
export interface WorkflowCommand {
  /** In lower case: the runner ignores case. */
  readonly name: string;
  /** Keys in lower case. */
  readonly properties: Readonly<Record<string, string>>;
  readonly value: string;
}

/** All commands that the runner knows. Other names make an ordinary line. */
const commandNames = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

// In the order in which the runner replaces them: the percent sign comes last.
const valueEscapes = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const propertyEscapes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
const oldEscapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };

/**
 * Parses a line of a step's output as the runner does: `::name key=value,…::value` after spaces, or the older
 * `##[name key=value;…]value` anywhere in the line. Returns undefined for an ordinary line.
 * Source: `TryParseV2` and `TryParse` in src/Runner.Common/ActionCommand.cs of actions/runner.
 */
export function parseCommand(line: string): WorkflowCommand | undefined {
  return parseNewCommand(line.trimStart()) ?? parseOldCommand(line);
}

function parseNewCommand(line: string): WorkflowCommand | undefined {
  if (!line.startsWith('::')) return undefined;
  const end = line.indexOf('::', 2);
  if (end < 0) return undefined;
  const value = decode(line.slice(end + 2), valueEscapes);
  return createCommand(line.slice(2, end), ',', propertyEscapes, value);
}

function parseOldCommand(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  const value = decode(line.slice(end + 1), oldEscapes);
  return createCommand(line.slice(start + 3, end), ';', oldEscapes, value);
}

function createCommand(
  text: string,
  separator: string,
  escapes: Readonly<Record<string, string>>,
  value: string,
): WorkflowCommand | undefined {
  const space = text.indexOf(' ');
  const name = (space < 0 ? text : text.slice(0, space)).toLowerCase();
  if (!commandNames.has(name)) return undefined;
  const pairs =
    space < 0
      ? []
      : text
          .slice(space + 1)
          .trim()
          .split(separator);
  const properties = pairs.flatMap((pair): [string, string][] => {
    const [, key = '', property = ''] = /^=*([^=]+)=(.+)$/s.exec(pair) ?? [];
    return key === '' ? [] : [[key.toLowerCase(), decode(property, escapes)]];
  });
  return { name, properties: Object.fromEntries(properties), value };
}

function decode(text: string, escapes: Readonly<Record<string, string>>): string {
  return Object.entries(escapes).reduce((result, [code, token]) => result.replaceAll(code, token), text);
}

/**
 * Parses a command file (`GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_ENV`): `name=value` lines and
 * `name<<delimiter` blocks.
 * Throws `Error` if a line is neither, or a block does not end.
 */
export function parseCommandFile(content: string): Map<string, string> {
  const values = new Map<string, string>();
  const lines = content.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const block = /^([^=]*?)<<(.+)$/.exec(line);
    if (block) {
      const [, name = '', delimiter] = block;
      const end = lines.indexOf(delimiter ?? '', index + 1);
      if (end < 0)
        throw new Error(
          `failed to parse the command file: the value of ${name} does not end with ${delimiter}`,
        );
      values.set(name, lines.slice(index + 1, end).join('\n'));
      index = end;
    } else if (line !== '') {
      const at = line.indexOf('=');
      if (at < 0) throw new Error(`failed to parse the command file: expected name=value, found ${line}`);
      values.set(line.slice(0, at), line.slice(at + 1));
    }
  }
  return values;
}

/** Replaces masked values in text as the runner's log does: the whole value and each of its lines. */
export class Masks {
  readonly #values = new Set<string>();

  add(value: string): void {
    for (const part of [value, ...value.split('\n')]) if (part.trim() !== '') this.#values.add(part.trim());
  }

  hide(text: string): string {
    // Longest first: a short mask inside a long one must not leave the rest of it readable.
    return [...this.#values]
      .sort((a, b) => b.length - a.length)
      .reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
  }
}
