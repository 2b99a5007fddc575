/** One workflow command on stdout, such as `::add-mask::…`; undefined for an ordinary line. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly value: string;
}

/** Parses a line of an action's stdout as the runner does. Escapes: %25, %0D, %0A; in properties also %3A and %2C. */
export function parseCommand(line: string): WorkflowCommand | undefined {
  const match = /^::([a-zA-Z-]+)(?: ([^:]*))?::(.*)$/.exec(line.trimEnd());
  if (!match) return undefined;
  const [, name = '', list = '', value = ''] = match;
  const properties = list
    .split(',')
    .map((pair) => pair.trim().split('='))
    .filter(([key]) => key)
    .map(([key = '', ...rest]) => [key, unescaped(rest.join('='))]);
  return { name, properties: Object.fromEntries(properties), value: unescaped(value) };
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

/** Reads a command file (GITHUB_OUTPUT, GITHUB_STATE, GITHUB_ENV): `name=value` lines and `name<<delimiter` blocks. */
export function parseCommandFile(content: string): Map<string, string> {
  const values = new Map<string, string>();
  const lines = content.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const block = /^([^=]*?)<<(.+)$/.exec(line);
    if (block) {
      const [, name = '', delimiter] = block;
      const end = lines.indexOf(delimiter ?? '', index + 1);
      if (end < 0) throw new Error(`the value of ${name} has no end: ${delimiter} is missing`);
      values.set(name, lines.slice(index + 1, end).join('\n'));
      index = end;
    } else if (line !== '') {
      const at = line.indexOf('=');
      if (at < 0) throw new Error(`not a command-file line: ${line}`);
      values.set(line.slice(0, at), line.slice(at + 1));
    }
  }
  return values;
}

/** Hides values in text, as the runner's log does: each masked value whole, and each line of it. */
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
