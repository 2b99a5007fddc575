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

function readSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'definition.ts')
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
