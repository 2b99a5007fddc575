/** Kinds of objects that can be created, updated or deleted. */
export type Kind =
  | 'application'
  | 'service-principal'
  | 'managed-identity'
  | 'federated-credential'
  | 'role-assignment'
  | 'namespace'
  | 'service-account';

/** `adopt`: the object exists under another name or was created by someone else, and is used without a change. */
export type Action = 'create' | 'update' | 'delete' | 'adopt' | 'unchanged';

/** One property that differs from the desired state. */
export interface Difference {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/** One object of the desired state and the change that it needs. Written to the output `changes`. */
export interface Change {
  readonly kind: Kind;
  readonly name: string;
  readonly action: Action;
  readonly differences?: readonly Difference[];
  /** The reason, if it is not obvious. */
  readonly note?: string;
}

/** Returns whether the change writes something. */
export function isWrite(change: Change): boolean {
  return change.action !== 'unchanged' && change.action !== 'adopt';
}

const verbs: Readonly<Record<Action, readonly [planned: string, done: string]>> = {
  create: ['Would create', 'Created'],
  update: ['Would update', 'Updated'],
  delete: ['Would delete', 'Deleted'],
  adopt: ['Would use', 'Using'],
  unchanged: ['Unchanged:', 'Unchanged:'],
};

/** Returns the change as one line: `Created federated credential "k8s-…" (reason)`. */
export function describeChange(change: Change, planned: boolean): string {
  const drift = (change.differences ?? []).map(({ property, from, to }) => `${property} ${from} → ${to}`);
  const reasons = [...(change.note === undefined ? [] : [change.note]), ...drift];
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return `${verbs[change.action][planned ? 0 : 1]} ${change.kind.replaceAll('-', ' ')} "${change.name}"${why}`;
}

/** Returns the properties of `desired` that `actual` has otherwise. The order of an object's properties does not count; an empty list is the same as none. */
export function findDifferences(
  desired: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  return Object.entries(desired).flatMap(([property, value]) => {
    const from = formatValue(actual[property]);
    const to = formatValue(value);
    return from === to ? [] : [{ property, from, to }];
  });
}

function formatValue(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'absent';
  return typeof value === 'string' ? value : JSON.stringify(value, sortProperties);
}

function sortProperties(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
