import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
parser.setLanguage(
  await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')),
);

/**
 * Parses a file by the grammar of tree-sitter-bicep, which editors use. Throws `Error` that shows the place if the file is not Bicep.
 * Returns the statements.
 */
export function parseBicep(text: string): readonly Node[] {
  // The grammar is older than the keyword `extension`, and has its former spelling only.
  const known = text.replaceAll(/^extension (\w+)$/gm, "import '$1'");
  const root = parser.parse(known)?.rootNode;
  if (!root) throw new Error('nothing was parsed');
  const [wrong] = findErrors(root);
  if (wrong) {
    const { row, column } = wrong.startPosition;
    const problem = wrong.isMissing ? `missing ${wrong.type}` : `unexpected ${JSON.stringify(wrong.text)}`;
    throw new Error(`not Bicep, line ${row + 1}, column ${column + 1}: ${problem}`);
  }
  return readChildren(root);
}

/** Returns the named children of a node without comments. */
export function readChildren(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[];
}

function findErrors(node: Node): readonly Node[] {
  if (node.isError || node.isMissing) return [node];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child === null ? [] : findErrors(child)));
}
