import { describe, expect, test } from '@jest/globals';
import { describeFailure, findIssuesUrl } from '../../src/actions/failure.ts';
import { FederationError } from '../../src/errors/index.ts';

const action = { name: 'start-minikube', issuesUrl: 'https://github.com/octo/federation/issues' };
const userError = new FederationError('invalid-input', { problems: 'input `plan` is "yes"' });
const outage = new FederationError('program-not-ready', { name: 'etcd', seconds: 60, missing: 'no answer' });
const bug = new FederationError('state-invalid', { name: 'removal', problem: 'expected Array' });

describe('describeFailure', () => {
  test("shows the message, the hint and the code of a user's error, and no stack", () => {
    expect(describeFailure(userError, action)).toEqual({
      title: 'start-minikube failed (invalid-input)',
      text: `${userError.message}\n${userError.hint}\n(code invalid-input)`,
    });
  });

  test('says of an outage that it is the fault of a service, and that another run may help', () => {
    const { title, text } = describeFailure(outage, action);
    expect(title).toBe('start-minikube failed: a service is unavailable or slow (program-not-ready)');
    expect(text).toContain(`${outage.message}\n${outage.hint}\n`);
    expect(text).toMatch(/a service, not of the workflow.*again.*\n\(code program-not-ready\)$/);
  });

  test.each([
    ['an error of the catalogue', bug, 'start-minikube failed: bug in the action (state-invalid)'],
    ['any other error', new TypeError('x is not a function'), 'start-minikube failed: bug in the action'],
  ])('asks to report %s that is a bug, and shows its stack', (_, error, expected) => {
    const { title, text } = describeFailure(error, action);
    expect(title).toBe(expected);
    expect(text.startsWith(`${error.message}\n`)).toBe(true);
    expect(text).toContain(`bug in the action. Report it at ${action.issuesUrl}`);
    expect(text).toContain('    at ');
  });

  test('never words an outage or a user error as a bug', () => {
    for (const error of [userError, outage])
      expect(describeFailure(error, action).text).not.toMatch(/bug|^ {4}at /m);
  });

  test('words each of several errors', () => {
    const { title, text } = describeFailure(new AggregateError([outage, userError]), action);
    expect(title).toContain('(program-not-ready)');
    expect(text).toMatch(/\(code program-not-ready\)\n[\s\S]*\(code invalid-input\)$/);
    expect(text).not.toContain('bug');
  });

  test('accepts anything that was thrown', () => {
    expect(describeFailure('a string', action).text).toContain('a string');
  });
});

describe('findIssuesUrl', () => {
  test('is that of the repository that the runner took the action from', () => {
    expect(findIssuesUrl({ GITHUB_ACTION_REPOSITORY: 'octo/federation' })).toBe(action.issuesUrl);
    const server = { GITHUB_SERVER_URL: 'https://git.example', GITHUB_ACTION_REPOSITORY: 'o/f' };
    expect(findIssuesUrl(server)).toBe('https://git.example/o/f/issues');
  });

  test('is unknown for an action of the workflow repository itself', () => {
    expect(findIssuesUrl({ GITHUB_ACTION_REPOSITORY: '' })).toBeUndefined();
  });
});
