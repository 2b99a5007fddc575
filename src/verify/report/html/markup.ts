/** HTML that is safe to put into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | Markup | readonly Markup[];

/** A template whose strings are escaped where they are put in: only what another template made passes as markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(
    parts.reduce((text, part, at) => {
      const value = at === 0 ? undefined : values[at - 1];
      return `${text}${value === undefined ? '' : rendered(value)}${part}`;
    }, ''),
  );
}

/** Text of a style sheet, in which a string has no other meaning; refuses what could end the element. */
export function styleText(style: string): Markup {
  return new Markup(style.replaceAll('<', '\\3c '));
}

function rendered(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value !== 'string') return value.map(({ text }) => text).join('');
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
