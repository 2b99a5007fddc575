import type { CheckResult } from '../check.ts';
import { type Diagnosis, renderDiagnosis } from '../refusals/check-failed-error.ts';
import { markDifference } from '../refusals/difference.ts';

/** Version of the report's format. A change that could break readers increments it. */
export const schemaVersion = 1;

/** The report as it is written to federation-report.json. */
export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  /** ISO 8601. */
  readonly time: string;
  readonly result: 'passed' | 'failed';
  readonly failedCheck: string | null;
  /** What was verified: names and addresses only. */
  readonly subject: Readonly<Record<string, string>>;
  readonly checks: readonly ReportedCheck[];
}

export interface ReportedCheck {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  readonly lookedAt: string;
  /** What was found, why the check was skipped, or the cause of the break, in one line. */
  readonly found: string;
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
  readonly diagnosis: ReportedDiagnosis | null;
}

export interface ReportedDiagnosis {
  readonly code: string;
  readonly fault: string;
  readonly cause: string;
  readonly change: string;
  /** What the service answered. */
  readonly answer: string | null;
  /** Two strings that should be the same. */
  readonly comparison: readonly { readonly label: string; readonly value: string }[] | null;
  /** The two strings below each other, with the characters that differ marked. */
  readonly marked: string | null;
  /** The whole diagnosis as text. */
  readonly text: string;
}

/** Builds the report. */
export function buildReport(
  results: readonly CheckResult[],
  subject: Readonly<Record<string, string>>,
  time: number,
): Report {
  const failed = results.find(({ status }) => status === 'failed');
  return {
    schemaVersion,
    time: new Date(time * 1000).toISOString(),
    result: failed ? 'failed' : 'passed',
    failedCheck: failed?.id ?? null,
    subject,
    checks: results.map(reportCheck),
  };
}

function reportCheck(result: CheckResult): ReportedCheck {
  const { id, title, status, seconds, lookedAt } = result;
  const diagnosis = result.status === 'failed' ? result.diagnosis : undefined;
  const evidence = result.status === 'passed' ? result.evidence : diagnosis?.evidence;
  return {
    id,
    title,
    status,
    seconds,
    lookedAt,
    found: describeFinding(result),
    evidence: (evidence ?? []).map(([label, value]) => ({ label, value })),
    diagnosis: diagnosis ? reportDiagnosis(diagnosis) : null,
  };
}

/** Returns what was found, why the check was skipped, or the cause of the break, in one line. */
export function describeFinding(result: CheckResult): string {
  if (result.status === 'passed') return result.found;
  return result.status === 'skipped' ? result.reason : result.diagnosis.cause;
}

function reportDiagnosis(diagnosis: Diagnosis): ReportedDiagnosis {
  const { code, cause, change, answer, comparison, fault } = diagnosis;
  return {
    code,
    fault,
    cause,
    change,
    answer: answer ?? null,
    comparison: comparison ? [...comparison] : null,
    marked: comparison ? markDifference(...comparison).join('\n') : null,
    text: renderDiagnosis(diagnosis),
  };
}
