import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { programNames } from './programs.ts';

/**
 * @actions/core brings an HTTP client, 0.5 MB that is read at every start, for calls that nothing here makes. It does nothing by
 * being imported, but its package does not say so; told here, esbuild keeps it only in programs that use it.
 */
const unusedHttpClient: Plugin = {
  name: 'unused-http-client',
  setup({ onResolve, resolve: resolveModule }) {
    onResolve(
      { filter: /^(@actions\/http-client|undici|tunnel)(\/|$)/ },
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
 * Builds `dist` (or the folder given as the first argument): esbuild drops what is never used (the Kubernetes client alone
 * shrinks from 19.6 to 2.5 MB), ncc packs the rest into one build with lazily read chunks, and each program gets a
 * three-line file that starts it. Names are kept, so that a stack trace can be read.
 */
const target = resolve(process.argv[2] ?? 'dist');
const work = mkdtempSync(join(resolve('.'), 'build-'));
try {
  await treeShake();
  pack();
  writeStarters();
  rmSync(target, { recursive: true, force: true });
  renameSync(join(work, 'dist'), target);
  report();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function treeShake(): Promise<void> {
  await build({
    entryPoints: { index: 'scripts/programs.ts' },
    outdir: join(work, 'shaken'),
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
    plugins: [unusedHttpClient],
    logLevel: 'warning',
    // CommonJS dependencies ask for Node's own modules by require, which an ES module has to make for itself.
    banner: {
      js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
    },
  });
  writeFileSync(join(work, 'shaken', 'package.json'), '{"type":"module"}\n');
}

function pack(): void {
  // ncc numbers its chunks by path below the current folder: started in the work folder they are the same every time.
  const ncc = spawnSync('ncc', ['build', 'shaken/index.js', '-o', 'dist', '--no-cache', '--quiet'], {
    encoding: 'utf8',
    cwd: work,
  });
  if (ncc.status !== 0) throw new Error(`ncc failed:\n${ncc.stdout}${ncc.stderr}`);
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
