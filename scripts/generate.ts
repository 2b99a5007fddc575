import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadDefinitions } from '../src/actions/registry.ts';
import type { ActionDefinition } from '../src/runtime/index.ts';
import { fillReportSchema } from './report-schema.ts';

/**
 * Writes each action.yml and the tables of inputs and outputs in the READMEs from the definitions in `src`, and the lists of
 * codes in the schema of the report from the error catalogue.
 * With `--check` it writes nothing and fails on the first file that says something else.
 */
const checkOnly = process.argv.includes('--check');
const stale: string[] = [];

for (const { folder, definition } of await loadDefinitions()) {
  put(join(folder, 'action.yml'), actionYaml(folder, definition));
  const readme = join(folder, 'README.md');
  if (existsSync(readme)) put(readme, withTables(readFileSync(readme, 'utf8'), definition, readme));
  else stale.push(`${readme} is missing`);
}

const reportSchema = 'docs/report.schema.json';
put(reportSchema, fillReportSchema(readFileSync(reportSchema, 'utf8')));

if (stale.length > 0) {
  console.error(`${stale.join('\n')}\nRun: npm run generate`);
  process.exitCode = 1;
}

function put(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  if (checkOnly) stale.push(`${file} is not what its definition says`);
  else {
    writeFileSync(file, content);
    console.log(`wrote ${file}`);
  }
}

function actionYaml(folder: string, definition: ActionDefinition): string {
  const program = `${folder === '.' ? '' : '../../'}dist/${definition.name}.js`;
  const inputs = Object.entries(definition.inputs).map(
    ([name, { description, default: fallback, required }]) => [
      name,
      { description, required, ...(fallback !== undefined && fallback !== '' && { default: fallback }) },
    ],
  );
  const content = {
    name: definition.title,
    description: definition.description,
    branding: definition.branding,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(
      Object.entries(definition.outputs).map(([name, { description }]) => [name, { description }]),
    ),
    runs: { using: 'node24', main: program, post: program },
  };
  return `# Made from the definition in src by npm run generate.\n${stringify(content, { lineWidth: 120 })}`;
}

function withTables(readme: string, definition: ActionDefinition, file: string): string {
  const inputs = Object.entries(definition.inputs).map(
    ([name, { description, default: fallback, required }]) =>
      `| \`${name}\` | ${cell(description)} | ${required ? '**required**' : fallback ? `\`${cell(fallback)}\`` : ''} |`,
  );
  const outputs = Object.entries(definition.outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  return [
    ['inputs', ['| input | what it is | default |', '| --- | --- | --- |', ...inputs]] as const,
    ['outputs', ['| output | what it is |', '| --- | --- |', ...outputs]] as const,
  ].reduce((text, [name, rows]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!marked.test(text))
      stale.push(`${file} has no place for its ${name}: <!-- ${name} --> … <!-- /${name} -->`);
    return text.replace(
      marked,
      (_, open: string, close: string) => `${open}\n${rows.join('\n')}\n\n${close}`,
    );
  }, readme);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
