import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { programNames } from '../../scripts/programs.ts';
import { loadDefinitions } from '../../src/actions/registry.ts';
import { camelCase } from '../../src/runtime/index.ts';

const actions = await loadDefinitions();

const folders: Readonly<Record<string, readonly string[]>> = {
  'generate-keys': ['src/keys'],
  'publish-issuer': ['src/issuer', 'src/azure'],
  'start-minikube': ['src/cluster', 'src/kubernetes'],
  'federate-app': ['src/entra', 'src/azure', 'src/kubernetes'],
  'install-webhook': ['src/webhook', 'src/azure', 'src/kubernetes'],
  'verify-pod': ['src/verify', 'src/azure', 'src/kubernetes'],
  'start-emulator': ['src/emulate'],
};
const links = actions.filter(({ definition }) => definition.name in folders);
const umbrella = actions.find(({ folder }) => folder === '.');

describe.each(links)('$definition.name', ({ folder, definition }) => {
  const sources = (folders[definition.name] ?? []).flatMap(readSources).join('\n');

  test.each(Object.keys(definition.inputs))('reads its input %s', (name) => {
    expect(sources).toMatch(new RegExp(`[.\\s{,]${camelCase(name)}\\b`));
  });

  test('gives the outputs that action.yml declares, and starts a program of the build', () => {
    const { outputs, runs } = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
    expect(Object.keys(outputs)).toEqual(Object.keys(definition.outputs));
    for (const name of Object.keys(definition.outputs))
      expect(sources).toMatch(new RegExp(`['"]?${name}['"]?[:,]`));
    expect(runs).toEqual({
      using: 'node24',
      main: `../../dist/${definition.name}.js`,
      post: `../../dist/${definition.name}.js`,
    });
    expect(programNames).toContain(definition.name);
  });
});

describe('the umbrella', () => {
  test('has the outputs of all six links', () => {
    const six = links.filter(({ definition }) => definition.name !== 'start-emulator');
    const names = new Set(six.flatMap(({ definition }) => Object.keys(definition.outputs)));
    expect(new Set(Object.keys(umbrella?.definition.outputs ?? {}))).toEqual(names);
  });

  test('takes every input of the six links but those that only one link can give another', () => {
    const six = links.filter(({ definition }) => definition.name !== 'start-emulator');
    const names = new Set(six.flatMap(({ definition }) => Object.keys(definition.inputs)));
    const own = new Set(Object.keys(umbrella?.definition.inputs ?? {}));
    expect([...names].filter((name) => !own.has(name)).sort()).toEqual(['jwks-url', 'private-key-file']);
    expect([...own].filter((name) => !names.has(name))).toEqual([]);
  });

  test('requires no input that an earlier link gives', () => {
    const required = Object.entries(umbrella?.definition.inputs ?? {}).filter(([, { required }]) => required);
    expect(required.map(([name]) => name)).toEqual([]);
  });
});

function readSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'definition.ts')
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
