import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The links in the order of the chain: each may use those before it. */
const links = ['keys', 'issuer', 'cluster', 'identity', 'webhook', 'verify'];

/** Which other folders of src a folder may import from. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  runtime: ['errors'],
  azure: ['errors', 'runtime'],
  kubernetes: ['errors', 'runtime'],
  ...Object.fromEntries(
    links.map((link, index) => [
      link,
      ['errors', 'runtime', 'azure', 'kubernetes', ...links.slice(0, index)],
    ]),
  ),
  'start-emulator': ['errors', 'runtime'],
  chain: ['errors', 'runtime', 'azure', 'kubernetes', ...links],
  actions: ['errors', 'runtime', 'start-emulator', 'chain', ...links],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

const files = sourcesOf('src');
const imports = files.flatMap((file): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g)].map(
    ([, path = '']) => ({
      file,
      target: normalize(join(dirname(file), path)),
    }),
  ),
);

describe('architecture', () => {
  test('draws arrows for every folder of src', () => {
    expect(readdirSync('src').sort()).toEqual(Object.keys(allowed).sort());
  });

  test.each(Object.keys(allowed))('src/%s imports only the folders that its arrows point to', (folder) => {
    const wrong = imports
      .filter(({ file, target }) => folderOf(file) === folder && folderOf(target) !== folder)
      .filter(({ target }) => !(allowed[folder] ?? []).includes(folderOf(target)));
    expect(wrong.map(show)).toEqual([]);
  });

  test('imports from another folder go through an index or a definition', () => {
    const past = imports
      .filter(({ file, target }) => folderOf(file) !== folderOf(target))
      .filter(({ target }) => !['index.ts', 'definition.ts'].includes(basename(target)));
    expect(past.map(show)).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    expect(findCycles(files, imports)).toEqual([]);
  });

  test('src imports nothing outside src', () => {
    expect(imports.filter(({ target }) => !target.startsWith('src/')).map(show)).toEqual([]);
  });

  test('only src/actions uses the process', () => {
    const knowing = files.filter(
      (file) => folderOf(file) !== 'actions' && /\bprocess\.(env|argv|exit)\b/.test(code(file)),
    );
    expect(knowing).toEqual([]);
  });

  test('every link has the same five files', () => {
    const expected = ['clean-up.ts', 'definition.ts', 'index.ts', 'request.ts', 'run.ts'];
    const missing = [...links, 'chain', 'start-emulator'].flatMap((link) =>
      expected.map((name) => join('src', link, name)).filter((file) => !existsSync(file)),
    );
    expect(missing).toEqual([]);
  });

  test('docs/architecture.md names only folders that exist', () => {
    const [, folders = ''] = readFileSync('docs/architecture.md', 'utf8').split(/^## (?:Folders|One link)$/m);
    const rows = folders.match(/^\| `.*$/gm) ?? [];
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !existsSync(path) && !existsSync(join('src', path)))).toEqual([]);
  });
});

describe('findCycles', () => {
  const arrow = (file: string, target: string): Import => ({ file, target });

  test('finds a cycle of three files', () => {
    const arrows = [arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'a'), arrow('d', 'a')];
    expect(findCycles(['a', 'b', 'c', 'd'], arrows)).toEqual(['a, b, c']);
  });

  test('finds nothing in a diamond', () => {
    const arrows = [arrow('a', 'b'), arrow('a', 'c'), arrow('b', 'd'), arrow('c', 'd')];
    expect(findCycles(['a', 'b', 'c', 'd'], arrows)).toEqual([]);
  });
});

/** The strongly connected groups of more than one file (Tarjan), each as one line. Type-only and lazy imports count. */
function findCycles(nodes: readonly string[], arrows: readonly Import[]): readonly string[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[] = [];
  const visit = (node: string): number => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const { target } of arrows.filter(({ file }) => file === node)) {
      if (!nodes.includes(target)) continue;
      const reached = order.has(target)
        ? stack.includes(target)
          ? (order.get(target) ?? 0)
          : Infinity
        : visit(target);
      low.set(node, Math.min(low.get(node) ?? 0, reached));
    }
    if (low.get(node) === order.get(node)) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) cycles.push(group.sort().join(', '));
    }
    return low.get(node) ?? 0;
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return cycles;
}

function show({ file, target }: Import): string {
  return `${file} → ${target}`;
}

function sourcesOf(folder: string): string[] {
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
