import { type ErrorEntry, sections } from '../src/errors/index.ts';
import { escapeCell } from './tables.ts';

const introduction = `# Troubleshooting

<!-- Generated from the error catalogue in src/errors by npm run generate. -->

Search this page for an \`AADSTS\` number, a few words of the message, or the error code. Every error ends with its code, for example,
\`(code storage-role-missing)\`. Codes stay the same when messages change. \`<name>\` stands for a value of the failed run.

If only the last step of a chain fails, add [verify-pod](../actions/verify-pod/README.md). It checks every link in order and reports the first
broken one. Its input \`checks\` selects checks, and its output \`report-file\` contains everything that it found.`;

/** Returns docs/troubleshooting.md: one row per error code, below the headings of the catalogue. */
export function troubleshootingPage(): string {
  const contents = sections.map(({ title }) => `- [${title}](#${anchor(title)})`);
  const tables = sections.map(({ title, errors }) =>
    [
      `## ${title}`,
      '',
      '| message | meaning | what to change | code |',
      '| --- | --- | --- | --- |',
      ...Object.entries<ErrorEntry>(errors).map(([code, entry]) => row(code, entry)),
    ].join('\n'),
  );
  return `${[introduction, contents.join('\n'), ...tables].join('\n\n')}\n`;
}

function row(code: string, { message, means = '', hint, sees = [], fault }: ErrorEntry): string {
  const shown = [message, ...sees].map((text) => `\`${escapeCell(showValues(text))}\``).join('<br>');
  const meaning = [
    escapeCell(means),
    ...(fault === 'service' ? ['Often passes by itself: run the job again.'] : []),
  ];
  return `| ${shown} | ${meaning.filter((text) => text !== '').join(' ')} | ${hintCell(hint)} | \`${code}\` |`;
}

/** A hint with its YAML or commands, which are the indented lines, as code. */
function hintCell(hint: string): string {
  return showValues(hint)
    .split('\n')
    .map((line) =>
      /^\s/.test(line)
        ? `\`${escapeCell(line.trimEnd()).replace(/^ +/, (blanks) => '\u00a0'.repeat(blanks.length))}\``
        : escapeCell(line).replaceAll('<', '&lt;'),
    )
    .join('<br>');
}

function showValues(template: string): string {
  return template.replaceAll(/(?<!\{)\{([a-zA-Z]+)\}/g, '<$1>');
}

/** The anchor that GitHub gives a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}
