/** Ways in which the line breaks of a PEM text change between `openssl genrsa` and an input of an action. */
export const lineBreakChanges: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  'whitespace trimmed': (text) => text.trim(),
  'literal \\n': (text) => text.replaceAll('\n', '\\n'),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'literal \\n after CRLF': (text) => text.replaceAll('\n', '\\r\\n').replaceAll('\\r', ''),
  'spaces instead of line breaks': (text) => text.trim().replaceAll('\n', ' '),
  'indented as in YAML': (text) => `  ${text.replaceAll('\n', '\n    ')}`,
  'a comment before it': (text) => `a comment of openssl\n${text}\n\n`,
};
