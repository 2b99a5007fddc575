/** A string and what it is: `issuer of the token`. */
export interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** How two strings differ. */
export type DifferenceKind = 'none' | 'slash' | 'case' | 'whitespace' | 'look-alike' | 'other';

/** Classifies a difference by what would have to be ignored for the strings to be equal. */
export function classifyDifference(one: string, other: string): DifferenceKind {
  if (one === other) return 'none';
  const same = (normal: (text: string) => string) => normal(one) === normal(other);
  if (same((text) => text.replace(/\/+$/, ''))) return 'slash';
  if (same((text) => text.toLowerCase())) return 'case';
  if (same(removeWhitespace)) return 'whitespace';
  if (same(replaceLookAlikes)) return 'look-alike';
  return 'other';
}

const descriptions: Readonly<Record<DifferenceKind, string>> = {
  none: '',
  slash: 'the values differ only in a slash at the end',
  case: 'the values differ only in case',
  whitespace: 'the values differ only in whitespace',
  'look-alike': 'the values differ only in characters that look alike',
  other: 'the values differ',
};

/** Returns, for example, `the values differ only in case`, else both values; empty for equal strings. */
export function describeDifference(found: string, expected: string): string {
  const kind = classifyDifference(found, expected);
  return kind === 'other' ? `expected ${expected}, found ${found}` : descriptions[kind];
}

/**
 * Returns the two strings below each other, with `^` under every character that differs. Whitespace and
 * characters outside ASCII are shown as code points, because they are easy to overlook. The last line says
 * how the strings differ.
 */
export function markDifference(one: Labelled, other: Labelled): readonly string[] {
  const left = toCells(one.value);
  const right = toCells(other.value);
  const start = countCommonStart(left, right);
  const end = countCommonEnd(left, right, start);
  const width = Math.max(one.label.length, other.label.length);
  const line = (label: string, cells: readonly string[]) => `${label.padEnd(width)}  ${cells.join('')}`;
  const marks = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at >= start && at < cells.length - end ? '^' : ' ').repeat(cell.length))
      .join('')
      .trimEnd();
  const longer = left.length >= right.length ? left : right;
  const under = marks(longer) || `${' '.repeat(longer.slice(0, start).join('').length)}^`;
  return [
    line(one.label, left),
    line(other.label, right),
    `${' '.repeat(width)}  ${under}`,
    descriptions[classifyDifference(one.value, other.value)],
  ];
}

// One cell per character.
function toCells(text: string): readonly string[] {
  return [...text].map((character) =>
    /[!-~]/.test(character)
      ? character
      : `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

function countCommonStart(one: readonly string[], other: readonly string[]): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  return at;
}

function countCommonEnd(one: readonly string[], other: readonly string[], start: number): number {
  let count = 0;
  const most = Math.min(one.length, other.length) - start;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count++;
  return count;
}

function removeWhitespace(text: string): string {
  return text.replace(/[\s\u200B-\u200D\u2060\uFEFF]+/gu, '');
}

// Letters, dashes and digits that look like ASCII in most fonts. NFKC covers what Unicode itself calls
// compatible.
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['aаα', 'a'],
    ['cсϲ', 'c'],
    ['dԁ', 'd'],
    ['eеє', 'e'],
    ['hһ', 'h'],
    ['iіι', 'i'],
    ['jј', 'j'],
    ['kкκ', 'k'],
    ['oоο0', 'o'],
    ['pрρ', 'p'],
    ['sѕ', 's'],
    ['uυ', 'u'],
    ['vνѵ', 'v'],
    ['wԝ', 'w'],
    ['xхχ', 'x'],
    ['yуγ', 'y'],
    ['lӏ1|', 'l'],
    ['-‐‑‒–—−', '-'],
    ['/∕⁄', '/'],
    [':∶', ':'],
    ['.․', '.'],
  ].flatMap(([from = '', to = '']) => [...from].map((character) => [character, to] as const)),
);

function replaceLookAlikes(text: string): string {
  return [...text.normalize('NFKC').toLowerCase()]
    .map((character) => lookAlikes[character] ?? character)
    .join('');
}
