import type { Summary } from '../runtime/index.ts';
import { renderDiagnosis } from './broken-link.ts';
import type { CheckId, CheckResult } from './check.ts';
import { foundBy } from './report.ts';

type Link = Summary['links'][number];

// Which link of the chain is proven once all its checks have passed.
const links: Readonly<Record<Link, readonly CheckId[]>> = {
  keys: ['published-jwks', 'cluster-key'],
  issuer: ['discovery-document', 'published-jwks'],
  cluster: ['cluster-issuer', 'cluster-key', 'token'],
  identity: ['token-exchange'],
  webhook: ['webhook-ready', 'pod-mutated'],
  pod: ['pod'],
};

const marks = { passed: '✔', failed: '✘', skipped: '–' } as const;

/** The job summary: the links that are proven, every check, and the diagnosis of the broken one. */
export function summaryOf(
  results: readonly CheckResult[],
  subject: Readonly<Record<string, string>>,
): Summary {
  const passed = new Set(results.filter(({ status }) => status === 'passed').map(({ id }) => id));
  const proven = (Object.keys(links) as Link[]).filter((link) => links[link].every((id) => passed.has(id)));
  const failed = results.find((result) => result.status === 'failed');
  const table = [
    '| | check | looked at | found | seconds |',
    '| --- | --- | --- | --- | --- |',
    ...results.map(row),
  ].join('\n');
  const diagnosis = failed
    ? [
        `**Broken at ${failed.id}** (${failed.diagnosis.code})`,
        '```text',
        renderDiagnosis(failed.diagnosis),
        '```',
      ].join('\n')
    : undefined;
  return {
    title: failed ? `Verification failed at ${failed.id}` : 'Verification',
    links: proven,
    facts: Object.entries(subject),
    details: [diagnosis, table].filter((part) => part !== undefined).join('\n\n'),
  };
}

function row(result: CheckResult): string {
  const { status, id, lookedAt, seconds } = result;
  const found = status === 'skipped' ? `skipped: ${foundBy(result)}` : foundBy(result);
  return `| ${[marks[status], `\`${id}\``, lookedAt, found, seconds.toFixed(1)].map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
