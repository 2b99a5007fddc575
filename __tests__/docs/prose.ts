import { readdirSync, readFileSync } from 'node:fs';
import { lexer, type Token } from 'marked';
import {
  isCallExpression,
  isImportDeclaration,
  isNoSubstitutionTemplateLiteral,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateExpression,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { parse } from 'yaml';
import { loadDefinitions } from '../../src/actions/registry.ts';
import { catalogue, type ErrorEntry } from '../../src/errors/index.ts';
import { findLine, parseSources, walk } from '../support/syntax.ts';

/** A piece of English that a user or a contributor reads. Code is replaced by `CODE`, and values by `VALUE`. */
export interface Prose {
  readonly where: string;
  readonly kind: 'page' | 'description' | 'message' | 'hint' | 'meaning' | 'text' | 'title' | 'comment';
  readonly text: string;
}

/** Returns the paragraphs, list items and table cells of a Markdown page. */
export function readPage(where: string, markdown: string): readonly Prose[] {
  return collectBlocks(lexer(markdown)).map((text) => ({ where, kind: 'page', text }));
}

/** Returns the prose of all Markdown pages of the repository. */
export function readPages(): readonly Prose[] {
  const folders = ['actions', 'docs', 'emulator', 'local-runner', '.github', '__tests__'];
  const nested = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync('.'), ...nested]
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => readPage(file, readFileSync(file, 'utf8')));
}

/** Returns the descriptions of the actions, from their definitions and as action.yml has them, and of the workflows. */
export async function readDescriptions(): Promise<readonly Prose[]> {
  const actions = await loadDefinitions();
  const defined = actions.flatMap(({ definition }) =>
    collectDescriptions(definition, `definition of ${definition.name}`),
  );
  const files = [
    ...actions.map(({ folder }) => `${folder}/action.yml`),
    ...readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`),
  ];
  const written = files.flatMap((file) => collectDescriptions(parse(readFileSync(file, 'utf8')), file));
  return [...defined, ...written];
}

/** Returns the texts of the error catalogue. */
export function readCatalogue(): readonly Prose[] {
  return Object.entries(catalogue as Readonly<Record<string, ErrorEntry>>).flatMap(([code, entry]) => {
    const texts = { message: entry.message, hint: entry.hint, meaning: entry.means ?? '' };
    return (['message', 'hint', 'meaning'] as const).map((kind) => ({
      where: `${code} (${kind})`,
      kind,
      text: withoutCode(texts[kind]),
    }));
  });
}

/** Returns the prose of the sources in a folder: string literals of several words, titles of tests, and comments. */
export function readSources(folder: string): readonly Prose[] {
  return parseSources([folder]).flatMap(({ file, tree }) => {
    const at = (position: number) => `${file}:${findLine(tree, position)}`;
    const literals = [...walk(tree)].flatMap((node): Prose[] => {
      const literal = readLiteral(node) ?? '';
      if (isImportDeclaration(node.parent ?? node) || !isProse(literal)) return [];
      const kind = isTitle(node) ? 'title' : 'text';
      return [{ where: at(node.getStart(tree)), kind, text: withoutCode(literal) }];
    });
    const comments = readComments(tree).map(
      ({ position, text }): Prose => ({ where: at(position), kind: 'comment', text: withoutCode(text) }),
    );
    return [...literals, ...comments];
  });
}

/** Returns whether a literal has several words and is not a shell script. */
function isProse(literal: string): boolean {
  return /[a-z]{2,},? [a-z]{2,}/i.test(literal) && !/\$|&&|;;/.test(literal);
}

/** Returns block comments, and line comments with the lines that continue them. */
function readComments(tree: SourceFile) {
  let text = tree.text;
  for (const node of walk(tree)) {
    if (readLiteral(node) === undefined && !isRegularExpressionLiteral(node)) continue;
    const start = node.getStart(tree);
    text = text.slice(0, start) + ' '.repeat(node.end - start) + text.slice(node.end);
  }
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*(?:\n *\/\/.*)*/g)].map(({ 0: comment, index }) => ({
    position: index,
    text: comment.replaceAll(/^ *(?:\/\*\*?|\*\/|\*|\/\/)|\*\/$/gm, '').replaceAll(/\s+/g, ' '),
  }));
}

function readLiteral(node: Node): string | undefined {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `VALUE${literal.text}`).join('');
  return undefined;
}

/** Returns whether a literal is the title of a test. */
function isTitle({ parent }: Node): boolean {
  return isCallExpression(parent) && /^(describe|test)\b/.test(parent.expression.getText());
}

function collectDescriptions(value: unknown, where: string): readonly Prose[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === 'description' && typeof member === 'string'
      ? [{ where, kind: 'description' as const, text: withoutCode(member) }]
      : collectDescriptions(member, name === 'inputs' || name === 'outputs' ? where : `${where}, ${name}`),
  );
}

function collectBlocks(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (token.type === 'list') return collectBlocks(token.items);
    if (token.type === 'table')
      return [...token.header, ...token.rows.flat()].map((cell) => flatten(cell.tokens));
    if (['paragraph', 'heading', 'text'].includes(token.type)) return [flatten(readChildren(token))];
    return collectBlocks(readChildren(token));
  });
}

function readChildren(token: Token): readonly Token[] {
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

function flatten(tokens: readonly Token[]): string {
  const words = tokens.map((token): string => {
    if (token.type === 'codespan') return 'CODE';
    if (token.type === 'br') return ' ';
    if (token.type === 'html') return '';
    const children = readChildren(token);
    return children.length > 0 ? flatten(children) : 'text' in token ? token.text : '';
  });
  return words.join('').replaceAll(/\s+/g, ' ');
}

/** Drops indented lines, which are YAML or shell, and replaces code, URLs and placeholders. */
function withoutCode(text: string): string {
  return text
    .replaceAll(/\n +\S.*/g, '')
    .replaceAll(/`[^`]*`/g, 'CODE')
    .replaceAll(/https?:\S+/g, 'URL')
    .replaceAll(/\{[a-zA-Z]+\}/g, 'VALUE');
}
