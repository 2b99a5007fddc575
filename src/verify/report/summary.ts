import type { Summary } from '../../runtime/index.ts';
import type { CheckResult } from '../check.ts';
import { renderDiagnosis } from '../refusals/check-failed-error.ts';
import { linkStates } from './links.ts';
import { foundBy } from './report.ts';

const marks = { passed: '✔', failed: '✘', skipped: '–' } as const;

/** The job summary: the links that are proven, every check, and the diagnosis of the broken one. */
export function summaryOf(
  results: readonly CheckResult[],
  subject: Readonly<Record<string, string>>,
): Summary {
  const proven = [...linkStates(results)].filter(([, state]) => state === 'proven').map(([link]) => link);
  const broken = results.filter((result) => result.status === 'failed');
  const table = [
    '| | check | looked at | found | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(row),
  ].join('\n');
  const diagnoses = broken.map(({ id, diagnosis }) =>
    [
      `**Broken at ${id}** (${diagnosis.code})`,
      '```text',
      renderDiagnosis(diagnosis).replaceAll('```', "'''"),
      '```',
    ].join('\n'),
  );
  const where = broken.map(({ id }) => id).join(', ');
  return {
    title: broken.length > 0 ? `Verification failed at ${where}` : 'Verification',
    links: proven,
    facts: Object.entries(subject),
    details: [...diagnoses, table].join('\n\n'),
  };
}

function row(result: CheckResult): string {
  const { status, id, lookedAt, seconds } = result;
  const found = status === 'skipped' ? `skipped: ${foundBy(result)}` : foundBy(result);
  return `| ${[marks[status], `\`${id}\``, lookedAt, found, seconds.toFixed(1)].map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
