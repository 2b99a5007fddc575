import type { Log } from '../../runtime/index.ts';

/**
 * Remembers every secret that is masked in the log, to remove it from what is written elsewhere: an answer of
 * a service or the log of a pod may contain it, and the runner does not mask files and outputs.
 */
export class Secrets {
  readonly #known = new Set<string>();

  /** Returns the same log, which remembers what it masks. */
  rememberMasked(log: Log): Log {
    return {
      ...log,
      mask: (secret) => {
        if (secret !== '') this.#known.add(secret);
        // A program may print a value of several lines in parts. Short lines, such as a bracket, reveal
        // nothing.
        for (const line of secret.split('\n')) if (line.trim().length >= 6) this.#known.add(line.trim());
        log.mask(secret);
      },
    };
  }

  /** Returns the same data with `***` in place of every secret. */
  removeFrom<T>(data: T): T {
    if (typeof data === 'string') return this.#removeFromText(data) as T;
    if (Array.isArray(data)) return data.map((entry) => this.removeFrom(entry)) as T;
    if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype)
      return data;
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, this.removeFrom(value)]),
    ) as T;
  }

  #removeFromText(text: string): string {
    const longestFirst = [...this.#known].sort((one, other) => other.length - one.length);
    return longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
  }
}
