/** The links of the chain in their order, as the job summary draws them. */
export const chain = ['keys', 'issuer', 'cluster', 'identity', 'webhook', 'pod'] as const;
export type Link = (typeof chain)[number];

/** What one action adds to the job summary. */
export interface Summary {
  readonly title: string;
  /** The links that this action completed or verified, highlighted in the picture. */
  readonly links: readonly Link[];
  /** Label and value. Values are shown as code. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Markdown below the facts. */
  readonly details?: string;
}

/** Returns the summary as GitHub Flavored Markdown, with the chain drawn as one line of text. */
export function renderSummary(summary: Summary): string {
  const picture = chain.map((link) => (summary.links.includes(link) ? `**${link}** ✔` : link)).join(' → ');
  const rows = summary.facts.map(([label, value]) => `| ${cell(label)} | ${code(value)} |`);
  const parts = [`### ${summary.title}`, picture];
  if (rows.length > 0) parts.push(['| | |', '| --- | --- |', ...rows].join('\n'));
  if (summary.details) parts.push(summary.details);
  return `${parts.join('\n\n')}\n`;
}

function cell(value: string): string {
  return value.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

function code(value: string): string {
  return value === ''
    ? ''
    : value
        .split('\n')
        .map((line) => `\`${cell(line).replaceAll('`', 'ʼ')}\``)
        .join('<br>');
}
