/** A value with its history, for services that see changes with a delay. */
export class Replicated<T> {
  #versions: readonly { readonly since: number; readonly value: T }[];

  constructor(value: T, since: number) {
    this.#versions = [{ since, value }];
  }

  get current(): T {
    return (this.#versions.at(-1) as { value: T }).value;
  }

  /** Stores a new version, written at `now` (seconds). */
  set(value: T, now: number): void {
    // No service looks back further than the last few hundred writes of one object.
    this.#versions = [...this.#versions.slice(-500), { since: now, value }];
  }

  /** Returns the value at a time. The first version has no beginning. */
  getAt(time: number): T {
    return (this.#versions.findLast(({ since }) => since <= time) ?? (this.#versions[0] as { value: T }))
      .value;
  }
}
