import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { nameChunks, namePackedChunks, type PackedChunk } from './chunks.ts';
import { programNames } from './programs.ts';

/**
 * @actions/core imports an HTTP client for calls that nothing here makes: 0.5 MB that every start would read. The import alone
 * does nothing, but the package does not say so. With this plugin, esbuild keeps the client only for programs that use it.
 */
const unusedHttpClient: Plugin = {
  name: 'unused-http-client',
  setup({ onResolve, resolve: resolveModule }) {
    onResolve(
      { filter: /^(@actions\/http-client|undici|tunnel)(\/|$)|\/oidc-utils\.js$/ },
      async ({ path, pluginData, ...from }) => {
        if (pluginData === 'resolving') return undefined;
        const { kind, importer, resolveDir } = from;
        const found = await resolveModule(path, { kind, importer, resolveDir, pluginData: 'resolving' });
        return { ...found, sideEffects: false };
      },
    );
  },
};

/**
 * The storage client imports Apache Arrow (0.34 MB) only to list blobs in that format, which nothing here asks for.
 */
const unusedArrow: Plugin = {
  name: 'unused-arrow',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^apache-arrow$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    const contents =
      "export const tableFromIPC = () => { throw new Error('apache-arrow is not in this build'); };";
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents }));
  },
};

/**
 * Builds `dist`, or the folder given as the first argument: esbuild removes what is never used (the Kubernetes client alone
 * shrinks from 19.6 to 2.5 MB), ncc packs the rest into one build with lazily read chunks, and each program gets a
 * three-line file that starts it. Identifiers are kept for stack traces, and chunks are named after what is in them.
 */
const target = resolve(process.argv[2] ?? 'dist');
const work = mkdtempSync(join(resolve('.'), 'build-'));
try {
  await treeShake();
  pack();
  renameChunks();
  writeStarters();
  rmSync(target, { recursive: true, force: true });
  renameSync(join(work, 'dist'), target);
  report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function treeShake(): Promise<void> {
  const folder = join(work, 'shaken');
  const { outputFiles, metafile } = await build({
    entryPoints: { index: 'scripts/programs.ts' },
    outdir: folder,
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: 'chunk-[hash]',
    legalComments: 'none',
    plugins: [unusedHttpClient, unusedArrow],
    logLevel: 'warning',
    // ncc takes a path below the current folder for an asset, and replaces it with a path of the machine that builds.
    define: { 'process.cwd': 'globalThis.process.cwd' },
    // CommonJS dependencies require Node's own modules, for which an ES module needs a `require` of its own.
    banner: {
      js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
    },
  });
  mkdirSync(folder);
  const outputs = Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  for (const { name, text } of nameChunks(outputs, texts)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
}

function pack(): void {
  // ncc numbers its chunks by their paths below the current folder, which are the same for every build in the work folder.
  const options = ['--no-cache', '--quiet', '--stats-out', 'stats.json'];
  const ncc = spawnSync('ncc', ['build', 'shaken/index.js', '-o', 'dist', ...options], {
    encoding: 'utf8',
    cwd: work,
  });
  if (ncc.status !== 0) throw new Error(`ncc failed:\n${ncc.stdout}${ncc.stderr}`);
  const assets = readdirSync(join(work, 'dist'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  if (assets.length > 0) throw new Error(`ncc took a path for an asset: ${assets.map(({ name }) => name)}`);
}

/** ncc numbers its chunks. The numbers stay inside, but the files get names, by which the entry then loads them. */
function renameChunks(): void {
  const dist = join(work, 'dist');
  const { chunks } = JSON.parse(readFileSync(join(work, 'stats.json'), 'utf8')) as { chunks: PackedChunk[] };
  const names = namePackedChunks(chunks);
  for (const [id, name] of names) renameSync(join(dist, `${id}.index.js`), join(dist, name));
  const entry = readFileSync(join(dist, 'index.js'), 'utf8');
  const byNumber = '"" + chunkId + ".index.js"';
  if (!entry.includes(byNumber)) throw new Error('ncc loads its chunks in another way than expected');
  const table = JSON.stringify(Object.fromEntries(names), null, 2);
  writeFileSync(
    join(dist, 'index.js'),
    entry.replace(byNumber, () => `(${table})[chunkId]`),
  );
}

function writeStarters(): void {
  for (const name of programNames) {
    writeFileSync(
      join(work, 'dist', `${name}.js`),
      `// Made by scripts/build.ts.\nimport { start } from './index.js';\nawait start('${name}');\n`,
    );
  }
}

function report(): void {
  const files = readdirSync(target).map((name) => ({ name, bytes: statSync(join(target, name)).size }));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${target}: ${files.length} files, ${(total / 1e6).toFixed(2)} MB`);
}
