/** A workflow command on stdout, such as `::add-mask::…`. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly value: string;
}

/**
 * Parses a line of an action's output as the runner does. Returns undefined for an ordinary line.
 * Escapes are %25, %0D and %0A, and in properties also %3A and %2C.
 */
export function parseCommand(line: string): WorkflowCommand | undefined {
  const match = /^::([a-zA-Z-]+)(?: ([^:]*))?::(.*)$/.exec(line.trimEnd());
  if (!match) return undefined;
  const [, name = '', list = '', value = ''] = match;
  const properties = list
    .split(',')
    .map((pair) => pair.trim().split('='))
    .filter(([key]) => key)
    .map(([key = '', ...rest]) => [key, unescapeValue(rest.join('='))]);
  return { name, properties: Object.fromEntries(properties), value: unescapeValue(value) };
}

function unescapeValue(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
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
