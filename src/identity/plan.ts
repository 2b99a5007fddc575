/** What can be made, changed or removed. */
export type Kind =
  | 'application'
  | 'service-principal'
  | 'managed-identity'
  | 'federated-credential'
  | 'role-assignment'
  | 'namespace'
  | 'service-account';

/** `adopt`: it is there already under another name or by another hand, and is left as it is. */
export type Action = 'create' | 'update' | 'delete' | 'adopt' | 'unchanged';

/** One property that is not as it should be. */
export interface Difference {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/** One thing of the desired state, and what has to happen to it. Written to the output `changes`. */
export interface Change {
  readonly kind: Kind;
  readonly name: string;
  readonly action: Action;
  readonly differences?: readonly Difference[];
  /** Why, where it does not go without saying. */
  readonly note?: string;
}

/** Whether the change is a write. */
export function writes(change: Change): boolean {
  return change.action !== 'unchanged' && change.action !== 'adopt';
}

const verbs: Readonly<Record<Action, readonly [planned: string, done: string]>> = {
  create: ['would create', 'created'],
  update: ['would repair', 'repaired'],
  delete: ['would remove', 'removed'],
  adopt: ['would use as it is', 'used as it is'],
  unchanged: ['is as it should be', 'unchanged'],
};

/** The change as one line: `created: federated credential "k8s-…" (why)`. */
export function sentence(change: Change, planned: boolean): string {
  const drift = (change.differences ?? []).map(({ property, from, to }) => `${property} ${from} → ${to}`);
  const reasons = [...(change.note === undefined ? [] : [change.note]), ...drift];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return `${verbs[change.action][planned ? 0 : 1]}: ${change.kind.replaceAll('-', ' ')} "${change.name}"${why}`;
}

/** The properties of `desired` that `actual` has otherwise. The order of an object's properties is no difference; an empty list is as good as none. */
export function differencesOf(
  desired: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  return Object.entries(desired).flatMap(([property, value]) => {
    const from = shown(actual[property]);
    const to = shown(value);
    return from === to ? [] : [{ property, from, to }];
  });
}

function shown(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'absent';
  return typeof value === 'string' ? value : JSON.stringify(value, sortedProperties);
}

function sortedProperties(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
