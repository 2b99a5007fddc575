import type { Summary } from '../../runtime/index.ts';
import type { CheckResult } from '../check.ts';
import { renderDiagnosis } from '../refusals/check-failed-error.ts';
import { getLinkStates } from './links.ts';
import { describeFinding } from './report.ts';

const marks = { passed: '✔', failed: '✘', skipped: '–' } as const;

/**
 * Builds the job summary: the proven links, the diagnosis of every broken link, and a table of all checks.
 */
export function buildSummary(
  results: readonly CheckResult[],
  subject: Readonly<Record<string, string>>,
): Summary {
  const proven = [...getLinkStates(results)].filter(([, state]) => state === 'proven').map(([link]) => link);
  const broken = results.filter((result) => result.status === 'failed');
  const table = [
    '| | Check | Looked at | Found | Seconds |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(buildRow),
  ].join('\n');
  const diagnoses = broken.map(({ id, diagnosis }) =>
    [
      `**Broken at ${id}** (${diagnosis.code})`,
      '```text',
      renderDiagnosis(diagnosis).replaceAll('```', "'''"),
      '```',
    ].join('\n'),
  );
  return {
    title:
      broken.length > 0
        ? `Verification failed at ${broken.map(({ id }) => id).join(', ')}`
        : 'Verification passed',
    links: proven,
    facts: Object.entries(subject),
    details: [...diagnoses, table].join('\n\n'),
  };
}

function buildRow(result: CheckResult): string {
  const { status, id, lookedAt, seconds } = result;
  return `| ${[marks[status], `\`${id}\``, lookedAt, describeFinding(result), seconds.toFixed(1)].map(escapeCell).join(' | ')} |`;
}

function escapeCell(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
