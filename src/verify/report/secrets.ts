import type { Log } from '../../runtime/index.ts';

/**
 * Every secret that was masked in the log, to be taken out of what is written elsewhere too: what a service answers or a pod logs
 * may quote it, and files and outputs are not masked by the runner.
 */
export class Secrets {
  readonly #known = new Set<string>();

  /** The same log, whose secrets are remembered. */
  remembering(log: Log): Log {
    return {
      ...log,
      mask: (secret) => {
        if (secret !== '') this.#known.add(secret);
        // A program may print a value of several lines in parts; a bracket on a line of its own gives nothing away.
        for (const line of secret.split('\n')) if (line.trim().length >= 6) this.#known.add(line.trim());
        log.mask(secret);
      },
    };
  }

  /** The same data with `***` in place of every secret. */
  removedFrom<T>(data: T): T {
    if (typeof data === 'string') return this.#removedFromText(data) as T;
    if (Array.isArray(data)) return data.map((entry) => this.removedFrom(entry)) as T;
    if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype)
      return data;
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, this.removedFrom(value)]),
    ) as T;
  }

  #removedFromText(text: string): string {
    const longestFirst = [...this.#known].sort((one, other) => other.length - one.length);
    return longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
  }
}
