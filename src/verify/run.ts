import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../runtime/index.ts';
import { allChecks } from './checks/index.ts';
import type { definition } from './definition.ts';
import { renderDiagnosis } from './refusals/check-failed-error.ts';
import { BrokenChainError } from './report/broken-chain-error.ts';
import { renderHtml } from './report/html/index.ts';
import { getLinkStates } from './report/links.ts';
import { buildReport } from './report/report.ts';
import { Secrets } from './report/secrets.ts';
import { buildSummary } from './report/summary.ts';
import { describeSubject, openContext } from './request.ts';
import { runChecks } from './run-checks.ts';

/** Runs the checks, writes the report, and fails with the diagnosis of the first broken link. */
export const run: Run<typeof definition> = async (inputs, deps) => {
  const secrets = new Secrets();
  const context = await openContext(inputs, { ...deps, log: secrets.rememberMasked(deps.log) });
  const { checks: selected, continueOnBroken } = inputs;
  const results = secrets.removeFrom(
    await deps.log.group('Checking the chain', () =>
      runChecks(allChecks, { selected, continueOnBroken }, context),
    ),
  );
  const subject = describeSubject(inputs);
  const report = buildReport(results, subject, deps.clock.now());
  const reportFile = join(deps.temporaryDirectory, 'federation-report.json');
  const htmlReportFile = join(deps.temporaryDirectory, 'federation-report.html');
  await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(htmlReportFile, renderHtml(report, getLinkStates(results)));
  const [first, ...others] = results.filter((result) => result.status === 'failed');
  return {
    outputs: {
      result: first ? 'fail' : 'pass',
      'report-file': reportFile,
      'html-report-file': htmlReportFile,
      'failed-check': first?.id ?? '',
      diagnosis: first ? renderDiagnosis(first.diagnosis) : '',
    },
    summary: buildSummary(results, subject),
    ...(first && { failure: new BrokenChainError(first, others) }),
  };
};
