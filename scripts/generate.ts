import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadDefinitions } from '../src/actions/registry.ts';
import type { ActionDefinition } from '../src/runtime/index.ts';
import { fillReportSchema } from './report-schema.ts';
import { inputsPage, inputTables, outputTables } from './tables.ts';
import { troubleshootingPage } from './troubleshooting.ts';

/**
 * Writes what is generated: from the definitions each action.yml, docs/inputs.md and the tables in the READMEs of the actions; from
 * the error catalogue docs/troubleshooting.md and the codes in the schema of the report. With `--check` it writes nothing, lists
 * the files that differ, and fails.
 */
const checkOnly = process.argv.includes('--check');
const stale: string[] = [];

const actions = await loadDefinitions();
for (const { folder, definition } of actions) {
  put(join(folder, 'action.yml'), actionYaml(folder, definition));
  // The root README links to docs/inputs.md instead.
  if (folder === '.') continue;
  const readme = join(folder, 'README.md');
  if (existsSync(readme)) put(readme, withTables(readFileSync(readme, 'utf8'), definition, readme));
  else stale.push(`${readme} is missing`);
}

put('docs/inputs.md', inputsPage(actions.map(({ definition }) => definition)));
put('docs/troubleshooting.md', troubleshootingPage());

const reportSchema = 'docs/report.schema.json';
put(reportSchema, fillReportSchema(readFileSync(reportSchema, 'utf8')));

if (stale.length > 0) {
  console.error(`${stale.join('\n')}\nRun: npm run generate`);
  process.exitCode = 1;
}

function put(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  if (checkOnly) stale.push(`${file} is out of date`);
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
  return `# Generated from the definition in src by npm run generate.\n${stringify(content, { lineWidth: 120 })}`;
}

function withTables(readme: string, definition: ActionDefinition, file: string): string {
  const tables = { inputs: inputTables(definition), outputs: outputTables(definition) };
  return Object.entries(tables).reduce((text, [name, table]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!marked.test(text))
      stale.push(`${file} has no place for its ${name}: <!-- ${name} --> … <!-- /${name} -->`);
    return text.replace(marked, (_, open: string, close: string) => `${open}\n${table}\n\n${close}`);
  }, readme);
}
