/** A value that Azure's services learn of later than the one that wrote it: each sees it as it was a while ago. */
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
    // Nobody looks back further than the last few hundred writes of one object.
    this.#versions = [...this.#versions.slice(-500), { since: now, value }];
  }

  /** The value that was current at a time. The first version counts as having been there always. */
  getAt(time: number): T {
    return (this.#versions.findLast(({ since }) => since <= time) ?? (this.#versions[0] as { value: T }))
      .value;
  }
}
