import type { Prose } from './prose.ts';

/** One rule of the project's English: what not to write, and what to write instead. */
export interface StyleRule {
  readonly name: string;
  readonly instead: string;
  /** Kinds of prose that the rule applies to. Defaults to all. */
  readonly kinds?: readonly Prose['kind'][];
  find(text: string): readonly string[];
}

export interface Violation extends Prose {
  readonly rule: string;
  readonly found: string;
}

export const mostWordsOfSentence = 25;

export const styleRules: readonly StyleRule[] = [
  ban('one a line', 'one per line', /\b(?:one|an? \w+|entry|each) a line\b|\ba line each\b/gi),
  ban('anew', 'again, recreate', /\banew\b/gi),
  ban('make … new', 'create', /\bma(?:kes?|de|king)(?: [\w'-]+){0,2} new\b/gi),
  ban('take out, take away', 'remove', /\bt(?:akes?|ook|aken|aking)(?: [\w'-]+){0,4}? (?:out|away)\b/gi),
  ban(
    'somebody, nobody, whoever',
    'anyone, no one, the user',
    /\b(?:(?:some|no|any|every)body|who(?:m|so)?ever)\b/gi,
  ),
  ban('stranger', 'anonymous client', /\bstrangers?\b/gi),
  ban('is due', 'is expected, is required', /\b(?:is|are|was|were|be) due\b(?! to\b)/gi),
  ban(
    'is there',
    'exists',
    /\bthat (?:is|are|was|were) there\b|\b(?:is|are) (?:already there|there already)\b/gi,
  ),
  ban('as far as', 'if, to the extent that', /\bas far as\b/gi),
  ban('bring about', 'apply, cause', /\b(?:brings?|brought|bringing)(?: [\w'-]+){0,3} about\b/gi),
  ban('go on', 'continue', /\b(?:go|goes|went|gone|going) on\b/gi),
  ban('white space', 'whitespace', /\bwhite space\b/gi),
  ban('by hand', 'manually, manual steps', /\bby hand\b/gi),
  ban('emulated Azure', 'Azure emulator', /\bemulated (?:Azure|tenant)\b|\bAzure, emulated\b/gi),
  ban('id', 'ID', /(?<![-/.=])\bids?\b(?![-/.=])/g),
  ban('where for if', 'if, when', /\bwhere (?:it|there|that|they|this|none|no one|nothing|one)\b/gi),
  ban(
    'is no, has none',
    'is missing, is not',
    /(?<!\bthere )\b(?:is|are|was|were) no\b(?! longer| more)|\b(?:ha[sd]|have|is|are) none\b/gi,
  ),
  ban(
    'archaisms',
    'plain English',
    /\b(?:there|here|where)(?:of|in|by|upon|with|unto)\b|\b(?:whence|hence|thence|thither|hither|forthwith|whilst|seldom|lest|nought|upon|beside)\b/gi,
  ),
  {
    name: `more than ${mostWordsOfSentence} words`,
    instead: 'two sentences',
    kinds: ['description', 'hint'],
    find: (text) => splitSentences(text).filter((sentence) => countWords(sentence) > mostWordsOfSentence),
  },
  {
    name: 'a chain of semicolons',
    instead: 'several sentences',
    find: (text) => splitSentences(text).filter((sentence) => sentence.split('; ').length > 2),
  },
];

/** Returns everything in the prose that breaks a rule. */
export function findViolations(prose: readonly Prose[]): readonly Violation[] {
  return prose.flatMap((piece) =>
    styleRules
      .filter(({ kinds }) => kinds?.includes(piece.kind) ?? true)
      .flatMap((rule) => rule.find(piece.text).map((found) => ({ ...piece, rule: rule.name, found }))),
  );
}

/** A rule against an expression. What it finds is shown with the words around it. */
function ban(name: string, instead: string, pattern: RegExp): StyleRule {
  return {
    name,
    instead,
    find: (text) =>
      [...text.matchAll(pattern)].map(({ 0: found, index }) =>
        text.slice(Math.max(0, index - 30), index + found.length + 30).trim(),
      ),
  };
}

function splitSentences(text: string): readonly string[] {
  return text.split(/(?<=[.!?:])\s+|\n+/);
}

function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;
}
