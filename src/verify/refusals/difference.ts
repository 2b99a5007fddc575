/** A string and where it stands: `issuer of the token`. */
export interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** In what way two strings differ, the most telling first. */
export type DifferenceKind = 'none' | 'slash' | 'case' | 'white-space' | 'look-alike' | 'other';

/** Classifies a difference: by what would have to be ignored for the strings to be the same. */
export function kindOfDifference(one: string, other: string): DifferenceKind {
  if (one === other) return 'none';
  const same = (normal: (text: string) => string) => normal(one) === normal(other);
  if (same((text) => text.replace(/\/+$/, ''))) return 'slash';
  if (same((text) => text.toLowerCase())) return 'case';
  if (same(withoutSpace)) return 'white-space';
  if (same(asPlainLetters)) return 'look-alike';
  return 'other';
}

const words: Readonly<Record<Exclude<DifferenceKind, 'none'>, string>> = {
  slash: 'they differ in the slash at the end',
  case: 'they differ in capital and small letters',
  'white-space': 'they differ in white space',
  'look-alike': 'they differ in characters that look alike',
  other: 'they differ',
};

/** `they differ in the slash at the end`; empty for equal strings. */
export function describeDifference(one: string, other: string): string {
  const kind = kindOfDifference(one, other);
  return kind === 'none' ? '' : words[kind];
}

/**
 * The two strings below each other with `^` under every character that differs. White space and characters beyond ASCII are shown
 * as their code points, because they are what the eye does not see. The last line says in what way they differ.
 */
export function markDifference(one: Labelled, other: Labelled): readonly string[] {
  const left = visible(one.value);
  const right = visible(other.value);
  const start = commonStart(left, right);
  const end = commonEnd(left, right, start);
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
    describeDifference(one.value, other.value),
  ];
}

// One cell per character, as it is shown.
function visible(text: string): readonly string[] {
  return [...text].map((character) =>
    /[!-~]/.test(character)
      ? character
      : `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  return at;
}

function commonEnd(one: readonly string[], other: readonly string[], start: number): number {
  let count = 0;
  const most = Math.min(one.length, other.length) - start;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count++;
  return count;
}

function withoutSpace(text: string): string {
  return text.replace(/[\s\u200B-\u200D\u2060\uFEFF]+/gu, '');
}

// Cyrillic and Greek letters, dashes and digits that pass for ASCII ones in most fonts; the rest is what Unicode itself calls compatible.
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

function asPlainLetters(text: string): string {
  return [...text.normalize('NFKC').toLowerCase()]
    .map((character) => lookAlikes[character] ?? character)
    .join('');
}
