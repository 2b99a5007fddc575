import type { Metafile } from 'esbuild';

/** A file of esbuild's output. */
export interface Chunk {
  readonly name: string;
  readonly text: string;
}

const chunkPattern = /\bchunk-[A-Z0-9]{8}\.js\b/g;

/**
 * Names the chunks of esbuild after what is in them instead of a hash of it, so that a change of the sources changes the content of
 * files and not their names. `outputs` are by file name.
 */
export function nameChunks(
  outputs: Metafile['outputs'],
  texts: ReadonlyMap<string, string>,
): readonly Chunk[] {
  const names = new Map<string, string>();
  const files = [...texts.keys()].sort((a, b) =>
    compare(describeInputs(outputs[a]), describeInputs(outputs[b])),
  );
  for (const file of files) {
    const name = file === 'index.js' ? 'index' : nameOutput(outputs[file]);
    names.set(file, makeUnique(name, [...names.values()]));
  }
  const rename = (text: string) => text.replaceAll(chunkPattern, (file) => names.get(file) ?? file);
  return files.map((file) => ({ name: names.get(file) ?? file, text: rename(texts.get(file) ?? '') }));
}

type Output = Metafile['outputs'][string];

/** A lazily imported module names its chunk. A chunk that several share has the name of its largest file. */
function nameOutput(output: Output | undefined): string {
  if (output?.entryPoint !== undefined) return nameModule(output.entryPoint);
  const [largest] = Object.entries(output?.inputs ?? {}).sort(
    ([a, one], [b, other]) => other.bytesInOutput - one.bytesInOutput || compare(a, b),
  );
  return largest === undefined ? 'shared' : `shared-${nameModule(largest[0])}`;
}

/** `src/cluster/providers/kind.ts` → `cluster-providers-kind`, `node_modules/@azure/identity/…` → `azure-identity`. */
function nameModule(path: string): string {
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  const name = dependency ?? path.replace(/^src\//, '').replace(/(\/index)?\.[a-z]+$/, '');
  return name.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');
}

function describeInputs(output: Output | undefined): string {
  return [output?.entryPoint ?? '', ...Object.keys(output?.inputs ?? {}).sort()].join('\n');
}

/** Returns a file name that is not taken: `name.js`, `name-2.js` and so on. */
function makeUnique(name: string, taken: readonly string[], suffix = '.js'): string {
  for (let number = 1; ; number++) {
    const candidate = `${number === 1 ? name : `${name}-${number}`}${suffix}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The part of webpack's statistics that says what is in its chunks. */
export interface PackedChunk {
  readonly id: string | number;
  readonly files: readonly string[];
  readonly modules?: readonly { readonly name: string; readonly size: number }[];
}

/** Returns file names for webpack's numbered chunks, by their IDs: after the lazily imported module, otherwise after the largest one. */
export function namePackedChunks(packed: readonly PackedChunk[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id, files, modules = [] } of [...packed].sort((a, b) => compare(String(a.id), String(b.id)))) {
    if (files.includes('index.js')) continue;
    const inside = modules
      .map(({ name, size }) => ({ name: /\/([^/ ]+)\.js\b/.exec(name)?.[1] ?? '', size }))
      .filter(({ name }) => name !== '')
      .sort((a, b) => b.size - a.size || compare(a.name, b.name));
    const chosen = inside.find(({ name }) => !name.startsWith('shared')) ?? inside[0];
    names.set(String(id), makeUnique(chosen?.name ?? 'shared', [...names.values()], '.chunk.js'));
  }
  return names;
}
