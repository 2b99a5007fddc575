/** HTML that is safe to insert into a page. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | Markup | readonly Markup[];

/**
 * Builds HTML from a template. Strings are escaped; only the result of another template is inserted as
 * markup.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(
    parts.reduce((text, part, at) => {
      const value = at === 0 ? undefined : values[at - 1];
      return `${text}${value === undefined ? '' : render(value)}${part}`;
    }, ''),
  );
}

/** Returns a style sheet as markup, with what could end the element escaped. */
export function styleText(style: string): Markup {
  return new Markup(style.replaceAll('<', '\\3c '));
}

function render(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value !== 'string') return value.map(({ text }) => text).join('');
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
