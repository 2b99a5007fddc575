/** An expression that stands as it is: a reference or a call. */
export interface Expression {
  readonly expression: string;
}

/** A value of a Bicep file. */
export type BicepValue =
  | string
  | Expression
  | readonly BicepValue[]
  | { readonly [property: string]: BicepValue };

/** A reference or a call, such as `appReg.appId`. */
export function reference(expression: string): Expression {
  return { expression };
}

/** The value as Bicep text, its later lines indented by `depth` steps. Lists and objects take a line an entry. */
export function bicepText(value: BicepValue, depth = 0): string {
  if (typeof value === 'string') return quoted(value);
  if (isExpression(value)) return value.expression;
  const inner = '  '.repeat(depth + 1);
  const end = '  '.repeat(depth);
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((entry) => `${inner}${bicepText(entry, depth + 1)}\n`).join('')}${end}]`;
  }
  const properties = Object.entries(value).map(
    ([name, entry]) => `${inner}${propertyName(name)}: ${bicepText(entry, depth + 1)}\n`,
  );
  return properties.length === 0 ? '{}' : `{\n${properties.join('')}${end}}`;
}

function isExpression(value: object): value is Expression {
  return 'expression' in value && typeof value.expression === 'string';
}

function isList(value: BicepValue): value is readonly BicepValue[] {
  return Array.isArray(value);
}

function propertyName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

/** A literal: quotes, backslashes and the opening of an interpolation lose their meaning. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n');
  return `'${escaped}'`;
}
