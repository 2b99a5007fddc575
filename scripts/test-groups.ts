/** A group of tests: one project of jest.config.js. */
export interface TestGroup {
  readonly name: string;
  /** Returns why the group cannot run on this machine and what to install, or undefined if it can. */
  readonly findObstacle?: () => string | undefined;
}

export interface GroupOptions {
  /** Names of the groups that TEST_GROUPS_LEFT_OUT lists. */
  readonly leftOut: readonly string[];
  /** Whether an obstacle is a failure, as on CI. */
  readonly ci: boolean;
}

export type Decision =
  | { readonly verdict: 'run' }
  | { readonly verdict: 'leave-out' | 'fail'; readonly reason: string };

/** Decides about one group. An obstacle leaves a group out on a developer's machine, and fails the run on CI. */
export function decide({ name, findObstacle }: TestGroup, { leftOut, ci }: GroupOptions): Decision {
  if (leftOut.includes(name)) return { verdict: 'leave-out', reason: 'listed in TEST_GROUPS_LEFT_OUT' };
  const obstacle = findObstacle?.();
  if (obstacle === undefined) return { verdict: 'run' };
  if (!ci) return { verdict: 'leave-out', reason: obstacle };
  return {
    verdict: 'fail',
    reason: `${obstacle} To run without these tests, set TEST_GROUPS_LEFT_OUT=${name}.`,
  };
}

/** Parses a comma-separated list of group names. Throws `Error` if a name is unknown. */
export function parseLeftOut(text: string | undefined, known: readonly string[]): readonly string[] {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `TEST_GROUPS_LEFT_OUT lists unknown groups: ${unknown.join(', ')}. Known groups: ${known.join(', ')}.`,
    );
  return names;
}
