import type { ActionDefinition } from '../src/runtime/index.ts';

type Declared = ActionDefinition['inputs'][string];

/** Returns the inputs of an action as Markdown tables: required ones first, below a heading per group if there are groups. */
export function inputTables({ inputs }: Pick<ActionDefinition, 'inputs'>): string {
  const rows = Object.entries(inputs).toSorted(([, a], [, b]) => Number(b.required) - Number(a.required));
  return grouped(rows, (entries) => [
    '| input | type | description | default |',
    '| --- | --- | --- | --- |',
    ...entries.map(
      ([name, input]) =>
        `| \`${name}\` | ${escapeCell(input.type)} | ${escapeCell(input.description)} | ${shownDefault(input)} |`,
    ),
  ]);
}

/** Returns the outputs of an action as Markdown tables, below a heading per group if there are groups. */
export function outputTables({ outputs }: Pick<ActionDefinition, 'outputs'>): string {
  return grouped(Object.entries(outputs), (entries) => [
    '| output | description |',
    '| --- | --- |',
    ...entries.map(([name, { description }]) => `| \`${name}\` | ${escapeCell(description)} |`),
  ]);
}

/** Returns docs/inputs.md: the tables of all actions. */
export function inputsPage(definitions: readonly ActionDefinition[]): string {
  const sections = definitions.map((definition) => {
    const title = definition.name === 'federate' ? 'The root action' : definition.name;
    return [
      `## ${title}`,
      definition.description,
      '### Inputs',
      inputTables(definition),
      '### Outputs',
      outputTables(definition),
    ].join('\n\n');
  });
  return `${['# Inputs and outputs', '<!-- Generated from the definitions in src by npm run generate. -->', ...sections].join('\n\n')}\n`;
}

/** Escapes text for one cell of a Markdown table. */
export function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function shownDefault({ required, default: fallback }: Declared): string {
  if (required) return '**required**';
  return fallback ? `\`${escapeCell(fallback)}\`` : '';
}

function grouped<T extends { readonly group?: string }>(
  entries: readonly (readonly [string, T])[],
  table: (entries: readonly (readonly [string, T])[]) => readonly string[],
): string {
  const groups = Map.groupBy(entries, ([, { group }]) => group ?? '');
  return [...groups]
    .map(([group, members]) => [...(group === '' ? [] : [`**${group}**`, '']), ...table(members)].join('\n'))
    .join('\n\n');
}
