import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The links in the order of the chain: each may use those before it. */
const links = ['keys', 'issuer', 'cluster', 'entra', 'webhook', 'verify'];

/** Which folders of src a folder may import from, beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  azure: ['runtime'],
  kubernetes: ['runtime'],
  ...Object.fromEntries(
    links.map((link, index) => [link, ['runtime', 'azure', 'kubernetes', ...links.slice(0, index)]]),
  ),
  emulate: ['runtime'],
  federate: ['runtime', 'azure', 'kubernetes', ...links],
  actions: ['runtime', 'emulate', 'federate', ...links],
};

const imports = filesOf('src').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g)].map(
    ([, path = '']) => ({ file, target: normalize(join(dirname(file), path)) }),
  ),
);

describe('the arrows of docs/architecture.md', () => {
  test('are drawn for every folder of src', () => {
    expect(readdirSync('src').sort()).toEqual(Object.keys(allowed).sort());
  });

  test.each(Object.keys(allowed))('src/%s imports only from where its arrows point', (folder) => {
    const targets = imports
      .filter(({ file }) => folderOf(file) === folder)
      .filter(({ target }) => folderOf(target) !== folder)
      .filter(({ target }) => !(allowed[folder] ?? []).includes(folderOf(target)))
      .map(({ file, target }) => `${file} → ${target}`);
    expect(targets).toEqual([]);
  });

  test('nothing in src imports what is outside of it', () => {
    const outside = imports.filter(({ target }) => !target.startsWith('src/'));
    expect(outside.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('only src/actions knows the process', () => {
    const knowing = filesOf('src').filter(
      (file) => folderOf(file) !== 'actions' && /\bprocess\.(env|argv|exit)\b/.test(code(file)),
    );
    expect(knowing).toEqual([]);
  });

  test('the folders that the page names are there', () => {
    const rows = readFileSync('docs/architecture.md', 'utf8').match(/^\| `.*$/gm) ?? [];
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(path) && !existsSync(join('src', path)))).toEqual([]);
  });
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** `src/verify/checks/pod.ts` is in `verify`. */
function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** A file without its comments. */
function code(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
