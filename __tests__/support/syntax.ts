import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

/** One source file with its syntax tree. */
export interface Source {
  /** Relative to the repository, or absolute outside it. */
  readonly file: string;
  readonly tree: SourceFile;
}

/** Parses all TypeScript and JavaScript files below folders, without resolving imports or checking types. */
export function parseSources(folders: readonly string[]): readonly Source[] {
  const work = mkdtempSync(join(tmpdir(), 'syntax-'));
  const api = new API({ cwd: process.cwd() });
  try {
    const config = join(work, 'tsconfig.json');
    const compilerOptions = { allowJs: true, noLib: true, noResolve: true, noEmit: true, types: [] };
    writeFileSync(config, JSON.stringify({ compilerOptions, include: folders.map((path) => resolve(path)) }));
    return api
      .updateSnapshot({ openProjects: [config] })
      .getProjects()
      .flatMap(({ program, rootFiles }) =>
        rootFiles.map((path) => {
          const tree = program.getSourceFile(path);
          if (tree === undefined) throw new Error(`failed to parse ${path}`);
          const file = relative(process.cwd(), path);
          return { file: file.startsWith('..') ? path : file, tree };
        }),
      );
  } finally {
    api.close();
    rmSync(work, { recursive: true });
  }
}

/** Returns a node and all nodes below it, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* walk(child);
}

/** Returns the line of a position, from 1. */
export function findLine(tree: SourceFile, position: number): number {
  return tree.text.slice(0, position).split('\n').length;
}
