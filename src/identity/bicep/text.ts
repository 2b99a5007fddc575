/** An expression that is written as it is: a reference or a call. */
export interface Expression {
  readonly expression: string;
}

/** A value of a Bicep file. */
export type BicepValue =
  | string
  | Expression
  | readonly BicepValue[]
  | { readonly [property: string]: BicepValue };

/** Marks text as a reference or a call, such as `appReg.appId`. */
export function reference(expression: string): Expression {
  return { expression };
}

/** Returns the value as Bicep, with the lines after the first indented by `depth` steps. Lists and objects have one line per entry. */
export function formatBicep(value: BicepValue, depth = 0): string {
  if (typeof value === 'string') return quote(value);
  if (isExpression(value)) return value.expression;
  const inner = '  '.repeat(depth + 1);
  const end = '  '.repeat(depth);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((entry) => `${inner}${formatBicep(entry, depth + 1)}\n`).join('')}${end}]`;
  }
  const properties = Object.entries(value).map(
    ([name, entry]) => `${inner}${formatName(name)}: ${formatBicep(entry, depth + 1)}\n`,
  );
  return properties.length === 0 ? '{}' : `{\n${properties.join('')}${end}}`;
}

function isExpression(value: object): value is Expression {
  return 'expression' in value && typeof value.expression === 'string';
}

function isList(value: BicepValue): value is readonly BicepValue[] {
  return Array.isArray(value);
}

function formatName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
}

/** Returns a string literal, with quotes, backslashes and the start of an interpolation escaped. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n');
  return `'${escaped}'`;
}
