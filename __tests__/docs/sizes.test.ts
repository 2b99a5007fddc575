import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type CallExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { findLine, parseSources, type Source, walk } from '../support/syntax.ts';
import { workshop } from '../support/workshop.ts';

const mostLinesOfFile = 250;
const mostLinesOfFunction = 40;
const folders = ['src', 'emulator', 'demo', 'local-runner', 'scripts', 'bench', '__tests__'];
const shop = workshop();
afterAll(() => shop.remove());

describe('sizes', () => {
  const sources = parseSources(folders);

  test('cover every folder', () => {
    const found = new Set(sources.map(({ file }) => file.split('/')[0]));
    expect([...found].sort()).toEqual([...folders].sort());
  });

  test(`no file has more than ${mostLinesOfFile} lines`, () => {
    const long = sources
      .map(({ file, tree }) => ({ file, lines: tree.text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > mostLinesOfFile);
    expect(long.map(({ file, lines }) => `${file}: ${lines} lines`)).toEqual([]);
  });

  test(`no function has more than ${mostLinesOfFunction} lines`, () => {
    const long = sources.flatMap(measureFunctions).filter(({ lines }) => lines > mostLinesOfFunction);
    expect(long.map(({ file, line, lines }) => `${file}:${line}: ${lines} lines`)).toEqual([]);
  });
});

describe('measureFunctions', () => {
  const measure = (text: string) => {
    shop.file('sample/sample.ts', text);
    return parseSources([shop.path('sample')])
      .flatMap(measureFunctions)
      .map(({ line, lines }) => ({ line, lines }));
  };

  test('counts functions, arrow functions and methods from their first to their last line', () => {
    const found = measure(
      '/** Comment. */\nfunction a() {\n}\nconst b = () =>\n  1;\nclass C {\n  d() {\n\n  }\n}',
    );
    expect(found).toEqual([
      { line: 2, lines: 2 },
      { line: 4, lines: 2 },
      { line: 7, lines: 3 },
    ]);
  });

  test('counts the bodies of tests, and not the callbacks of describe', () => {
    const found = measure(
      "describe.each([1])('a', () => {\n  test('b', () => {\n  });\n});\ndescribe('c', () => {});",
    );
    expect(found).toEqual([{ line: 2, lines: 2 }]);
  });
});

interface Measured {
  readonly file: string;
  readonly line: number;
  readonly lines: number;
}

function measureFunctions({ file, tree }: Source): readonly Measured[] {
  return [...walk(tree)]
    .filter((node) => isFunctionLikeDeclaration(node) && !isDescribeCallback(node, tree))
    .map((node) => {
      const line = findLine(tree, node.getStart(tree));
      return { file, line, lines: findLine(tree, node.end) - line + 1 };
    });
}

/** Returns whether a function is an argument of `describe(…)` or `describe.each(…)(…)`. */
function isDescribeCallback(node: Node, tree: SourceFile): boolean {
  const { parent } = node;
  return isCallExpression(parent) && /^describe\b/.test((parent as CallExpression).expression.getText(tree));
}
