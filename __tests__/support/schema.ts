/** The part of JSON Schema that this project's schemas use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Where a value does not keep to a schema: `checks[3].id: …`. */
export function violations(
  value: unknown,
  schema: Schema,
  root: Schema = schema,
  at = '',
): readonly string[] {
  if (schema.$ref !== undefined) {
    const named = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return named ? violations(value, named, root, at) : [`${at}: ${schema.$ref} is not defined`];
  }
  const wrong = (what: string) => [`${at || 'the whole'}: ${what}`];
  if (schema.const !== undefined && value !== schema.const) return wrong(`is not ${String(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value)) return wrong(`${String(value)} is not one of the known`);
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.includes(typeOf(value)))
    return wrong(`is ${typeOf(value)}, not ${types.join(' or ')}`);
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      schema.items ? violations(item, schema.items, root, `${at}[${index}]`) : [],
    );
  if (typeof value !== 'object' || value === null) return [];
  const missing = (schema.required ?? [])
    .filter((name) => !(name in value))
    .flatMap((name) => wrong(`lacks ${name}`));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const rest = schema.additionalProperties;
    const declared = schema.properties?.[name] ?? (typeof rest === 'object' ? rest : undefined);
    if (declared) return violations(member, declared, root, at === '' ? name : `${at}.${name}`);
    return rest === false ? wrong(`has ${name}, which is not declared`) : [];
  });
  return [...missing, ...members];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
