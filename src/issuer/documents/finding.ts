import { catalogue, type ErrorCode, type ErrorValues, FederationError, fillIn } from '../../errors/index.ts';

/** What is known of a problem that may pass by itself. */
export interface MayPass {
  /** What is being waited for, as it reads after "Waiting for". */
  readonly what: string;
  /** The longest that it is known to take. Defaults to the caller's patience. */
  readonly seconds?: number;
  /** What the server asks for. */
  readonly afterSeconds?: number | undefined;
}

/** A string with the name under which it is shown. */
export interface LabelledText {
  readonly label: string;
  readonly value: string;
}

/** Something about a document that is not as it should be: data, for a message, a report or a log line. */
export interface Finding {
  readonly code: ErrorCode;
  readonly values: Readonly<Record<string, string | number>>;
  /** An `error` keeps Entra ID from accepting the cluster's tokens, a `remark` does not. */
  readonly severity: 'error' | 'remark';
  readonly mayPass?: MayPass | undefined;
  /** Two strings that should be equal. */
  readonly comparison?: readonly [LabelledText, LabelledText];
}

type More = Pick<Finding, 'mayPass' | 'comparison'>;

/** Creates a finding that is an error. */
export function reportError<C extends ErrorCode>(code: C, values: ErrorValues<C>, more: More = {}): Finding {
  const [one, other] = more.comparison ?? [];
  return {
    ...create('error', code, values),
    ...more,
    ...(one && other && { comparison: [boundText(one), boundText(other)] }),
  };
}

/** Creates a finding that is a remark. */
export function reportRemark<C extends ErrorCode>(code: C, values: ErrorValues<C>): Finding {
  return create('remark', code, values);
}

function create(severity: Finding['severity'], code: ErrorCode, values: Finding['values']): Finding {
  const bounded = Object.entries(values).map(([name, value]) => [name, bound(value)]);
  return { code, values: Object.fromEntries(bounded), severity };
}

function boundText({ label, value }: LabelledText): LabelledText {
  return { label, value: bound(value) };
}

// A document may contain anything: a message of 1 MB, or lines that the runner would take for commands.
function bound(value: string | number): string {
  const line = String(value).replaceAll(/\p{Cc}+/gu, ' ');
  return line.length > 600 ? `${line.slice(0, 599)}…` : line;
}

/** Returns what a finding says, for logs and reports. */
export function describeFinding({ code, values }: Finding): string {
  return fillIn(catalogue[code].message, values).replace(/^failed to verify /, '');
}

/** A document that Entra ID would not accept. */
export class IssuerVerificationError extends FederationError {
  readonly finding: Finding;

  constructor(finding: Finding, cause?: unknown) {
    // The functions above make findings, with the values that the code needs.
    super(finding.code, finding.values as ErrorValues<ErrorCode>, { cause });
    this.finding = finding;
  }
}

/** Throws the first error among the findings, else returns the remarks. Throws IssuerVerificationError. */
export function assertNoError(findings: readonly Finding[]): readonly Finding[] {
  const error = findings.find(({ severity }) => severity === 'error');
  if (error) throw new IssuerVerificationError(error);
  return findings;
}
