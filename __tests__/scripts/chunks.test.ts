import { describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { nameChunks, namePackedChunks } from '../../scripts/chunks.ts';

type Output = Metafile['outputs'][string];

function output(inputs: Readonly<Record<string, number>>, entryPoint?: string): Output {
  const sizes = Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }] as const);
  const bytes = Object.values(inputs).reduce((sum, size) => sum + size, 0);
  return {
    bytes,
    inputs: Object.fromEntries(sizes),
    imports: [],
    exports: [],
    ...(entryPoint !== undefined && { entryPoint }),
  };
}

const outputs = {
  'index.js': output({ 'scripts/programs.ts': 1 }, 'scripts/programs.ts'),
  'chunk-AAAAAAAA.js': output({ 'src/cluster/providers/kind.ts': 9 }, 'src/cluster/providers/kind.ts'),
  'chunk-BBBBBBBB.js': output({ 'src/keys/pem.ts': 1, 'node_modules/@azure/identity/lib/a.js': 5 }),
  'chunk-CCCCCCCC.js': output({ 'node_modules/@azure/identity/lib/b.js': 5 }),
  'chunk-DDDDDDDD.js': output({ 'src/keys/run.ts': 5 }, 'src/keys/index.ts'),
};
const texts = new Map(
  Object.keys(outputs).map((name) => [name, `import "./chunk-BBBBBBBB.js"; "${name}"`] as const),
);

describe('nameChunks', () => {
  test('names a chunk after its lazily imported module, otherwise after its largest file', () => {
    expect(
      nameChunks(outputs, texts)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'cluster-providers-kind.js',
      'index.js',
      'keys.js',
      'shared-azure-identity-2.js',
      'shared-azure-identity.js',
    ]);
  });

  test('uses the new names in the text', () => {
    const kind = nameChunks(outputs, texts).find(({ name }) => name === 'cluster-providers-kind.js');
    expect(kind?.text).toMatch(/^import "\.\/shared-azure-identity(-2)?\.js"; "cluster-providers-kind\.js"$/);
  });

  test('gives the same names whatever the hashes and their order are', () => {
    const renamed = (name: string) =>
      name.replace(/chunk-(\w)\w+/, (_, letter: string) => `chunk-Z${letter}${'0'.repeat(6)}`);
    const others = Object.fromEntries(
      Object.entries(outputs)
        .reverse()
        .map(([name, one]) => [renamed(name), one]),
    );
    const otherTexts = new Map([...texts].map(([name]) => [renamed(name), '']));
    expect(nameChunks(others, otherTexts).map(({ name }) => name)).toEqual(
      nameChunks(outputs, texts).map(({ name }) => name),
    );
  });
});

describe('namePackedChunks', () => {
  const packed = (id: number, ...modules: readonly string[]) => ({
    id,
    files: [`${id}.index.js`],
    modules: modules.map((name, index) => ({ name: `./shaken/${name}.js`, size: index })),
  });

  test('prefers a lazily imported module, however small, to what chunks share', () => {
    expect(namePackedChunks([packed(7, 'keys', 'shared-jose')])).toEqual(new Map([['7', 'keys.chunk.js']]));
  });

  test('falls back to the largest module, and numbers equal names', () => {
    const chunks = [packed(2, 'shared-a', 'shared-b'), packed(1, 'shared-b')];
    expect(namePackedChunks(chunks)).toEqual(
      new Map([
        ['1', 'shared-b.chunk.js'],
        ['2', 'shared-b-2.chunk.js'],
      ]),
    );
  });

  test('leaves out the entry', () => {
    expect(namePackedChunks([{ id: 1, files: ['index.js'] }]).size).toBe(0);
  });
});
