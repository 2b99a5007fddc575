import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FederationError } from '../errors/index.ts';
import type { Run } from '../runtime/index.ts';
import { runChain } from './chain.ts';
import type { FailedCheck } from './check.ts';
import { allChecks } from './checks/index.ts';
import type { definition } from './definition.ts';
import { describeBreak, renderDiagnosis } from './refusals/check-failed-error.ts';
import { renderHtml } from './report/html/index.ts';
import { linkStates } from './report/links.ts';
import { buildReport } from './report/report.ts';
import { Secrets } from './report/secrets.ts';
import { summaryOf } from './report/summary.ts';
import { describeSubject, openContext } from './request.ts';

/** Runs the checks, writes the report, and fails with the diagnosis of the first broken link. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const secrets = new Secrets();
  const context = await openContext(inputs, { ...deps, log: secrets.remembering(deps.log) });
  const results = secrets.removedFrom(
    await deps.log.group('Checking the chain link by link', () =>
      runChain(allChecks, { selected: inputs.checks, continueOnBroken: inputs.continueOnBroken }, context),
    ),
  );
  const subject = describeSubject(inputs);
  const report = buildReport(results, subject, deps.clock.now());
  const reportFile = join(deps.temporaryDirectory, 'federation-report.json');
  const htmlReportFile = join(deps.temporaryDirectory, 'federation-report.html');
  await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(htmlReportFile, renderHtml(report, linkStates(results)));
  const failed = results.filter((result) => result.status === 'failed');
  const [first] = failed;
  return {
    outputs: {
      result: report.result === 'passed' ? 'pass' : 'fail',
      'report-file': reportFile,
      'html-report-file': htmlReportFile,
      'failed-check': report.failedCheck ?? '',
      diagnosis: first ? renderDiagnosis(first.diagnosis) : '',
    },
    summary: summaryOf(results, subject),
    ...(first && { failure: failureOf(first, failed.slice(1)) }),
  };
};

function failureOf({ id, diagnosis }: FailedCheck, others: readonly FailedCheck[]): FederationError {
  const further = others.map(
    (other) => `\nbroken as well at ${other.id}: ${renderDiagnosis(other.diagnosis)}`,
  );
  return new FederationError(`failed to verify the chain at ${id}: ${describeBreak(diagnosis)}`, {
    code: diagnosis.code,
    hint: [`Change: ${diagnosis.change}`, ...further].join('\n'),
    ...(diagnosis.fault && { fault: diagnosis.fault }),
  });
}
