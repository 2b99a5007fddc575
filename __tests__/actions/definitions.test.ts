import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { programNames } from '../../scripts/programs.ts';
import { type ActionName, loadDefinitions } from '../../src/actions/registry.ts';
import { camelCase } from '../../src/runtime/index.ts';
import { workshop } from '../support/workshop.ts';

/** The folder of src that reads the inputs of an action. The umbrella hands its inputs to the links, which its own tests check. */
const folders: Readonly<Record<Exclude<ActionName, 'federate'>, string>> = {
  'generate-keys': 'keys',
  'publish-issuer': 'issuer',
  'start-minikube': 'cluster',
  'federate-app': 'identity',
  'install-webhook': 'webhook',
  'verify-pod': 'verify',
  'start-emulator': 'start-emulator',
};

const shop = workshop();
afterAll(() => shop.remove());

const actions = await loadDefinitions();
const links = Object.entries(folders).map(([name, source]) => {
  const action = actions.find(({ definition }) => definition.name === name);
  if (action === undefined) throw new Error(`${name} is not registered`);
  return { name, source, ...action };
});
const reads = findReads();

describe.each(links)('$name', ({ source, folder, definition }) => {
  test('reads each of its inputs', () => {
    expect(findUnread(source, Object.keys(definition.inputs))).toEqual([]);
  });

  test('declares its outputs in action.yml, and starts a program of the build', () => {
    const { outputs, runs } = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
    expect(Object.keys(outputs)).toEqual(Object.keys(definition.outputs));
    const program = `../../dist/${definition.name}.js`;
    expect(runs).toEqual({ using: 'node24', main: program, post: program });
    expect(programNames).toContain(definition.name);
  });
});

describe('the check of inputs', () => {
  test('finds an input that nothing reads, though its name is in comments and used for other things', () => {
    const unread = ['never-read', 'deps', 'file', 'description'];
    for (const source of Object.values(folders)) expect(findUnread(source, unread)).toEqual(unread);
  });

  test('finds an input that only another link reads', () => {
    expect(findUnread('keys', ['modulus-length', 'cluster-provider'])).toEqual(['cluster-provider']);
  });
});

describe('the registry', () => {
  test.each(actions)('has $definition.name in $folder', ({ folder, definition }) => {
    const { name } = definition;
    expect(folder).toBe(name === 'federate' ? '.' : `actions/${name}`);
    expect(programNames).toContain(name);
  });
});

function findUnread(source: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => !reads.get(source)?.has(camelCase(name)));
}

/**
 * Returns the properties of inputs that each folder of src reads. The sources are compiled with inputs that have no properties, so
 * the compiler reports each read: of a single property, or of those that a called function requires.
 */
function findReads(): ReadonlyMap<string, ReadonlySet<string>> {
  cpSync('src', shop.path('src'), { recursive: true });
  symlinkSync(resolve('node_modules'), shop.path('node_modules'));
  edit('src/runtime/inputs.ts', /export type InputValues<I extends Inputs> = \{[^}]*\};/, () => {
    return 'export type InputValues<_ extends Inputs> = Record<never, never>;';
  });
  // The groups of inputs that links hand on. A missing optional property is not an error.
  for (const group of ['azure', 'kubernetes'])
    edit(`src/${group}/definition.ts`, /readonly \w+\?: /g, (text) => text.replace('?', ''));
  shop.file('tsconfig.json', JSON.stringify({ extends: resolve('tsconfig.json'), include: ['src'] }));
  const compiler = resolve('node_modules/.bin/tsc');
  const { stdout } = spawnSync(compiler, ['--noEmit', '--pretty', 'false'], {
    cwd: shop.folder,
    encoding: 'utf8',
  });
  const found = new Map<string, Set<string>>();
  for (const line of stdout.split('\n')) {
    const [, folder = ''] = /^src\/([^/]+)\//.exec(line) ?? [];
    const properties = found.get(folder) ?? new Set();
    for (const property of parseProperties(line)) properties.add(property);
    found.set(folder, properties);
  }
  return found;
}

function parseProperties(line: string): readonly string[] {
  const [, property] = /Property '(\w+)' (?:does not exist on|is missing in) type/.exec(line) ?? [];
  if (property !== undefined) return [property];
  return /is missing the following properties from type '\w+': ([\w, ]+)$/.exec(line)?.[1]?.split(', ') ?? [];
}

function edit(file: string, pattern: RegExp, change: (text: string) => string): void {
  const before = readFileSync(shop.path(file), 'utf8');
  const after = before.replace(pattern, change);
  if (after === before) throw new Error(`${file} is not what this test expects`);
  writeFileSync(shop.path(file), after);
}
