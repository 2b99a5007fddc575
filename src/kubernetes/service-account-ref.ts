/** `namespace/name` of a service account. */
export interface ServiceAccountRef {
  readonly namespace: string;
  readonly name: string;
}

/** Parses `namespace/name`. Throws `Error` that says what to write. */
export function parseServiceAccount(line: string): ServiceAccountRef {
  const match = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/.exec(
    line,
  );
  const [, namespace, name] = match ?? [];
  if (namespace === undefined || name === undefined) {
    throw new Error(`write the service account as namespace/name in lower case, not "${line}"`);
  }
  return { namespace, name };
}

/** The subject that Kubernetes puts into the account's tokens. */
export function subjectOf(account: ServiceAccountRef): string {
  return `system:serviceaccount:${account.namespace}:${account.name}`;
}
