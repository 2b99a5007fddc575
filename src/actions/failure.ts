import { errorMessage, FederationError } from '../errors/index.ts';

/** A failure as the log and its annotation show it. */
export interface Failure {
  readonly title: string;
  readonly text: string;
}

export interface FailedAction {
  readonly name: string;
  /** Where to report a bug: the issues of the repository that the action comes from. */
  readonly issuesUrl: string | undefined;
}

/**
 * Describes a failure by who has to act. For the user, it contains message, hint and code. For a service, it also says that the
 * cause is outside the workflow. For a bug, it asks for a report and shows the stack. Several errors follow one after another.
 */
export function describeFailure(error: unknown, { name, issuesUrl }: FailedAction): Failure {
  if (error instanceof AggregateError && error.errors.length > 0) {
    const [first, ...others] = error.errors.map((one) => describeFailure(one, { name, issuesUrl }));
    return { title: first?.title ?? name, text: [first, ...others].map((one) => one?.text).join('\n') };
  }
  const code = error instanceof FederationError ? error.code : undefined;
  const fault = error instanceof FederationError ? error.fault : 'bug';
  const hint = error instanceof FederationError ? error.hint : undefined;
  const lines = [errorMessage(error), hint, ...remarks[fault](issuesUrl), code && `(code ${code})`];
  if (fault === 'bug' && error instanceof Error) lines.push(error.stack);
  return {
    title: `${name} failed${reasons[fault]}${code === undefined ? '' : ` (${code})`}`,
    text: lines.filter((line) => line !== undefined && line !== '').join('\n'),
  };
}

const reasons = { user: '', service: ': a service is unavailable or slow', bug: ': bug in the action' };

const remarks = {
  user: () => [],
  service: () => ['This is a problem of a service, not of the workflow. Running the job again may help.'],
  bug: (issuesUrl: string | undefined) => [
    `This is a bug in the action. Report it ${issuesUrl ? `at ${issuesUrl}` : 'to its maintainers'}, with this log.`,
  ],
};

/** Returns the issues page of the repository that the runner took the action from. */
export function findIssuesUrl(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_SERVER_URL: server = 'https://github.com' } = env;
  return repository ? `${server}/${repository}/issues` : undefined;
}
